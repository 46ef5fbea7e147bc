"""One file out of its parts, in the order of their numbers, so that a page asks for a single stylesheet and a single script."""

import hashlib
import re
from pathlib import Path

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SIBLING = re.compile(r"url\(\.\./([\w./-]+)\)")
_AROUND = re.compile(r"\s*([{};,>])\s*")
_IMPORT = re.compile(r"^import [^;]+;\n", re.MULTILINE)
_INDENTS = re.compile(r"^ +|^ *//.*\n|^\n", re.MULTILINE)
_LINE_GOES_ON = re.compile(r"^((?:(?!//).)*[;,{])\n", re.MULTILINE)
_AFTER_COLON = re.compile(r":\s+")


def joined(folder: Path, static: Path | None = None) -> str:
    """The parts one after another, without comments and spaces; a font or picture by the address that may be kept for ever."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.css")))
    return _SIBLING.sub(lambda match: f"url({_kept_address(static or folder.parent, match[1])})", _squeezed(text))


def joined_script(folder: Path) -> str:
    """The modules of one page one after another; lower numbers are what higher ones import, so the imports fall away.

    Comments, indents and most line ends go too: no line of a template text may lean on its spaces.
    """
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.js")))
    return _LINE_GOES_ON.sub(r"\1", _INDENTS.sub("", _IMPORT.sub("", text)))


def digest(content: bytes) -> str:
    """Marks one version of a file in its address."""
    return hashlib.sha256(content).hexdigest()[:12]


def _kept_address(static: Path, name: str) -> str:
    return f"/static/{name}?v={digest((static / name).read_bytes())}"


def _squeezed(text: str) -> str:
    """Spaces inside quotes and calc() stay: only those around braces, semicolons, commas and after colons go."""
    pieces = re.split(r'("[^"]*")', _COMMENT.sub("", text))
    for index in range(0, len(pieces), 2):
        pieces[index] = _AFTER_COLON.sub(":", _AROUND.sub(r"\1", pieces[index]))
    return "".join(pieces).replace(";}", "}").strip()
