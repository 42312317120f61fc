"""Whether a document is well-formed: by Kubernetes' schemas, or our small ones of the operators' kinds."""

from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import yaml

from tests.k8s.manifests import Document

FOLDER = Path(__file__).parent / "schemas"
KUBERNETES = "1.36"  # what Talos 1.13 brings


def complaint(document: Document) -> str | None:
    """What is wrong with it; None when nothing is.

    Raises:
        LookupError: nobody has a schema of this kind.
    """
    own = FOLDER / f"{document['kind'].lower()}.yaml"
    if own.exists():
        error = next(jsonschema.Draft202012Validator(_read(own)).iter_errors(document), None)
        return error.message if error else None
    try:
        kubernetes_validate.validate(document, KUBERNETES, strict=True)
    except kubernetes_validate.ValidationError as error:
        return str(error.message)
    except kubernetes_validate.SchemaNotFoundError as error:
        raise LookupError(document["kind"]) from error
    return None


@cache
def _read(path: Path) -> dict[str, Any]:
    schema: dict[str, Any] = yaml.safe_load(path.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema
