"""The tools that looks are made of, each against its definition or a slow, plain way to the same result."""

import math

import numpy as np
import pytest
from PIL import Image

from workflows.filters import cells, color, edges, glyphs, planes, smoothing, strokes, texture, tiles, tone


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def ramp(height: int = 48, width: int = 64) -> planes.Plane:
    """Brightness rising from left to right."""
    return np.tile(np.linspace(0, 1, width, dtype=np.float32), (height, 1))


def step(height: int = 48, width: int = 64) -> planes.Plane:
    """Dark left, light right."""
    return np.where(np.arange(width) < width // 2, np.float32(0.2), np.float32(0.8)) * np.ones(
        (height, 1), np.float32
    )


def grey(plane: planes.Plane) -> planes.Planes:
    return np.stack([plane] * 3)


class TestPlanes:
    def test_image_survives_the_way_through_planes(self, rng: np.random.Generator) -> None:
        image = Image.fromarray(rng.integers(0, 256, (20, 30, 3), np.uint8))
        assert planes.image_of(planes.planes_of(image)).tobytes() == image.tobytes()

    def test_values_outside_are_clipped(self) -> None:
        image = planes.image_of(np.array([-1, 0.5, 2], np.float32).reshape(3, 1, 1))
        assert image.getpixel((0, 0)) == (0, 128, 255)

    def test_luma_is_the_weighted_sum(self) -> None:
        assert planes.luma(color.rgb("ff0000"))[0, 0] == pytest.approx(0.299)

    def test_smoothstep_rises_and_falls(self) -> None:
        values = np.array([0.0, 0.25, 0.5, 0.75, 1.0], np.float32)
        assert planes.smoothstep(values, 0.25, 0.75).tolist() == [0, 0, 0.5, 1, 1]
        assert planes.smoothstep(values, 0.75, 0.25).tolist() == [1, 1, 0.5, 0, 0]

    def test_mix_goes_from_start_to_end(self) -> None:
        start, end = color.rgb("000000"), color.rgb("ffffff")
        assert planes.mix(start, end, 0.25) == pytest.approx(0.25)
        assert planes.mix(start, end, np.array([[0, 1]], np.float32)).tolist() == [[[0, 1]]] * 3


class TestSmoothing:
    @pytest.mark.parametrize("sigma", [0.6, 1.5, 3.0, 9.0])
    def test_blur_is_as_wide_as_it_says(self, sigma: float) -> None:
        point = np.zeros((129, 129), np.float32)
        point[64, 64] = 1
        spread = smoothing.blurred(point, sigma)
        away = np.arange(129) - 64.0
        assert spread.sum() == pytest.approx(1, rel=0.03)
        assert math.sqrt((spread.sum(axis=0) * away**2).sum()) == pytest.approx(sigma, rel=0.15)

    def test_average_is_the_mean_of_the_square(self, rng: np.random.Generator) -> None:
        plane = rng.random((12, 15), np.float32)
        assert smoothing.averaged(plane, 2)[5, 7] == pytest.approx(plane[3:8, 5:10].mean(), abs=1e-6)

    def test_flattening_takes_noise_and_leaves_edges(self, rng: np.random.Generator) -> None:
        noisy = grey(step() + rng.normal(0, 0.02, (48, 64)).astype(np.float32))
        flat = smoothing.flattened(noisy, 8, 0.4)
        assert flat[0, :, :24].std() < 0.4 * noisy[0, :, :24].std()
        assert flat[0, :, 33].mean() - flat[0, :, 30].mean() > 0.5

    def test_guided_filter_takes_noise_and_leaves_edges(self, rng: np.random.Generator) -> None:
        noisy = step() + rng.normal(0, 0.02, (48, 64)).astype(np.float32)
        flat = smoothing.guided(noisy, 4, 0.01)
        assert flat[:, :24].std() < 0.5 * noisy[:, :24].std()
        assert flat[:, 33].mean() - flat[:, 30].mean() > 0.4

    def test_clarity_strengthens_small_contrasts(self) -> None:
        waves = 0.5 + 0.05 * np.sin(np.arange(96, dtype=np.float32) / 2) * np.ones((96, 1), np.float32)
        assert smoothing.clarified(waves, 40, 0.5).std() == pytest.approx(1.5 * waves.std(), rel=0.1)


