"""One stylesheet out of its parts, in the order of their numbers, so that a page asks for a single file."""

import re
from pathlib import Path

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def joined(folder: Path) -> str:
    """The parts one after another, without comments and indentation."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.css")))
    return "\n".join(line.strip() for line in _COMMENT.sub("", text).splitlines() if line.strip())
