"""An uploaded workflow looked at without asking any server: where things go, and what is wrong. Pure."""

from collections.abc import Iterator, Mapping
from itertools import chain, islice

from bot.bench import Binding, Complaint, Inspection, Option, Severity
from bot.definitions import Role
from comfy.bindings import Bindings, Choices, Found, bindings_of, survey
from comfy.checks import MOST_PROBLEMS
from comfy.exports import read_export, write_export
from comfy.graph import Graph, GraphError
from comfy.places import Place
from comfy.policy import NodePolicy, forbidden_nodes, other_files
from comfy.problems import Problem
from comfy.strict_json import JsonRefused

_MOST_OPTIONS = 40
"""A menu with more is none."""


def inspect(workflow: bytes, choices: Choices, policy: NodePolicy) -> Inspection:
    """Look at a file; see :meth:`bot.bench.StyleBench.inspect`."""
    try:
        graph = read_export(workflow)
    except (GraphError, JsonRefused) as error:
        return Inspection(None, complaints=(complaint(error.problem),))
    found = survey(graph, choices)
    problems = islice(_problems(graph, found, policy), MOST_PROBLEMS)
    complaints = (*map(complaint, problems), *_notes(graph, found))
    bindings = tuple(_binding(role, one) for role, one in found.items())
    return Inspection(write_export(graph), bindings, complaints, len(graph.nodes))


def complaint(problem: Problem, severity: Severity = "wrong") -> Complaint:
    """A problem as a maintainer is told it."""
    return Complaint(problem.key, problem.values, severity)


def _problems(graph: Graph, found: Mapping[Role, Found], policy: NodePolicy) -> Iterator[Problem]:
    return chain(forbidden_nodes(graph, policy), _misplaced(graph, found, policy))


def _misplaced(graph: Graph, found: Mapping[Role, Found], policy: NodePolicy) -> Iterator[Problem]:
    """What is wrong with where things go; once that is right, which other files are loaded."""
    try:
        bindings: Bindings | None = bindings_of(found)
    except GraphError as error:
        bindings = None
        yield error.problem
    if bindings is not None:
        yield from other_files(graph, bindings, policy)


def _notes(graph: Graph, found: Mapping[Role, Found]) -> Iterator[Complaint]:
    output = found[Role.OUTPUT].chosen
    left_out = len(graph.nodes) - len(graph.only(output[0].slots[0].node).nodes) if output else 0
    if left_out:
        yield complaint(Problem("workflow-nodes-left-out", {"count": left_out}), "note")


def _binding(role: Role, found: Found) -> Binding:
    return Binding(
        role,
        tuple(place.key for place in found.chosen),
        tuple(_option(place) for place in found.options[:_MOST_OPTIONS]),
        ambiguous=bool(found.ambiguous),
    )


def _option(place: Place) -> Option:
    return Option(place.key, place.label, place.value)
