"""Which of the drawings one practice uses."""

from collections.abc import Iterator, Mapping
from typing import Any


def pictures_in(spec: Mapping[str, Any]) -> list[str]:
    """What one practice needs, each once, in a fixed order."""
    return sorted(set(_asked(spec)))


def _asked(spec: Mapping[str, Any]) -> Iterator[str]:
    for screen in spec["screens"].values():
        for item in screen["items"]:
            if item["kind"] in ("qr", "pins"):
                yield "qr" if item["kind"] == "qr" else "map"
            for part in (item, *item.get("options", ())):
                if part.get("drawn"):
                    yield part["drawn"]
