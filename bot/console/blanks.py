"""The blanks: forms that a new style, or a draft, is filled into."""

from collections.abc import Sequence

from bot.bench import GraphInfo
from bot.console import data
from bot.console.speech import Speech
from bot.definitions import MOST_NAME, MOST_PROMPT, STRENGTHS
from bot.replies import Answers, Field, Form
from bot.store.drafts import Draft
from bot.styles.shelf import style_name
from bot.words import DEFAULT_LANGUAGE

CHOICE_NONE = "-"  # Discord's choices have no empty value
MOST_EMOJI = 10
MOST_GRAPHS = 20
_MOST_OPTION = 80  # characters


def chosen(answers: Answers, name: str) -> str | None:
    """What was filled in; None where it was left empty, or to the booth."""
    typed = answers.get(name, "").strip()
    return typed if typed and typed != CHOICE_NONE else None


def new_form(speech: Speech, language: str, graphs: Sequence[GraphInfo]) -> Form:
    """For a style by words; the graph comes before the words because they depend on it."""
    ask = _Asking(speech, language)
    fields = (
        ask.text("name", limit=MOST_NAME),
        ask.text("emoji", limit=MOST_EMOJI, required=False),
        ask.graph(graphs, next(iter(graphs)).name),
        ask.prompt(tips(graphs, language), "", graphs),
        ask.strength(CHOICE_NONE),
    )
    return Form(data.to("new"), speech.say(language, "form-new"), fields)


def adjust_form(speech: Speech, language: str, draft: Draft, graphs: Sequence[GraphInfo]) -> Form:
    """For what a draft has: a filter's has words and emoji only, a workflow's no base graph but steps."""
    ask, definition = _Asking(speech, language), draft.definition
    name = style_name(draft.style, definition.names, language, speech.words)
    fields = [
        ask.text("name", value=name, limit=MOST_NAME),
        ask.text("emoji", value=definition.emoji, limit=MOST_EMOJI),
    ]
    used = [graph for graph in graphs if graph.name in definition.graphs]
    if definition.filter is None:
        fields += [
            ask.prompt(tips(used, language), definition.prompt or ""),
            ask.strength(definition.strength or CHOICE_NONE),
        ]
    if used:
        fields.append(ask.graph(graphs, definition.graphs[0]))
    if definition.workflow is not None:
        fields.append(ask.steps(definition.steps))
    return Form(
        data.to("adjust", draft.id, draft.revision), speech.say(language, "form-adjust"), tuple(fields)
    )


def steps_form(speech: Speech, language: str, draft: Draft) -> Form:
    """For the sampler's steps alone."""
    fields = (_Asking(speech, language).steps(draft.definition.steps),)
    return Form(data.to("steps", draft.id, draft.revision), speech.say(language, "form-adjust"), fields)


def words_form(speech: Speech, language: str, draft: Draft, graphs: Sequence[GraphInfo]) -> Form:
    """For words on a base graph, in place of a draft's workflow."""
    ask = _Asking(speech, language)
    fields = (
        ask.graph(graphs, next(iter(graphs)).name),
        ask.prompt(tips(graphs, language), draft.definition.prompt or "", graphs),
        ask.strength(draft.definition.strength or CHOICE_NONE),
    )
    return Form(data.to("words", draft.id, draft.revision), speech.say(language, "form-words"), fields)


def tips(graphs: Sequence[GraphInfo], language: str) -> str:
    """How to write words for these graphs, one paragraph for all that share a tip."""
    by_tip: dict[str, list[str]] = {}
    for graph in graphs:
        tip = graph.tips.get(language, graph.tips[DEFAULT_LANGUAGE])
        by_tip.setdefault(tip, []).append(graph.title)
    return "\n".join(f"{', '.join(titles)}: {tip}" for tip, titles in by_tip.items())


class _Asking:
    """Makes fields in one language."""

    def __init__(self, speech: Speech, language: str) -> None:
        self._speech = speech
        self._language = language

    def text(self, name: str, *, limit: int, value: str = "", required: bool = True) -> Field:
        return Field(
            name,
            self._say(f"ask-{name}"),
            self._say(f"ask-{name}-hint"),
            value=value,
            required=required,
            limit=limit,
        )

    def prompt(self, hint: str, value: str, choice: Sequence[GraphInfo] = ()) -> Field:
        """The words; where the graph is chosen before, its tip alone is enough."""
        return Field(
            "prompt",
            self._say("ask-prompt"),
            hint or self._say("ask-prompt-hint"),
            "long",
            value=value,
            required=False,
            limit=MOST_PROMPT,
            follows="graph" if choice else "",
            hints=tuple((graph.name, tips([graph], self._language)) for graph in choice),
        )

    def strength(self, value: str) -> Field:
        options = (
            (CHOICE_NONE, self._say("strength-none")),
            *((one, self._say(f"strength-{one}")) for one in STRENGTHS),
        )
        return Field(
            "strength", self._say("ask-strength"), self._say("ask-strength-hint"), "choice", options, value
        )

    def graph(self, graphs: Sequence[GraphInfo], value: str) -> Field:
        options = tuple((graph.name, self._graph(graph)) for graph in graphs[:MOST_GRAPHS])
        return Field("graph", self._say("ask-graph"), self._say("ask-graph-hint"), "choice", options, value)

    def steps(self, value: int | None) -> Field:
        typed = "" if value is None else str(value)
        hint = self._say("ask-steps-hint")
        return Field("steps", self._say("ask-steps"), hint, value=typed, required=False, limit=3)

    def _graph(self, graph: GraphInfo) -> str:
        title = f"{graph.title} ({graph.name})"
        shown = title if graph.available else f"{title} · {self._say('mark-away')}"
        return shown[:_MOST_OPTION]

    def _say(self, key: str) -> str:
        return self._speech.say(self._language, key)
