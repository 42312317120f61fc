"""Files that no maintainer should be able to do harm with, and what is said to each."""

import json
from collections.abc import Iterator

from tests.comfy.exported import Document, beside, between, changed, editors, file, pixels, shipped

JSON = pixels()
TEXT = json.dumps(JSON)


def _chain(length: int) -> Document:
    """Inverters in a row."""
    document: Document = {"1": {"class_type": "LoadImage", "inputs": {"image": "me.png"}}}
    for place in range(2, length):
        document[str(place)] = {"class_type": "ImageInvert", "inputs": {"image": [str(place - 1), 0]}}
    saver = {"class_type": "SaveImage", "inputs": {"images": [str(length - 1), 0], "filename_prefix": "x"}}
    return document | {str(length): saver}


def _diamonds(length: int) -> Document:
    """Each node takes the one before twice: two to the power of its length ways lead through it."""
    document = shipped()
    previous = "13"
    for place in range(length):
        both = {"conditioning_1": [previous, 0], "conditioning_2": [previous, 0]}
        previous = f"d{place}"
        document[previous] = {"class_type": "ConditioningCombine", "inputs": both}
    return changed(document, "15", positive=[previous, 0])


def _texts() -> Iterator[tuple[str, bytes, str]]:
    yield "nothing", b"", "not-json"
    yield "spaces", b" \n" * 1000, "not-json"
    yield "null", b"null", "no-workflow"
    yield "a number", b"42", "no-workflow"
    yield "a string", b'"workflow"', "no-workflow"
    yield "a list", b"[1, 2, 3]", "no-workflow"
    yield "an empty object", b"{}", "empty"
    yield "a page", b"<!doctype html><title>Sign in</title>", "not-json"
    yield "cut off", file(JSON)[:-20], "not-json"
    yield "two documents", file(JSON) * 2, "not-json"
    yield "a comment", b"// mine\n" + file(JSON), "not-json"
    yield "single quotes", TEXT.replace('"', "'").encode(), "not-json"
    yield "a trailing comma", TEXT[:-1].encode() + b",}", "not-json"
    yield "python", b"__import__('os').system('id')", "not-json"
    yield "yaml", b"!!python/object/apply:os.system ['id']", "not-json"
    yield "a pickle", b"\x80\x04\x95\x1c\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix", "not-text"
    yield "utf-16", TEXT.encode("utf-16"), "not-text"
    yield "latin-1", '{"1": "für"}'.encode("latin-1"), "not-text"
    yield "a raw control character", TEXT.replace("me.png", "me\x07.png").encode(), "not-json"
    yield "a png", b"\x89PNG\r\n\x1a\n" + TEXT.encode(), "is-picture"
    yield "a jpeg", b"\xff\xd8\xff\xe0" + TEXT.encode(), "is-picture"
    yield "a webp", b"RIFF\x00\x00\x00\x00WEBP", "is-picture"
    yield "too large", b'{"1":"' + b"x" * (1 << 20) + b'"}', "too-large"
    yield "deep lists", b"[" * 100_000, "too-much"
    yield "deep objects", b'{"a":' * 40 + b"1" + b"}" * 40, "too-deep"
    yield "deep and closed", b"[" * 1000 + b"]" * 1000, "too-deep"
    yield "deep in an input", file(changed(JSON, "2", image=json.loads("[" * 40 + "]" * 40))), "too-deep"
    yield "many values", b"[" + b"0," * 100_000 + b"0]", "too-much"
    yield "many empty lists", b"[" + b"[]," * 60_000 + b"[]]", "too-much"
    yield "half a string", b'"' * 999_999, "not-json"
    yield "escapes without an end", b'"' + b'\\"' * 500_000, "not-json"
    yield "a doubled node", TEXT[:-1].encode() + b', "1": {"class_type": "X", "inputs": {}}}', "doubled-key"
    yield "a doubled input", TEXT.replace('"image":', '"image": "a", "image":').encode(), "doubled-key"
    yield (
        "a doubled type",
        TEXT.replace('"class_type":', '"class_type": "A", "class_type":').encode(),
        "doubled-key",
    )
    yield "not a number", TEXT.replace("0]", "NaN]").encode(), "odd-number"
    yield "infinite", TEXT.replace("0]", "-Infinity]").encode(), "odd-number"
    yield "infinite by its exponent", TEXT.replace("0]", "1e999]").encode(), "odd-number"
    yield "a huge integer", TEXT.replace("0]", "9" * 5000 + "]").encode(), "odd-number"
    yield "an integer over 64 bits", file(changed(shipped(), "15", seed=2**64 + 1)), "odd-number"
    yield "a null character", TEXT.replace("me.png", "me\\u0000.png").encode(), "odd-text"
    yield "half a surrogate pair", TEXT.replace("me.png", "\\ud83d.png").encode(), "odd-text"
    yield "half a pair as a name", TEXT.replace('"image"', '"\\udc00"').encode(), "odd-text"


