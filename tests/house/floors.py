"""Reads the imports of every file and says which of them climb the house. The map is lms/rooms.py."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lms.rooms import ABOVE, GROUND, ROOF, ROOMS, STAIRS

FLOORS = ("rooms", *GROUND, *ROOMS, *STAIRS, *ABOVE, *ROOF)
INSIDE = ("rules", "models", "queries", "actions", "publishing")
DOORS = ("forms", "views", "commands")
NOT_PURE = {"glob", "io", "os", "pathlib", "random", "secrets", "shutil", "socket", "sqlite3", "subprocess", "tempfile",
            "threading", "time"}  # fmt: skip
PURE_LIBRARY = sys.stdlib_module_names - NOT_PURE


@dataclass(frozen=True)
class Import:
    path: Path
    line: int
    source: str
    """The dotted name of the file that imports."""
    target: str
    """The dotted name of what is imported: a module of the house, or the first word of a library."""
    is_inside_function: bool

    @property
    def where(self) -> str:
        return f"{self.path}:{self.line}"


def part(module: str) -> str:
    """lms.people.queries → people."""
    return module.split(".")[1] if "." in module else ""


def layer(module: str) -> str:
    """lms.people.views.passwords → views."""
    return module.split(".")[2] if module.count(".") > 1 else ""


def imports(root: Path) -> Iterator[Import]:
    """Every import under `root`/lms, but those that only serve type checking."""
    modules = {_dotted(path, root) for path in (root / "lms").rglob("*.py")}
    for path in sorted((root / "lms").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node, is_inside_function in _import_nodes(tree, False):
            for target in _targets(node, path, root, modules):
                yield Import(path.relative_to(root), node.lineno, _dotted(path, root), target, is_inside_function)


def climbs(found: Import) -> str | None:
    """Why this import may not be, or None."""
    here, there = part(found.source), part(found.target)
    if not found.target.startswith("lms.") or here in ROOF:
        return None
    if there not in FLOORS:
        return f"{there} is not on the map: add it to lms/rooms.py"
    if layer(found.target) in DOORS and not (here == there and layer(found.source) in DOORS):
        return f"{found.target} is a door, and nobody imports a door"
    if here == there:
        return _climbs_within(found)
    if there in ABOVE and here not in ABOVE:
        return f"{here} is below {there}, which stands above the stairs"
    if here not in FLOORS:
        return f"{here} is not on the map: add it to lms/rooms.py"
    if layer(found.source) in DOORS or FLOORS.index(there) < FLOORS.index(here):
        return None
    return f"{here} is below {there}"


def impure(found: Import) -> str | None:
    """A file called rules knows only Python and other rules."""
    if layer(found.source) != "rules":
        return None
    if found.target.startswith("lms."):
        return None if layer(found.target) == "rules" else f"rules may not know {found.target}"
    if found.target == "random.Random":
        return None
    library = found.target.split(".")[0]
    return None if library in PURE_LIBRARY else f"rules may not know {library}: pass what they need in"


def _climbs_within(found: Import) -> str | None:
    below, above = layer(found.source), layer(found.target)
    if below in INSIDE and above in INSIDE and INSIDE.index(below) < INSIDE.index(above):
        return f"{below} are below {above}"
    return None


def _dotted(path: Path, root: Path) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def _import_nodes(node: ast.AST, inside: bool) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
            continue
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, inside
        yield from _import_nodes(
            child, inside or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        )


def _targets(node: ast.Import | ast.ImportFrom, path: Path, root: Path, modules: set[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    base = node.module or ""
    if node.level:
        package = path.relative_to(root).parent.parts
        base = ".".join((*package[: len(package) - node.level + 1], *([base] if base else [])))
    for alias in node.names:
        name = f"{base}.{alias.name}"
        yield name if name in modules or not base.startswith("lms") else base
