"""The types of questions there are, each a module of `types/`."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

FOLDER = Path(__file__).parent / "types"

MODULES: dict[str, ModuleType] = {
    found.name: import_module(f"lms.library.types.{found.name}")
    for found in iter_modules([str(FOLDER)])
    if not found.name.startswith("_")
}
TYPES = tuple(MODULES)
CHOICE_TYPES = tuple(kind for kind, module in MODULES.items() if hasattr(module, "check"))
ASKS_BY_ITSELF = {
    kind: str(module.ASKS_BY_ITSELF) for kind, module in MODULES.items() if hasattr(module, "ASKS_BY_ITSELF")
}
"""The stem of a question whose author gave none."""
