"""The result frame, judged from its pixels: the picture whole, the code readable, the words in place."""

import pickle
import re
from io import BytesIO

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bot.errors import RenderCrashed
from bot.pixels.bare import Box
from bot.pixels.frame import FrameCaption, Layout, compose_frame, frame_jpeg, lay_out
from bot.pixels.qr import QUIET_ZONE, QrTextTooLong

PAPER = (0xFA, 0xF7, 0xF0)
PINK = (0xFF, 0x3B, 0x7B)
SIZES = [
    (256, 256),
    (320, 480),
    (512, 512),
    (640, 1536),
    (768, 1024),
    (1024, 1024),
    (1536, 864),
    (1536, 1536),
]
SHORT_LINK = "https://t.me/PetaflopBoothBot"
LONG_LINK = "https://petaflop-booth.ngrok.app/i/k7Qm2Xw9?lang=pl&from=frame"
EVENTS = [
    "DevFest",
    "International Conference on Photonic Computing, Spectroscopy and Everything Else 2026",
    "Donaudampfschifffahrtsgesellschaftskapitänsversammlungsnachbereitung",
    "Hội nghị ỨNG DỤNG ẢNH số",
    "Київ · Łódź · 東京 🎉",
]


def caption(
    event: str = "DevFest Hall 2026", link: str | None = SHORT_LINK, style: str = "Watercolour"
) -> FrameCaption:
    return FrameCaption(event, style, "23 Nov 2026", "instant filter – no AI model", link)


def photo(size: tuple[int, int]) -> Image.Image:
    """Coloured blotches with grain: as hard to compress as a photo."""
    seeded = np.random.default_rng(sum(size))
    blotches = Image.fromarray(seeded.integers(0, 256, (7, 5, 3), np.uint8)).resize(
        size, Image.Resampling.BICUBIC
    )
    grain = seeded.integers(-12, 13, (size[1], size[0], 3))
    return Image.fromarray((np.asarray(blotches) + grain).clip(0, 255).astype(np.uint8))


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def ink_outside(frame: Image.Image, *boxes: Box | None) -> NDArray[np.bool_]:
    """Where the frame is not bare paper, apart from the given boxes."""
    marks: NDArray[np.bool_] = (np.asarray(frame) != PAPER).any(axis=2)
    for box in filter(None, boxes):
        marks[box[1] : box[3], box[0] : box[2]] = False
    return marks


def quiet(layout: Layout) -> Box:
    assert layout.qr
    zone = QUIET_ZONE * layout.module_px
    return layout.qr[0] - zone, layout.qr[1] - zone, layout.qr[2] + zone, layout.qr[3] + zone


