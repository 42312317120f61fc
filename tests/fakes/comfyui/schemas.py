"""``/object_info`` as recorded from real servers, and the validation of a prompt against it.

Follows the real server's: node types first, then every output by itself, its inputs depth first. What can't
be run is left out; only when no output is left is the prompt refused.
"""

import json
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.fakes.comfyui.disk import Disk
from tests.fakes.comfyui.pictures import Graph

Json = dict[str, Any]

_RECORDED = Path(__file__).parent / "recorded"
_MODEL_INPUTS = {
    ("CheckpointLoaderSimple", "ckpt_name"): "checkpoints",
    ("UNETLoader", "unet_name"): "diffusion_models",
    ("CLIPLoader", "clip_name"): "text_encoders",
    ("DualCLIPLoader", "clip_name1"): "text_encoders",
    ("DualCLIPLoader", "clip_name2"): "text_encoders",
    ("VAELoader", "vae_name"): "vae",
    ("LoraLoader", "lora_name"): "loras",
    ("LoraLoaderModelOnly", "lora_name"): "loras",
    ("ControlNetLoader", "control_net_name"): "controlnet",
}
_CANNY: Json = {
    "input": {
        "required": {
            "image": ["IMAGE", {}],
            "low_threshold": ["FLOAT", {"default": 0.4, "min": 0.01, "max": 0.99}],
            "high_threshold": ["FLOAT", {"default": 0.8, "min": 0.01, "max": 0.99}],
        }
    },
    "output": ["IMAGE"],
    "output_node": False,
    "python_module": "comfy_extras.nodes_canny",
}


class PromptRefusedError(Exception):
    """A prompt is refused with 400 and this body."""

    def __init__(self, body: Json) -> None:
        super().__init__(body["error"]["type"])
        self.body = body


class ServerBugError(Exception):
    """The real server breaks on it: 500 in plain text."""


def load_types(version: str, models: Mapping[str, list[str]]) -> Json:
    """All node types of a version; ``models`` are the files by model folder."""
    types: Json = json.loads((_RECORDED / f"object_info-{version}.json").read_text())
    types["Canny"] = _CANNY
    for (class_type, name), folder in _MODEL_INPUTS.items():
        if class_type in types:
            _set_choices(types[class_type]["input"]["required"][name], models.get(folder, []))
    return types


def _set_choices(spec: list[Any], choices: list[str]) -> None:
    if spec[0] == "COMBO":
        spec[1]["options"] = choices
    else:
        spec[0] = choices


def refusal(kind: str, message: str, details: str = "", nodes: Json | None = None, **info: object) -> Json:
    """A 400's body."""
    error = {"type": kind, "message": message, "details": details, "extra_info": info}
    return {"error": error, "node_errors": nodes or {}}


def check_prompt_id(prompt_id: object) -> None:
    """Since 0.28 an id has to be a canonical UUID."""
    try:
        if str(uuid.UUID(str(prompt_id))) == prompt_id:
            return
    except ValueError:
        pass
    raise PromptRefusedError(refusal("invalid_prompt_id", "prompt_id must be a valid UUID"))


