"""QR codes are read back with zxing, a decoder that has nothing to do with the encoder."""

import pickle

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from bot.pixels.qr import INK, PAPER, QrTextTooLong, qr_image, qr_matrix, qr_terminal

LINKS = [
    "https://t.me/PetaflopBoothBot",
    "https://booth.example.org/i/k7Qm2Xw9?from=frame&lang=pl",
    "https://booth.example.org/i/" + "aB3" * 60,
    "Zażółć gęślą jaźń",
]
HALVES = {"█": (1, 1), "▀": (1, 0), "▄": (0, 1), " ": (0, 0)}


def read(picture: Image.Image) -> list[str]:
    """The texts of all codes in a picture."""
    return [code.text for code in zxingcpp.read_barcodes(np.asarray(picture.convert("L")))]


def screenshot(text: str, *, foreground: int, background: int) -> Image.Image:
    """What a terminal shows: half a character is a square, as in common fonts; the window is a bit larger."""
    halves = np.array([[HALVES[character] for character in line] for line in text.split("\n")])
    modules = halves.transpose(0, 2, 1).reshape(-1, halves.shape[1])
    window = np.pad(np.where(modules, foreground, background), 5, constant_values=background)
    return Image.fromarray(window.astype(np.uint8).repeat(6, 0).repeat(6, 1))


@pytest.mark.parametrize("text", LINKS)
def test_a_picture_is_read_back(text: str) -> None:
    assert read(qr_image(text, 3)) == [text]


@pytest.mark.parametrize("text", LINKS)
@pytest.mark.parametrize(("foreground", "background"), [(230, 20), (20, 250)], ids=["dark", "light"])
def test_a_terminal_is_read_back_whatever_its_colours(text: str, foreground: int, background: int) -> None:
    assert read(screenshot(qr_terminal(text), foreground=foreground, background=background)) == [text]


def test_a_terminal_gets_no_control_characters_and_even_lines() -> None:
    lines = qr_terminal(LINKS[0]).split("\n")
    assert set("".join(lines)) <= set(HALVES)
    assert {len(line) for line in lines} == {len(qr_matrix(LINKS[0])) + 8}


def test_a_matrix_is_square_and_begins_with_a_finder() -> None:
    matrix = qr_matrix(LINKS[0])
    assert {len(row) for row in matrix} == {len(matrix)} == {29}
    assert matrix[0][:8] == (True,) * 7 + (False,)


@pytest.mark.parametrize(("length", "modules"), [(42, 29), (43, 33), (62, 33), (63, 37)])
def test_the_smallest_version_is_taken(length: int, modules: int) -> None:
    # Bytes in versions 3 and 4 with correction M: ISO/IEC 18004, table 7.
    assert len(qr_matrix("a" * length)) == modules


def test_more_correction_needs_more_modules() -> None:
    sizes = [len(qr_matrix(LINKS[1], correction=level)) for level in ("L", "M", "Q", "H")]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]


def test_a_picture_has_our_colours_and_the_asked_measures() -> None:
    picture = qr_image(LINKS[0], 5, quiet_zone=2)
    assert picture.size == ((29 + 4) * 5, (29 + 4) * 5)
    assert {color for _, color in picture.getcolors() or []} == {(0x11, 0x12, 0x1E), (0xFA, 0xF7, 0xF0)}
    assert (INK, PAPER) == ("#11121e", "#faf7f0")
    assert picture.getpixel((9, 9)) == (0xFA, 0xF7, 0xF0)
    assert picture.getpixel((10, 10)) == (0x11, 0x12, 0x1E)


def test_the_longest_text_fits_and_one_more_does_not() -> None:
    # Version 40 with correction M: ISO/IEC 18004, table 7.
    assert len(qr_matrix("a" * 2331)) == 177
    with pytest.raises(QrTextTooLong) as caught:
        qr_matrix("a" * 2332)
    assert (caught.value.length, caught.value.correction) == (2332, "M")


@pytest.mark.parametrize("draw", [qr_terminal, lambda text: qr_image(text, 2)])
def test_the_error_names_no_text_and_survives_a_process_border(draw: object) -> None:
    assert callable(draw)
    with pytest.raises(QrTextTooLong) as caught:
        draw("secret" * 800)
    copied = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert str(copied) == str(caught.value)
    assert "4800 characters" in str(copied)
    assert "secret" not in repr(copied)