def _forms() -> Iterator[tuple[str, Document, str]]:
    yield "the editor's format", editors(JSON), "editor-format"
    yield "the editor's format without wires", {"nodes": []}, "editor-format"
    yield "the editor's format, wrapped", {"workflow": editors(JSON)}, "editor-format"
    yield "the editor's format as a prompt", {"prompt": editors(JSON)}, "editor-format"
    yield "settings", {"Comfy.DevMode": True, "theme": {"id": "dark"}}, "no-workflow"
    yield "wrapped thrice", {"prompt": {"prompt": {"prompt": JSON}}}, "no-workflow"
    yield "too many nodes", _chain(501), "too-many-nodes"
    yield "a node that is text", JSON | {"4": "SaveImage"}, "node-odd"
    yield "a node that is a list", JSON | {"4": ["SaveImage"]}, "node-odd"
    yield "a node without a type", JSON | {"4": {"inputs": {}}}, "node-odd"
    yield "a node whose type is a number", JSON | {"4": {"class_type": 7, "inputs": {}}}, "node-odd"
    yield "a node whose type is empty", JSON | {"4": {"class_type": "", "inputs": {}}}, "node-odd"
    yield "a node whose type is a book", JSON | {"4": {"class_type": "X" * 5000, "inputs": {}}}, "node-odd"
    yield "a node without inputs", JSON | {"4": {"class_type": "PreviewImage"}}, "node-odd"
    yield "a node whose inputs are a list", JSON | {"4": {"class_type": "X", "inputs": []}}, "node-odd"
    yield "a node called a path", JSON | {"../../4": {"class_type": "X", "inputs": {}}}, "node-odd"
    yield "a node called a format", JSON | {"{0.__class__}": {"class_type": "X", "inputs": {}}}, "node-odd"
    yield "a node without a name", JSON | {"": {"class_type": "X", "inputs": {}}}, "node-odd"
    yield "a link to nowhere", changed(JSON, "2", image=["77", 0]), "link-dangling"
    yield "a link without an end", changed(JSON, "2", image=["1"]), "link-odd"
    yield "a link of three", changed(JSON, "2", image=["1", 0, 0]), "link-odd"
    yield "a link by number", changed(JSON, "2", image=[1, 0]), "link-odd"
    yield "a link to a slot below zero", changed(JSON, "2", image=["1", -1]), "link-odd"
    yield "a link to half a slot", changed(JSON, "2", image=["1", 0.5]), "link-odd"
    yield "a link to a slot that is true", changed(JSON, "2", image=["1", True]), "link-odd"
    yield "a link to a link", changed(JSON, "2", image=[["1", 0], 0]), "link-odd"
    yield "an empty list", changed(JSON, "2", image=[]), "link-odd"
    yield "a node that needs itself", changed(JSON, "2", image=["2", 0]), "circle"
    yield "two that need each other", changed(between(JSON, "ImageInvert"), "2", image=["98", 0]), "circle"
    yield (
        "a circle beside",
        JSON | {"8": {"class_type": "ImageInvert", "inputs": {"image": ["8", 0]}}},
        "circle",
    )
    yield "no output", {id_: JSON[id_] for id_ in ("1", "2")}, "no-role"
    yield "no photo", {"3": JSON["3"], "2": {"class_type": "EmptyImage", "inputs": {}}}, "no-role"
    yield (
        "a photo that nothing needs",
        changed(beside(JSON, "EmptyImage"), "3", images=["99", 0]),
        "photo-not-reached",
    )
    yield "two outputs", JSON | {"4": JSON["3"]}, "ambiguous"
    yield "diamonds", _diamonds(200), ""
    yield "a long chain", _chain(500), ""


