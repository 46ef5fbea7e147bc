"""Files the browser needs, held in memory, compressed once, addressed by their digest so that they may be kept for ever."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import brotli

from lms.web.stylesheet import joined, joined_script

mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")
SQUEEZABLE = frozenset({"text/css", "text/javascript", "image/svg+xml", "application/manifest+json", "text/plain"})


@dataclass(frozen=True)
class Asset:
    content: bytes
    kind: str
    digest: str
    brotli: bytes | None
    gzip: bytes | None


class Assets:
    """`url("css/all.css")` → «/static/css/all.css?v=1a2b3c4d»."""

    def __init__(self, folder: Path) -> None:
        self.found = {name: _asset(name, text.encode()) for name, text in _bundles(folder).items()}
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not name.startswith(
                ("css/", "entry/", "helping/", "practice/", "supervised/", "teaching/", "training/", "verify/js/")
            ):
                self.found[name] = _asset(name, path.read_bytes())

    def get(self, name: str) -> Asset | None:
        return self.found.get(name)

    def url(self, name: str) -> str:
        return f"/static/{name}?v={self.found[name].digest}"


def _bundles(folder: Path) -> dict[str, str]:
    """What is kept in parts and asked for as one: the dress of every page, and what only some pages load."""
    return {
        "css/all.css": joined(folder / "css", folder),
        "css/entry.css": joined(folder / "entry", folder),
        "css/helping.css": joined(folder / "helping", folder),
        "css/training.css": joined(folder / "training", folder),
        "css/teaching.css": joined(folder / "teaching" / "css", folder),
        "css/practice.css": joined(folder / "practice" / "css", folder),
        "css/supervised.css": joined(folder / "supervised" / "css", folder),
        "js/practice-worker.js": (folder / "practice" / "worker.js").read_text(encoding="utf-8"),
        "js/practice-ending.js": (folder / "practice" / "ending.js").read_text(encoding="utf-8"),
        "js/practice.js": joined_script(folder / "practice" / "js"),
        "js/verify.js": joined_script(folder / "verify" / "js"),
        **{f"js/{path.name}": path.read_text(encoding="utf-8") for path in (folder / "teaching" / "js").glob("*.js")},
    }


@cache  # the tests make some thousand applications of the same files in one process
def _asset(name: str, content: bytes) -> Asset:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    small = kind in SQUEEZABLE and len(content) > 200
    return Asset(
        content=content,
        kind=kind,
        digest=hashlib.sha256(content).hexdigest()[:12],
        brotli=brotli.compress(content, quality=11) if small else None,
        gzip=gzip.compress(content, 9, mtime=0) if small else None,
    )
