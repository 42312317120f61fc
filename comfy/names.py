"""Names of files in a workflow, and whether they could lead out of the folder that they belong in.

A server joins such names to its folders: models, uploads, the prefix of results, and embeddings, which a
prompt names as ``embedding:NAME``. Not every node checks the result (``SaveImageDataSetToFolder`` of ComfyUI
0.28 doesn't).
"""

import re
from collections.abc import Iterator, Mapping

from comfy.strict_json import texts

_INPUT_OF_FILES = re.compile(
    r"(^|_)(file|filename|path|dir|directory|folder|subfolder|prefix|url|uri)(_|$|\d)|_name\d*$|^(image|video|audio|mask|model_file)$",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\.(safetensors|sft|ckpt|pt|pth|bin|gguf|onnx|pkl|json|ya?ml|txt|py|sh|png|jpe?g|webp|gif|mp4|webm|wav|latent)"
    r"(\s\[\w+\])?$",
    re.IGNORECASE,
)
_EMBEDDING = re.compile(r"embedding:\s*([^\s,()]+)", re.IGNORECASE)
_LEADS_OUT = re.compile(
    r"""(^|[/\\])\.\.([/\\\s]|$)   # a parent folder
    | ^\s*[/\\~]                   # the root, a share, a home
    | ^\s*[A-Za-z]:                # a drive
    | ://                          # an address
    | %(2e|2f|5c|00)               # the same, encoded
    | [\x00-\x1f]""",
    re.IGNORECASE | re.VERBOSE,
)


def leads_out(name: str) -> bool:
    """Whether a name of a file could mean something outside of its folder."""
    return _LEADS_OUT.search(name) is not None


def unsafe_inputs(inputs: Mapping[str, object]) -> Iterator[str]:
    """The inputs of a node that name a file outside."""
    for name, value in inputs.items():
        if any(_is_unsafe(name, text) for text in texts(value)):
            yield name


def _is_unsafe(name: str, text: str) -> bool:
    if any(leads_out(embedding) for embedding in _EMBEDDING.findall(text)):
        return True
    is_file = _INPUT_OF_FILES.search(name) is not None or _FILE.search(text) is not None
    return is_file and leads_out(text)
