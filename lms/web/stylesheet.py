"""One stylesheet out of its parts."""

from pathlib import Path


def joined(folder: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.css")))
