"""Taking the fields of one YAML mapping: each is named once, read as what it should be, and reported when it is not."""

import difflib
import re
from collections.abc import Collection, Iterator
from datetime import date

from lms.library.problems import Findings, Place
from lms.library.yaml_text import Keyed, Many, Node, Text

ID_SHAPE = re.compile(r"[a-zA-Z0-9]+(?:[.-][a-z0-9]+)*")
"""Ids are for ever and stand in addresses: ASCII letters, digits, dots and hyphens; capitals only in front (DVC-01)."""
MAX_ID = 64
MAX_TEXT = 20_000


def did_you_mean(wrong: str, known: Collection[str]) -> str:
    close = difflib.get_close_matches(wrong, sorted(known), n=1, cutoff=0.6)
    return f" Ý là «{close[0]}»?" if close else ""


class Fields:
    """One mapping. `take_*` asks for a key; `finish` reports the keys nobody asked for."""

    def __init__(self, node: Node | None, findings: Findings, place: Place, what: str) -> None:
        self.findings = findings
        self.what = what
        self.place = node.place if node else place
        self._asked: set[str] = set()
        self._node = node if isinstance(node, Keyed) else Keyed({}, {}, self.place)
        self.is_mapping = isinstance(node, Keyed)
        if not self.is_mapping:
            findings.error(self.place, f"{what}: cần các dòng «khoá: giá trị»")

    def has(self, key: str) -> bool:
        return key in self._node.entries

    def place_of(self, key: str) -> Place:
        return self._node.places.get(key, self.place)

    def text(self, key: str, *, required: bool = True, limit: int = MAX_TEXT) -> str:
        node = self._take(key, required)
        if node is None:
            return ""
        if not isinstance(node, Text):
            self._expected(key, node, "một dòng chữ")
            return ""
        value = node.value.strip()
        if required and not value:
            self._expected(key, node, "chữ, không được để trống")
        if len(value) > limit:
            self._expected(key, node, f"nhiều nhất {limit} ký tự, đang có {len(value)}")
        return value

    def identifier(self, key: str, shape: str = "", example: str = "") -> str:
        value = self.text(key, limit=MAX_ID)
        wrong = not ID_SHAPE.fullmatch(value) or (shape and not re.fullmatch(shape, value))
        if value and wrong:
            hint = f", ví dụ «{example}»" if example else ""
            self.findings.error(
                self.place_of(key), f"{key}: «{value}» không đúng dạng mã (chữ không dấu, số, dấu chấm, gạch nối{hint})"
            )
        return value

    def choice(self, key: str, allowed: Collection[str], *, default: str | None = None) -> str:
        value = self.text(key, required=default is None) or (default or "")
        if value and value not in allowed:
            self.findings.error(
                self.place_of(key),
                f"{key}: «{value}», cần một trong: {', '.join(allowed)}.{did_you_mean(value, allowed)}",
            )
            return default or next(iter(allowed))
        return value

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        fallback = None if default is None else str(default).lower()
        return self.choice(key, ("true", "false"), default=fallback) == "true"

    def number(self, key: str, low: int, high: int) -> int:
        value = self.text(key)
        if re.fullmatch(r"\d{1,6}", value) and low <= int(value) <= high:
            return int(value)
        if value:
            self.findings.error(self.place_of(key), f"{key}: «{value}», cần số nguyên từ {low} đến {high}")
        return low

    def day(self, key: str, *, required: bool = True) -> date | None:
        value = self.text(key, required=required)
        if not value:
            return None
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        self.findings.error(self.place_of(key), f"{key}: «{value}», cần ngày dạng 2026-11-22")
        return None

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """A list of short texts; one text alone counts as a list of one."""
        node = self._take(key, required)
        if node is None:
            return ()
        if isinstance(node, Text):
            return (node.value.strip(),) if node.value.strip() else ()
        if isinstance(node, Keyed):
            self._expected(key, node, "danh sách các dòng chữ")
            return ()
        for item in node.items:
            if not isinstance(item, Text) or not item.value.strip():
                self._expected(key, item, "mỗi mục là một dòng chữ")
        return tuple(item.value.strip() for item in node.items if isinstance(item, Text))

    def choices(self, key: str, allowed: Collection[str], *, required: bool = True) -> tuple[str, ...]:
        values = self.texts(key, required=required)
        for value in values:
            if value not in allowed:
                self.findings.error(
                    self.place_of(key),
                    f"{key}: «{value}», cần trong: {', '.join(allowed)}.{did_you_mean(value, allowed)}",
                )
        return tuple(value for value in values if value in allowed)

    def lists(self, key: str, *, required: bool = True) -> tuple[tuple[str, ...], ...]:
        """A list of lists of short texts."""
        node = self._take(key, required)
        if node is None:
            return ()
        rows = node.items if isinstance(node, Many) else ()
        if not rows or not all(isinstance(row, Many) for row in rows):
            self._expected(key, node, "danh sách của các danh sách, ví dụ [[a, b], [b, c]]")
            return ()
        return tuple(
            tuple(one.value.strip() for one in row.items if isinstance(one, Text))
            for row in rows
            if isinstance(row, Many)
        )

    def each(self, key: str, what: str, *, required: bool = True) -> Iterator["Fields"]:
        """The mappings of a list."""
        node = self._take(key, required)
        if node is None:
            return
        if not isinstance(node, Many):
            self._expected(key, node, "danh sách")
            return
        for item in node.items:
            yield Fields(item, self.findings, self.place, what)

    def mapping(self, key: str, what: str, *, required: bool = True) -> "Fields | None":
        node = self._take(key, required)
        return None if node is None else Fields(node, self.findings, self.place, what)

    def node(self, key: str, *, required: bool = True) -> Node | None:
        """As it stands, for readers that know the shape themselves."""
        return self._take(key, required)

    def keys(self) -> tuple[str, ...]:
        return tuple(self._node.entries)

    def finish(self) -> None:
        for key, place in self._node.places.items():
            if key not in self._asked:
                known = self._asked
                self.findings.error(
                    place,
                    f"{self.what}: khoá lạ «{key}», các khoá dùng được: {', '.join(sorted(known))}."
                    + did_you_mean(key, known),
                )

    def _take(self, key: str, required: bool) -> Node | None:
        self._asked.add(key)
        node = self._node.entries.get(key)
        if node is None and required and self.is_mapping:
            self.findings.error(self.place, f"{self.what}: thiếu «{key}»")
        return node

    def _expected(self, key: str, node: Node, expected: str) -> None:
        self.findings.error(node.place, f"{key}: cần {expected}")


def rows(node: Node | None, findings: Findings, place: Place, what: str) -> Iterator[Fields]:
    """The mappings of a file that is one list."""
    if isinstance(node, Many):
        for item in node.items:
            yield Fields(item, findings, place, what)
    elif node is not None:
        findings.error(node.place, f"cần một danh sách, mỗi mục bắt đầu bằng «- » ({what})")
