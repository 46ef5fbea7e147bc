"""One and only one text for a JSON-LD document (RDFC-1.0), whose contexts are given and never fetched."""

from collections.abc import Callable, Mapping
from typing import Any


def canonical(document: Mapping[str, Any], context: Callable[[str], dict[str, Any]]) -> str:
    """N-Quads in the one order that everybody arrives at; `context` gives a context by its address or raises."""
    from pyld import jsonld  # type: ignore[import-untyped]  # heavy

    def load(url: str, _options: object) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "document": context(url), "contentType": "application/ld+json"}

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    return str(jsonld.normalize(dict(document), options))