class TestTone:
    def test_exposure_stretches_a_flat_photo(self) -> None:
        flat = grey(0.2 + 0.3 * ramp(64, 64))
        exposed = planes.luma(tone.exposed(flat, 0.5))
        assert exposed.min() < 0.2
        assert exposed.max() > 0.9

    def test_exposure_keeps_hues(self) -> None:
        photo = color.rgb("804020") * (0.2 + 0.8 * ramp(64, 64))
        exposed = tone.exposed(photo, 0.5)
        assert (exposed[0] >= exposed[1]).all()
        assert (exposed[1] >= exposed[2]).all()

    def test_balancing_keeps_the_order_of_tones(self, rng: np.random.Generator) -> None:
        tones = np.sort(rng.random(64 * 64).astype(np.float32) ** 3).reshape(64, 64)
        balanced = tone.balanced(tones, 0.7).ravel()
        assert (np.diff(balanced) >= 0).all()
        assert balanced.min() >= 0
        assert balanced.max() <= 1

    def test_evening_lifts_the_dark_side_only(self) -> None:
        evened = tone.evened(step(64, 128), 3, 0.5)
        assert evened[32, 10] == pytest.approx(0.35, abs=0.02)
        assert evened[32, 118] == pytest.approx(0.8, abs=0.01)


class TestColor:
    @pytest.mark.parametrize(
        ("code", "lab"),
        [
            ("ffffff", (1.0, 0.0, 0.0)),
            ("000000", (0.0, 0.0, 0.0)),
            ("ff0000", (0.62796, 0.22486, 0.12585)),
            ("0000ff", (0.45201, -0.03246, -0.31153)),
        ],
    )
    def test_oklab_of_known_colours(self, code: str, lab: tuple[float, float, float]) -> None:
        assert color.oklab(color.rgb(code)).ravel() == pytest.approx(lab, abs=2e-3)

    def test_nearest_colour_is_the_one_with_the_least_distance(self, rng: np.random.Generator) -> None:
        lab, colours = rng.random((3, 6, 7), np.float32), rng.random((3, 9), np.float32)
        away = ((lab[..., None] - colours[:, None, None]) * np.array([1, 1.5, 1.5]).reshape(3, 1, 1, 1)) ** 2
        assert (color.nearest(lab, colours, 1.5) == away.sum(axis=0).argmin(axis=-1)).all()

    def test_gradient_passes_its_stops(self) -> None:
        shades = color.graded(
            np.array([[0, 0.5, 1]], np.float32), [(0, "000000"), (0.5, "ff0000"), (1, "ffffff")]
        )
        assert pytest.approx(np.array([[0, 0, 0], [1, 0, 0], [1, 1, 1]]), abs=0.01) == shades[:, 0].T

    def test_vividness_moves_pale_colours_more_than_strong_ones(self) -> None:
        pale, strong = color.rgb("a09080"), color.rgb("d04010")
        gains = [np.ptp(color.vivid(shade, 1.0)) / np.ptp(shade) for shade in (pale, strong)]
        assert min(gains) > 1
        assert gains[0] > gains[1]

    def test_relighting_sets_the_brightness(self) -> None:
        relit = color.relit(
            color.rgb("604030") * np.ones((1, 4, 4), np.float32), np.full((4, 4), 0.4, np.float32)
        )
        assert planes.luma(relit) == pytest.approx(0.4, abs=0.02)


class TestEdges:
    def test_gradient_of_a_ramp(self) -> None:
        x, y = edges.gradient(ramp())
        assert x[10, 20] == pytest.approx(1 / 63, rel=1e-3)
        assert y == pytest.approx(0, abs=1e-6)

    def test_flow_runs_along_the_edge(self) -> None:
        flow = edges.flow_along_edges(step(), 3)
        assert abs(flow.x[24, 32]) < 0.05
        assert abs(flow.y[24, 32]) == pytest.approx(1, abs=0.01)
        assert flow.certainty[24, 32] > 0.9

    def test_smearing_averages_along_the_flow_and_not_across(self, rng: np.random.Generator) -> None:
        noise = rng.random((64, 64), np.float32)
        down = edges.Flow(np.zeros_like(noise), np.ones_like(noise), np.ones_like(noise))
        smeared = edges.smeared(noise, down, 6)
        assert np.abs(np.diff(smeared, axis=0)).mean() < 0.5 * np.abs(np.diff(smeared, axis=1)).mean()

    def test_ink_falls_on_the_dark_side_of_an_edge_and_nowhere_else(self) -> None:
        lines = edges.ink(0.5 + 0.3 * step(), 1.2, sharpness=17, level=0.4, hardness=9)
        assert lines[24, 30] < 0.2
        assert lines[24, 5] == 1
        assert lines[24, 60] == 1