@pytest.mark.parametrize("link", [SHORT_LINK, LONG_LINK])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_code_is_read_after_what_a_chat_does_to_it(size: tuple[int, int], link: str) -> None:
    with Image.open(BytesIO(frame_jpeg(encoded(photo(size)), caption(link=link)))) as framed:
        shrunk = framed.resize((framed.width * 3 // 4, framed.height * 3 // 4), Image.Resampling.BILINEAR)
    received = Image.open(BytesIO(encoded(shrunk, "JPEG", quality=60)))
    assert [code.text for code in zxingcpp.read_barcodes(np.asarray(received))] == [link]


@pytest.mark.parametrize("size", [(1024, 1536), (1536, 1536), (2048, 1152)], ids=str)
def test_the_code_is_read_at_the_size_that_telegram_sends_on(size: tuple[int, int]) -> None:
    framed = compose_frame(photo(size), caption(link=LONG_LINK))
    framed.thumbnail((1280, 1280))
    received = Image.open(BytesIO(encoded(framed, "JPEG", quality=60)))
    assert [code.text for code in zxingcpp.read_barcodes(np.asarray(received))] == [LONG_LINK]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_picture_is_whole_and_unchanged(size: tuple[int, int]) -> None:
    picture = photo(size)
    box = lay_out(size, caption()).picture
    shown = np.asarray(compose_frame(picture, caption()).crop(box))
    factor = (box[2] - box[0]) // size[0]
    assert (shown == np.asarray(picture).repeat(factor, 0).repeat(factor, 1)).all()
    assert factor == 1 or size[0] < 480


def test_a_narrow_tall_picture_is_centred_rather_than_blown_up() -> None:
    layout = lay_out((256, 1280), caption())
    assert layout.picture[2] - layout.picture[0] == 256
    assert layout.picture[0] == layout.size[0] - layout.picture[2] > 128


@pytest.mark.parametrize("size", [(256, 256), (768, 1024), (1536, 864)], ids=str)
@pytest.mark.parametrize("event", EVENTS)
def test_words_stay_in_the_footer_and_out_of_the_code(event: str, size: tuple[int, int]) -> None:
    words = caption(event, LONG_LINK, style="A style whose name is far longer than anyone would wish")
    layout = lay_out(size, words)
    marks = ink_outside(compose_frame(photo(size), words), layout.picture, layout.qr)
    left, top, right, bottom = quiet(layout)
    rows, columns = np.nonzero(marks)
    assert not marks[top:bottom, left:right].any()
    assert layout.picture[3] < rows.min()
    assert rows.max() < layout.size[1] - 4
    assert columns.min() >= layout.picture[0] - 4
    assert columns.max() < left


@given(
    st.tuples(st.integers(1, 1600), st.integers(1, 1600)),
    st.text(max_size=60),
    st.text(max_size=60),
    st.sampled_from([None, SHORT_LINK, LONG_LINK, LONG_LINK * 6]),
)
@settings(max_examples=60, deadline=None)
def test_everything_fits_whatever_comes(
    size: tuple[int, int], event: str, style: str, link: str | None
) -> None:
    layout = lay_out(size, caption(event, link, style))
    width, height = layout.size
    words_end = layout.qr[0] - QUIET_ZONE * layout.module_px if layout.qr else layout.picture[2]
    assert layout.module_px >= 5
    assert 0 < layout.picture[0] < layout.picture[2] < width
    assert 0 < layout.picture[1] < layout.picture[3] < height
    for line in layout.lines:
        assert line.x + line.lettering.width(line.text) <= max(words_end, width - line.x)
        assert layout.picture[3] + line.lettering.cap_height < line.baseline < height
    if layout.qr:
        assert all(line.x + line.lettering.width(line.text) <= words_end for line in layout.lines)
        assert layout.picture[3] + QUIET_ZONE * layout.module_px <= layout.qr[1]
        assert max(quiet(layout)[2] - width, quiet(layout)[3] - height) <= 0


def test_without_a_link_there_is_no_code_and_the_footer_is_lower() -> None:
    plain = compose_frame(photo((1024, 1024)), caption(link=None))
    assert lay_out((1024, 1024), caption(link=None)).qr is None
    assert zxingcpp.read_barcodes(np.asarray(plain)) == []
    assert plain.height < lay_out((1024, 1024), caption()).size[1]


def test_long_names_shrink_then_break_then_end_in_an_ellipsis() -> None:
    def heading(event: str) -> tuple[int, list[str]]:
        lines = [
            line for line in lay_out((768, 1024), caption(event)).lines if line.lettering.weight == "heavy"
        ]
        return lines[0].lettering.size, [line.text for line in lines]

    whole, shrunk, broken, cut = map(
        heading, ("DevFest", "DevFest Hall Number 26", EVENTS[1][:48], EVENTS[1] * 2)
    )
    assert whole[0] > shrunk[0] > broken[0] >= cut[0]
    assert [len(lines) for _, lines in (whole, shrunk, broken, cut)] == [1, 1, 2, 2]
    assert [lines[-1].endswith("…") for _, lines in (whole, shrunk, broken, cut)] == [
        False,
        False,
        False,
        True,
    ]


def test_the_date_survives_a_long_style() -> None:
    texts = [line.text for line in lay_out((512, 512), caption(style="Very " * 30)).lines]
    assert any("23 Nov 2026" in text for text in texts)
    assert any(text.endswith("…") for text in texts)


def test_empty_words_leave_no_gap_and_an_empty_caption_leaves_a_margin_only() -> None:
    texts = [line.text for line in lay_out((512, 512), FrameCaption("🎉", "Comic", "", "")).lines]
    bare = lay_out((512, 512), FrameCaption("", "", ""))
    assert texts == ["Comic"]
    assert (bare.lines, bare.rule, bare.qr) == ((), None, None)
    assert bare.size[1] - bare.picture[3] <= 2 * bare.picture[1]


def test_the_rule_is_pink_and_below_the_heading() -> None:
    layout = lay_out((512, 512), caption())
    frame = compose_frame(photo((512, 512)), caption())
    assert layout.rule
    assert frame.crop(layout.rule).getcolors() == [
        ((layout.rule[2] - layout.rule[0]) * (layout.rule[3] - layout.rule[1]), PINK)
    ]
    assert layout.lines[0].baseline < layout.rule[1] < layout.lines[1].baseline


def test_a_jpeg_carries_no_metadata() -> None:
    notes = PngInfo()
    notes.add_text("parameters", "a secret prompt")
    exif = Image.Exif()
    exif[0x010E] = "a secret description"
    framed = frame_jpeg(encoded(photo((512, 512)), pnginfo=notes, exif=exif, dpi=(300, 300)), caption())
    with Image.open(BytesIO(framed)) as picture:
        assert (picture.format, picture.mode) == ("JPEG", "RGB")
        assert not picture.getexif()
        assert set(picture.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
            "comment",
        }
        assert re.fullmatch(rb"picture( \d+){4}", picture.info["comment"])
    assert b"secret" not in framed


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_every_renderer_format_is_taken(kind: str) -> None:
    with Image.open(BytesIO(frame_jpeg(encoded(photo((512, 640)), kind), caption()))) as framed:
        assert framed.size == lay_out((512, 640), caption()).size


def test_a_turned_picture_is_set_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(BytesIO(frame_jpeg(encoded(photo((640, 512)), "JPEG", exif=exif), caption()))) as framed:
        assert framed.size == lay_out((512, 640), caption()).size


def test_transparent_parts_show_the_paper() -> None:
    glass = Image.new("RGBA", (512, 512), (0, 0, 0, 0))
    frame = compose_frame(glass, caption())
    assert frame.crop(lay_out(glass.size, caption()).picture).getcolors() == [(512 * 512, PAPER)]


def test_quality_is_paid_in_bytes() -> None:
    picture = encoded(photo((512, 512)))
    assert len(frame_jpeg(picture, caption(), quality=60)) < len(frame_jpeg(picture, caption(), quality=90))


@pytest.mark.parametrize(
    "broken", [b"", b"no picture", encoded(photo((256, 256)))[:5000], b"GIF89a" + bytes(99)]
)
def test_what_cannot_be_decoded_is_a_failed_render(broken: bytes) -> None:
    with pytest.raises(RenderCrashed) as caught:
        frame_jpeg(broken, caption())
    assert caught.value.cause == "unreadable-picture"


def test_a_link_beyond_every_code_is_refused() -> None:
    with pytest.raises(QrTextTooLong):
        compose_frame(photo((512, 512)), caption(link="x" * 3000))


def test_the_work_crosses_a_process_border_and_the_link_stays_out_of_a_log() -> None:
    work, words = pickle.loads(pickle.dumps((frame_jpeg, caption())))  # noqa: S301
    assert work is frame_jpeg
    assert words == caption()
    assert SHORT_LINK not in repr(words)
