"""What ``petaflop doctor`` looks at: this machine first, then each ComfyUI server; nothing is changed there.

findings ◄── machine, servers: both tell a :class:`~adapters.doctor.findings.Finding` for each thing.
"""