def _names() -> Iterator[tuple[str, Document, str]]:
    for name in (
        "../../../etc/passwd",
        "..\\..\\secrets.png",
        "/etc/passwd",
        "~/.ssh/id_rsa",
        "C:\\Windows\\win.ini",
        "\\\\server\\share\\a.png",
        "file:///etc/passwd",
        "http://169.254.169.254/latest/meta-data",
        "%2e%2e%2fetc/passwd",
        "a/../../b.png [output]",
    ):
        yield f"a photo from {name}", changed(JSON, "1", image=name), "unsafe-name"
    for prefix in ("../../../srv/page", "/srv/x", "ok/../../x", "%2e%2e/x"):
        yield f"a picture to {prefix}", changed(JSON, "3", filename_prefix=prefix), "unsafe-name"
    model = changed(shipped(), "1", ckpt_name="../../../home/me/model.safetensors")
    yield "a model from elsewhere", model, "unsafe-name"
    yield (
        "a model by its address",
        changed(shipped(), "1", ckpt_name="https://x.example/a.ckpt"),
        "unsafe-name",
    )
    yield (
        "an embedding from elsewhere",
        changed(shipped(), "13", text="oil, embedding:../../etc/x"),
        "unsafe-name",
    )
    nested = changed(JSON, "2", options={"a": {"save_path": ["/etc", "../../x.png"]}})
    yield "a path within an object", nested, "unsafe-name"
    yield "a folder beside", beside(JSON, "Anything", folder_name="../../outside"), "unsafe-name"


def _types() -> Iterator[tuple[str, Document, str]]:
    for reason, types in {
        "code": "ExecutePython PythonNode easyPythonExec EvaluateInts RunShellScript GLSLShader",
        "network": "LoadImageFromURL HTTPRequest SendWebhook ETN_SendImageWebSocket DownloadModel S3Upload",
        "read": "LoadImageMask LoadImageOutput LoadImagesFromPath LoadLatent LoadVideo Load3D ReadFileText",
        "write": "SaveVideo SaveImageDataSetToFolder SaveAnimatedWEBP SaveText SaveLatent DeleteFiles",
        "train": "CheckpointSave LoraSave TrainLoraNode ModelSave",
        "device": "WebcamCapture RecordAudio ScreenCaptureNode",
    }.items():
        for class_type in types.split():
            yield f"{class_type} beside", beside(JSON, class_type), f"forbidden-{reason}"
            yield f"{class_type} in between", between(JSON, class_type), f"forbidden-{reason}"
    second = JSON | {"4": {"class_type": "LoadImage", "inputs": {"image": "other.png"}}}
    second["1"] = JSON["1"] | {"_meta": {"title": "photo"}}
    blended = {"image1": ["1", 0], "image2": ["4", 0], "blend_factor": 0.5, "blend_mode": "normal"}
    second["2"] = {"class_type": "ImageBlend", "inputs": blended}
    yield "another guest's photo", second, "second-photo"


CORPUS: dict[str, tuple[bytes, str]] = {
    **{name: (data, key) for name, data, key in _texts()},
    **{name: (file(document), key) for part in (_forms, _names, _types) for name, document, key in part()},
}
"""Name → file, and the key after ``workflow-`` of what is said first; an empty one where nothing is wrong."""
