"""Pages set by typst: values go in as JSON, never as source, so that no name can become a command."""

import json
import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
"""What every kind of paper is headed in."""
_LOCK = threading.Lock()
"""A compiler serves one thread at a time; a page takes some milliseconds."""


def set_pdf(source: Path, values: Mapping[str, Any]) -> bytes:
    """A PDF of the source; fonts lie in `fonts/` here and beside it, and none of the machine's are used."""
    return _set(source, values, "pdf")


def set_png(source: Path, values: Mapping[str, Any], dots_per_inch: float = 144) -> bytes:
    """The first page as a picture."""
    return _set(source, values, "png", dots_per_inch)


def _set(source: Path, values: Mapping[str, Any], kind: str, dots_per_inch: float | None = None) -> bytes:
    with _LOCK:
        inputs = {"values": json.dumps(values, ensure_ascii=False)}
        made = _compiler(source).compile(format=kind, ppi=dots_per_inch, sys_inputs=inputs)
    return bytes(made[0] if isinstance(made, list) else made)


@lru_cache(maxsize=4)
def _compiler(source: Path) -> Any:
    import typst  # heavy

    places = [str(one) for one in (FONTS, source.parent / "fonts") if one.is_dir()]
    return typst.Compiler(str(source), root=str(source.parent), font_paths=places, ignore_system_fonts=True)
