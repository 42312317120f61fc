"""The catalogue: what is shipped can be read, and a slip is told with its place."""

import pytest

from bot.errors import SetupError
from bot.nouns import Style, StyleId
from comfy.catalogue import GraphStyle, load_catalogue, read_catalogue
from workflows.filters import FILTERS

PIXEL = '[[style]]\nid = "pixel"\nemoji = "👾"\nfilter = "pixel"\n'
GRAPH = '[[style]]\nid = "flux-ink"\nemoji = "🖋️"\ngraph = ["one", "two"]\n'


def test_what_is_shipped_can_be_read() -> None:
    catalogue = load_catalogue()
    assert {style.id for style in catalogue.filters} == set(FILTERS)
    assert all(style.offered and style.renderer == "embedded" for style in catalogue.filters)
    everything = [*catalogue.filters, *(entry.style for entry in catalogue.graphs)]
    assert len({style.id for style in everything}) == len(everything)
    hidden = {entry.style.id for entry in catalogue.graphs if not entry.style.offered}
    assert hidden == {"comfy-pixel", "comfy-warhol"}
    assert {style.id for style in everything if style.kind == "graph" and not style.uses_model} == hidden


def test_filters_and_graphs_are_told_apart() -> None:
    catalogue = read_catalogue(PIXEL + GRAPH + 'prompt = "Ink."\nstrength = "strong"\noffered = false\n')
    assert catalogue.filters == (Style(StyleId("pixel"), "👾", "filter", "embedded"),)
    style = Style(StyleId("flux-ink"), "🖋️", "graph", "comfy", uses_model=True, offered=False)
    assert catalogue.graphs == (GraphStyle(style, ("one", "two"), "Ink.", "strong"),)


def test_what_a_graph_need_not_have() -> None:
    (entry,) = read_catalogue(GRAPH).graphs
    assert (entry.prompt, entry.strength, entry.style.offered) == (None, None, True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(PIXEL + PIXEL, "“pixel”", id="twice"),
        pytest.param(PIXEL.replace('id = "pixel"', 'id = "Pixel Art"'), "“Pixel Art”: id", id="bad id"),
        pytest.param(PIXEL.replace("pixel", "x" * 33), "id", id="long id"),
        pytest.param(PIXEL.replace('id = "pixel"', ""), "“1”: id", id="no id"),
        pytest.param(GRAPH + PIXEL.replace('emoji = "👾"', ""), "“pixel”: emoji", id="no emoji"),
        pytest.param(PIXEL + 'graph = ["one"]', "“pixel”: it needs either", id="both kinds"),
        pytest.param(PIXEL.replace('filter = "pixel"', ""), "“pixel”: it needs either", id="neither kind"),
        pytest.param(
            PIXEL.replace('filter = "pixel"', 'filter = "film"'), "“pixel”: filter", id="other filter"
        ),
        pytest.param(PIXEL.replace("pixel", "no-such"), "“no-such”: filter", id="unknown filter"),
        pytest.param(PIXEL + 'prompt = "Ink."', "“pixel”: prompt", id="prompt for a filter"),
        pytest.param(GRAPH + 'strength = "brutal"', "“flux-ink”: strength", id="unknown strength"),
        pytest.param(PIXEL + "ofered = false", "“pixel”: ofered", id="misspelt field"),
        pytest.param(GRAPH.replace('["one", "two"]', "[]"), "“flux-ink”: graph", id="no graph"),
        pytest.param(GRAPH.replace('"two"', "2"), "“flux-ink”: graph", id="graph is no word"),
        pytest.param("style = 1", "[[style]]", id="no tables"),
        pytest.param("[[style]", "can't be read", id="no TOML"),
        pytest.param('style = ["pixel"]', "“1”", id="no table"),
    ],
)
def test_a_slip_is_told_with_its_place(text: str, told: str) -> None:
    with pytest.raises(SetupError) as slip:
        read_catalogue(text)
    assert told in slip.value.hint
    assert "\n" not in slip.value.hint
