"""Other processes, by their ids: children, processor seconds, memory in MB (10⁶ bytes)."""

import os

import psutil

MB = 1e6


def children_of(pid: int) -> frozenset[int]:
    """All that descend from it."""
    return frozenset(child.pid for child in psutil.Process(pid).children(recursive=True))


def own_children() -> frozenset[int]:
    """Those that this process itself has started."""
    return frozenset(child.pid for child in psutil.Process(os.getpid()).children())


def cpu_s(pid: int) -> float:
    """Processor seconds since its start, of the user and of the system for it."""
    spent = psutil.Process(pid).cpu_times()
    return float(spent.user + spent.system)


def resident_mb(pid: int) -> float:
    """What it has in memory, shared pages included."""
    return float(psutil.Process(pid).memory_info().rss) / MB


def share_mb(pid: int) -> float:
    """The same with every shared page divided among its users (PSS), so that processes can be added up."""
    return float(psutil.Process(pid).memory_full_info().pss) / MB