class Validation:
    """One prompt held against the node types."""

    def __init__(self, prompt: Graph, types: Json, disk: Disk, *, old: bool) -> None:
        self._prompt = prompt
        self._types = types
        self._disk = disk
        self._old = old
        self._results: dict[str, list[Json]] = {}

    def outputs(self, wanted: list[str] | None) -> tuple[list[str], Json]:
        """The outputs that will run, and the errors of the others.

        Raises:
            PromptRefusedError: there is none.
        """
        self._check_types()
        outputs = [
            id_
            for id_, node in self._prompt.items()
            if self._types[node["class_type"]]["output_node"] and (wanted is None or id_ in wanted)
        ]
        if not outputs:
            raise PromptRefusedError(refusal("prompt_no_outputs", "Prompt has no outputs"))
        errors: Json = {}
        good = [output for output in outputs if self._is_good(output, errors)]
        if not good:
            message = "Prompt outputs failed validation"
            raise PromptRefusedError(refusal("prompt_outputs_failed_validation", message, "", errors))
        return good, errors

    def _check_types(self) -> None:
        for id_, node in self._prompt.items():
            if not isinstance(node, dict):
                raise ServerBugError
            class_type = node.get("class_type")
            if class_type not in self._types:
                title = node.get("_meta", {}).get("title", class_type)
                kind = "invalid_prompt" if self._old else "missing_node_type"
                info = {"node_id": id_, "class_type": class_type, "node_title": title}
                raise PromptRefusedError(
                    refusal(kind, f"Node '{title}' not found.", f"Node ID '#{id_}'", None, **info)
                )

    def _is_good(self, output: str, errors: Json) -> bool:
        bad = {}
        for id_ in self._below(output):
            problems = self._results[id_]
            if problems:
                bad[id_] = problems
        for id_, problems in bad.items():
            entry = {"errors": problems, "class_type": self._prompt[id_]["class_type"]}
            errors.setdefault(id_, {**entry, "dependent_outputs": []})["dependent_outputs"].append(output)
        return not bad

    def _below(self, output: str) -> list[str]:
        """The output and its sources, validated; a source under a broken one isn't looked at."""
        seen: list[str] = []
        self._visit(output, seen, [])
        return seen

    def _visit(self, id_: str, seen: list[str], path: list[str]) -> None:
        if id_ in path:
            for member in path[path.index(id_) :]:
                self._results[member] = [_problem("dependency_cycle", "Dependency cycle detected")]
            return
        if id_ in seen:
            return
        seen.append(id_)
        if "inputs" not in self._prompt[id_]:
            kind = "exception_during_inner_validation"
            self._results[id_] = [_problem(kind, "Exception when validating inner node", "'inputs'")]
            return
        self._results[id_] = list(self._own_problems(id_))
        for name, value in self._prompt[id_]["inputs"].items():
            spec = self._spec(self._prompt[id_]["class_type"], name)
            if spec is None or not isinstance(value, list) or len(value) != 2:
                continue
            if self._is_broken_link(value):
                kind = "exception_during_inner_validation"
                self._results[id_].append(_problem(kind, "Exception when validating inner node", name))
            elif value[0] in self._prompt:
                self._visit(value[0], seen, [*path, id_])

    def _is_broken_link(self, link: list[Any]) -> bool:
        node = self._prompt.get(link[0])
        if node is None:
            return True
        return not 0 <= link[1] < len(self._types[node["class_type"]]["output"])

    def _spec(self, class_type: str, name: str) -> list[Any] | None:
        declared = self._types[class_type]["input"]
        for group in ("required", "optional"):
            if name in declared.get(group, {}):
                spec: list[Any] = declared[group][name]
                return spec
        return None

    def _own_problems(self, id_: str) -> Iterator[Json]:
        node = self._prompt[id_]
        inputs = node["inputs"]
        declared = self._types[node["class_type"]]["input"]
        for name in declared.get("required", {}):
            if name not in inputs:
                yield _problem("required_input_missing", "Required input is missing", name, name)
        for name, value in inputs.items():
            spec = self._spec(node["class_type"], name)
            if spec is not None:
                yield from self._value_problems(node["class_type"], name, spec, value)

    def _value_problems(self, class_type: str, name: str, spec: list[Any], value: object) -> Iterator[Json]:
        if isinstance(value, list):
            yield from self._link_problems(name, spec, value)
        elif (class_type, name) == ("LoadImage", "image"):
            if self._disk.load(str(value)) is None:
                details = f"image - Invalid image file: {value}"
                yield _problem("custom_validation_failed", "Custom validation failed for node", details, name)
        elif spec[0] in ("INT", "FLOAT"):
            yield from _number_problems(name, spec, value)
        else:
            choices = _choices(spec)
            if choices is not None and value not in choices:
                details = f"{name}: '{value}' not in {choices}"
                yield _problem("value_not_in_list", "Value not in list", details, name)

    def _link_problems(self, name: str, spec: list[Any], link: list[Any]) -> Iterator[Json]:
        if len(link) != 2:
            yield _problem("bad_linked_input", "Bad linked input", name, name)
        elif not self._is_broken_link(link):
            given = self._types[self._prompt[link[0]]["class_type"]]["output"][link[1]]
            if isinstance(spec[0], str) and given != spec[0] and "*" not in (given, spec[0]):
                details = f"{name}, received_type({given}) mismatch input_type({spec[0]})"
                yield _problem(
                    "return_type_mismatch", "Return type mismatch between linked nodes", details, name
                )


def _choices(spec: list[Any]) -> list[str] | None:
    if isinstance(spec[0], list):
        return spec[0]
    return spec[1].get("options") if spec[0] == "COMBO" else None


def _number_problems(name: str, spec: list[Any], value: object) -> Iterator[Json]:
    options = spec[1] if len(spec) > 1 else {}
    try:
        number = float(value)  # type: ignore[arg-type]  # what can't be converted is a problem of its own
    except (TypeError, ValueError):
        yield _problem(
            "invalid_input_type", f"Failed to convert an input value to a {spec[0]} value", name, name
        )
        return
    if "min" in options and number < options["min"]:
        yield _problem(
            "value_smaller_than_min", f"Value {value} smaller than min of {options['min']}", name, name
        )
    if "max" in options and number > options["max"]:
        yield _problem(
            "value_bigger_than_max", f"Value {value} bigger than max of {options['max']}", name, name
        )


def _problem(kind: str, message: str, details: str = "", name: str = "") -> Json:
    return {"type": kind, "message": message, "details": details, "extra_info": {"input_name": name}}
