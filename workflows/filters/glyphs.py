"""A terminal's letters, 5 by 7 dots, drawn for this project."""

import numpy as np

from workflows.filters.planes import Indices, Plane

WIDTH, HEIGHT = 5, 7
_ROWS = {
    " ": "00 00 00 00 00 00 00",
    "A": "0e 11 11 1f 11 11 11",
    "B": "1e 11 11 1e 11 11 1e",
    "C": "0e 11 10 10 10 11 0e",
    "D": "1e 11 11 11 11 11 1e",
    "E": "1f 10 10 1e 10 10 1f",
    "F": "1f 10 10 1e 10 10 10",
    "G": "0e 11 10 17 11 11 0f",
    "H": "11 11 11 1f 11 11 11",
    "I": "0e 04 04 04 04 04 0e",
    "J": "07 02 02 02 02 12 0c",
    "K": "11 12 14 18 14 12 11",
    "L": "10 10 10 10 10 10 1f",
    "M": "11 1b 15 15 11 11 11",
    "N": "11 19 19 15 13 13 11",
    "O": "0e 11 11 11 11 11 0e",
    "P": "1e 11 11 1e 10 10 10",
    "Q": "0e 11 11 11 15 12 0d",
    "R": "1e 11 11 1e 14 12 11",
    "S": "0f 10 10 0e 01 01 1e",
    "T": "1f 04 04 04 04 04 04",
    "U": "11 11 11 11 11 11 0e",
    "V": "11 11 11 11 11 0a 04",
    "W": "11 11 11 15 15 1b 11",
    "X": "11 11 0a 04 0a 11 11",
    "Y": "11 11 0a 04 04 04 04",
    "Z": "1f 01 02 04 08 10 1f",
    "0": "0e 11 13 15 19 11 0e",
    "1": "04 0c 04 04 04 04 0e",
    "=": "00 00 1f 00 1f 00 00",
    "+": "00 04 04 1f 04 04 00",
    "*": "00 15 0e 1f 0e 15 00",
    "#": "0a 0a 1f 0a 1f 0a 0a",
    "<": "02 04 08 10 08 04 02",
    ">": "08 04 02 01 02 04 08",
    "/": "01 01 02 04 08 10 10",
    ":": "00 0c 0c 00 0c 0c 00",
    ".": "00 00 00 00 00 0c 0c",
}
"""Seven rows from top to bottom, each five bits, the left dot highest."""


def typeset(text: str, starts: Indices, columns: int, cell: tuple[int, int]) -> Plane:
    """Return running text as dots: 1 = lit, shape (rows * cell height, columns * cell width).

    Args:
        text: in the letters of the table; it starts anew when it ends.
        starts: for each row, the letter of the text that it starts with.
        columns: letters a row.
        cell: height and width of a letter with its gap, at least (HEIGHT, WIDTH).

    Raises:
        KeyError: for a letter that the table lacks.
    """
    cell_height, cell_width = cell
    letters = sorted(set(text))
    stamps = np.zeros((len(letters), cell_height, cell_width), np.float32)
    for stamp, letter in zip(stamps, letters, strict=True):
        lines = [int(row, 16) for row in _ROWS[letter].split()]
        stamp[:HEIGHT, :WIDTH] = [[line >> (WIDTH - 1 - dot) & 1 for dot in range(WIDTH)] for line in lines]
    numbers = np.array([letters.index(letter) for letter in text], np.intp)
    page: Plane = stamps[numbers[(starts[:, None] + np.arange(columns)) % len(text)]]
    return page.transpose(0, 2, 1, 3).reshape(len(starts) * cell_height, columns * cell_width)