class TestTexture:
    @pytest.mark.parametrize("size", [1.0, 3.0, 20.0])
    def test_noise_has_unit_variance(self, rng: np.random.Generator, size: float) -> None:
        noise = texture.noise(rng, (200, 220), size)
        assert noise.std() == pytest.approx(1, abs=0.02)

    @pytest.mark.parametrize(("degrees", "axis"), [(0.0, 1), (90.0, 0)])
    def test_streaks_run_where_they_are_told(
        self, rng: np.random.Generator, degrees: float, axis: int
    ) -> None:
        streaks = texture.streaks(rng, (160, 200), degrees, 40, 2)
        along, across = (np.abs(np.diff(streaks, axis=which)).mean() for which in (axis, 1 - axis))
        assert along < 0.25 * across

    def test_halftone_covers_half_the_sheet_at_half_darkness(self) -> None:
        screen = texture.halftone((200, 200), 10, 22)
        assert screen.min() >= 0
        assert screen.max() <= 1
        assert (screen > 0.5).mean() == pytest.approx(0.5, abs=0.02)


class TestCells:
    @pytest.mark.parametrize("count", [400, 2000])
    def test_as_many_points_as_asked_for_lie_where_it_is_dense(
        self, rng: np.random.Generator, count: int
    ) -> None:
        points = cells.scattered(np.where(step(200, 240) > 0.5, 3, 1).astype(np.float32), count, rng)
        assert len(points.x) == pytest.approx(count, rel=0.12)
        assert (points.x >= 120).mean() == pytest.approx(0.75, abs=0.08)

    def test_cells_belong_to_their_nearest_points(self, rng: np.random.Generator) -> None:
        points = cells.Points(rng.permutation(80)[:40], rng.permutation(60)[:40])
        labels = cells.voronoi(points, (60, 80), widest=80)
        y, x = np.mgrid[0:60, 0:80]
        squares = (x[..., None] - points.x) ** 2 + (y[..., None] - points.y) ** 2
        own = np.take_along_axis(squares, labels[..., None], axis=-1)[..., 0]
        assert (own == squares.min(axis=-1)).mean() > 0.995

    def test_triangles_cover_the_picture_once(self, rng: np.random.Generator) -> None:
        points = cells.scattered(np.ones((120, 160), np.float32), 150, rng)
        points = cells.with_border(points, (120, 160), 16)
        corners = cells.triangles(cells.voronoi(points, (120, 160), widest=32))
        x, y = points.x[corners], points.y[corners]
        doubled = (x[:, 1] - x[:, 0]) * (y[:, 2] - y[:, 0]) - (x[:, 2] - x[:, 0]) * (y[:, 1] - y[:, 0])
        assert np.abs(doubled).sum() / 2 == pytest.approx(119 * 159, rel=0.06)


class TestTiles:
    def test_squares_are_counted_along_the_long_side(self) -> None:
        assert tiles.squares(grey(ramp(60, 120)), 40, 0.5).shape == (3, 20, 40)

    def test_dither_uses_the_palette_only_and_keeps_the_mean(self) -> None:
        colours = color.palette(["000000", "ffffff"])
        middle = grey(np.full((32, 32), 0.35, np.float32))
        drawn = tiles.dithered(middle, colours, 0.9, 1.0, 0)
        assert set(np.unique(drawn)) == {0.0, 1.0}
        assert 0.2 < drawn.mean() < 0.7


class TestStrokes:
    def test_strokes_follow_the_flow_and_take_the_colour(self, rng: np.random.Generator) -> None:
        canvas = Image.new("RGBA", (80, 80), (0, 0, 0, 0))
        target = color.rgb("ff8000") * np.ones((1, 80, 80), np.float32)
        level = edges.Flow(*(np.full((80, 80), value, np.float32) for value in (1, 0, 1)))
        one = np.zeros((80, 80), np.float32)
        one[38:42, 38:42] = 1
        strokes.paint(canvas, target, level, strokes.Brush(4, 40, 6, 0), one, rng)
        left, top, right, bottom = canvas.getchannel("A").getbbox() or (0, 0, 0, 0)
        assert right - left > 2 * (bottom - top)
        assert canvas.getpixel(((left + right) // 2, (top + bottom) // 2))[:3] == (255, 128, 0)  # type: ignore[index]


class TestGlyphs:
    def test_text_is_set_in_rows_that_start_where_they_are_told(self) -> None:
        page = glyphs.typeset("IT", np.array([0, 1]), 2, (9, 6))
        assert page.shape == (18, 12)
        letter_i, letter_t = page[:9, :6], page[:9, 6:]
        assert (page[9:, :6] == letter_t).all()
        assert (page[9:, 6:] == letter_i).all()
        assert letter_t[0, :5].tolist() == [1, 1, 1, 1, 1]

    def test_letter_that_nobody_drew_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            glyphs.typeset("é", np.array([0]), 1, (9, 6))
