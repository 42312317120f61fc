"""What the doctor says: one sentence a thing, how good it is, what to do, and figures for machines."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Figures = Mapping[str, str | int | float]


class Grade(StrEnum):
    """How good a thing is."""

    GOOD = "good"
    HINT = "hint"
    """It works; it could be better."""
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        subject: What it is: a word, or a server's host and port.
        sentence: How it is, in one line.
        advice: What to do; empty where there is nothing.
        figures: Numbers by name; seconds end in ``_s``, bytes in ``_bytes``.
        exit_code: Of ``sysexits.h``, where it is bad.
    """

    subject: str
    grade: Grade
    sentence: str
    advice: str = ""
    figures: Figures = field(default_factory=dict)
    exit_code: int = os.EX_OK


Tell = Callable[[Finding], None]
"""Called with each finding as soon as there is one."""


def good(subject: str, sentence: str, figures: Figures | None = None) -> Finding:
    """It is as it should be."""
    return Finding(subject, Grade.GOOD, sentence, figures=figures or {})


def hint(subject: str, sentence: str, advice: str, figures: Figures | None = None) -> Finding:
    """It works; there is something to know."""
    return Finding(subject, Grade.HINT, sentence, advice, figures or {})


def bad(subject: str, sentence: str, advice: str, exit_code: int = os.EX_UNAVAILABLE) -> Finding:
    """It doesn't work."""
    return Finding(subject, Grade.BAD, sentence, advice, exit_code=exit_code)


def exit_code(findings: Iterable[Finding]) -> int:
    """0 where nothing is bad; a wrong setting (78) comes before whatever is not there (69)."""
    codes = {finding.exit_code for finding in findings if finding.grade is Grade.BAD}
    if os.EX_CONFIG in codes:
        return os.EX_CONFIG
    return os.EX_UNAVAILABLE if codes else os.EX_OK
