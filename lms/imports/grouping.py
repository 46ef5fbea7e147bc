"""Which household a line belongs to."""

import re
from dataclasses import dataclass
from typing import Any

from lms.imports.columns import Meaning
from lms.imports.keys import code_part, name_part
from lms.imports.known import unit_key
from lms.imports.lines import NAMES, Line
from lms.imports.names import TICKS, read_name
from lms.imports.pages import Page
from lms.imports.relations import HEAD
from lms.imports.sheets import Cell
from lms.vietnamese import clean, fold

_CODE = re.compile(
    r"(?:mã hộ|hộ số|số hộ|ma ho|ho so|hộ|ho)\s*[:.#-]*\s*((?:[^\W\d_]{1,4}[-./ ]?)?\d[\w./-]*)", re.IGNORECASE
)
_HEAD_NAME = re.compile(
    r"(?:chủ hộ|chu ho|hộ ông|hộ bà|gia đình ông|gia đình bà|gia đình|ông|bà)\s*[:.-]*\s*([^\d:;,(]+)", re.IGNORECASE
)


@dataclass(eq=False)
class Household:
    """A household while its lines are read."""

    code: str = ""
    head_name: str = ""
    village: str = ""
    village_id: int | None = None
    commune_id: int | None = None
    place: tuple[str, int | None, int | None] | None = None
    """Where its first line with a known village stands: lines below that leave the village blank stand there too."""
    has_head: bool = False
    """Whether some line says head, even one that cannot be used."""
    head_line: int | None = None
    first: Any = None

    def label(self) -> str:
        return self.code or self.head_name or "này"


class Grouping:
    """Remembers the households of one page and the one the lines are in."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._current: Household | None = None
        self._by_code: dict[tuple[str, str], Household] = {}
        self._by_head: dict[tuple[str, str], Household] = {}
        self._code_column = Meaning.HOUSEHOLD if Meaning.HOUSEHOLD in page else Meaning.NUMBER_OF_HOUSEHOLDS
        self._heads_only = Meaning.HEAD in page and not any(meaning in page for meaning in NAMES)
        self._ticked = Meaning.HEAD in page and not self._heads_only and self._all_ticks()

    def heading(self, text: str) -> None:
        """«Hộ số 3: NL-003 – Chủ hộ: Lê Văn Ba» begins a household."""
        code, name = _CODE.search(text), _HEAD_NAME.search(text)
        head = _name_in(name[1]) if name else ""
        self._current = Household(code=clean(code[1]) if code else "", head_name=head)

    def of(self, line: Line, relation: str | None, village: str) -> Household | None:
        """The household of a line; None when nothing says which."""
        code = line.text(self._code_column) if self._code_column in self._page else ""
        head = "" if self._ticked or self._heads_only else line.text(Meaning.HEAD)
        place = unit_key(village)
        if code:
            self._current = self._by_code.setdefault((place, code_part(code)), Household(code=code))
        elif head:
            self._current = self._by_head.setdefault((place, name_part(head)), Household(head_name=clean(head)))
        elif self._heads_only or (relation == HEAD and not self._heading_waits()):
            self._current = Household()
        return self._current

    def goes_on(self, line: Line, relation: str | None) -> Household | None:
        """The household above, when this line names no other: then what it leaves blank is as above."""
        home = self._current
        if home is None or self._heads_only or (relation == HEAD and not self._heading_waits()):
            return None
        code = line.text(self._code_column) if self._code_column in self._page else ""
        head = "" if self._ticked else line.text(Meaning.HEAD)
        same_code = not code or code_part(code) == code_part(home.code)
        return home if same_code and (not head or name_part(head) == name_part(home.head_name)) else None

    def says_head(self, line: Line) -> bool:
        """Whether the line is a head's by its column «Chủ hộ»: ticked, named alone, or naming the person itself."""
        if Meaning.HEAD not in self._page:
            return False
        if self._heads_only:
            return True
        if self._ticked:
            return fold(line.text(Meaning.HEAD)) in TICKS
        named = read_name(*line.name_cells()).text
        return (
            not line.text(Meaning.RELATION) and bool(named) and name_part(named) == name_part(line.text(Meaning.HEAD))
        )

    def _heading_waits(self) -> bool:
        """A heading has just begun this household and its head comes now."""
        return self._current is not None and not self._current.has_head

    def _all_ticks(self) -> bool:
        rows = range(self._page.first_row, len(self._page.sheet.rows) + 1)
        said = {fold(self._page.cell(row, Meaning.HEAD).text) for row in rows} - {""}
        return bool(said) and len(said & TICKS) >= 1 and all(len(text) <= 5 for text in said)


def _name_in(text: str) -> str:
    name = read_name(Cell(clean(text.strip(" -–.")), "text")).text
    return name if " " in name else ""
