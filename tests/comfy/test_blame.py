import pytest

from comfy.answers import NodeProblem, Rejection
from comfy.blame import Blame, blame_crash, blame_rejection
from comfy.protocol import Crash


@pytest.mark.parametrize(
    ("node_type", "exception_type", "message", "blame"),
    [
        (
            "KSampler",
            "torch.OutOfMemoryError",
            "CUDA out of memory. Tried to allocate 2.00 GiB.",
            Blame.MEMORY,
        ),
        (
            "VAEDecode",
            "torch.OutOfMemoryError",
            "Allocation on device 0 would exceed allowed memory.",
            Blame.MEMORY,
        ),
        ("KSampler", "RuntimeError", "DefaultCPUAllocator: can't allocate memory", Blame.MEMORY),
        ("UNETLoader", "MemoryError", "", Blame.MEMORY),
        ("KSampler", "RuntimeError", "CUDA error: an illegal memory access was encountered", Blame.DEVICE),
        ("KSampler", "torch.AcceleratorError", "unspecified launch failure", Blame.DEVICE),
        ("LoadImage", "PIL.UnidentifiedImageError", "cannot identify image file", Blame.PHOTO),
        ("LoadImage", "FileNotFoundError", "No such file", Blame.PHOTO),
        ("PreviewImage", "OSError", "[Errno 28] No space left on device", Blame.MACHINE),
        ("KSampler", "RuntimeError", "mat1 and mat2 shapes cannot be multiplied", Blame.GRAPH),
        ("CLIPTextEncode", "ValueError", "clip input is invalid: None", Blame.GRAPH),
    ],
)
def test_exceptions(node_type: str, exception_type: str, message: str, blame: Blame) -> None:
    assert blame_crash(Crash("7", node_type, exception_type, message)) is blame


def test_a_failure_without_an_exception_may_pass() -> None:
    assert blame_crash(None) is Blame.MACHINE


def test_refusals() -> None:
    lost = NodeProblem("1", "LoadImage", "custom_validation_failed", "image", "")
    model = NodeProblem("2", "UNETLoader", "value_not_in_list", "unet_name", "")
    failed = "prompt_outputs_failed_validation"
    assert blame_rejection(Rejection("http_500", "")) is Blame.MACHINE
    assert blame_rejection(Rejection(failed, "", (lost,))) is Blame.PHOTO
    assert blame_rejection(Rejection(failed, "", (lost, model))) is Blame.GRAPH
    assert blame_rejection(Rejection("missing_node_type", "")) is Blame.GRAPH
