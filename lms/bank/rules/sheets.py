"""The form of each type of question, as data: what to fill in, how it is read into a question, and shown again.

What is read has exactly the keys of one entry of questions.yaml; what was left empty is left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from string import ascii_lowercase
from typing import Any

from lms.quizzes.rules.fields import NAME, Field

Body = dict[str, Any]
MOST_ROWS = 40
_BETWEEN = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """One field as a page shows it."""

    field: Field
    name: str
    value: str = ""
    faults: tuple[str, ...] = ()
    rows: tuple[tuple["Cell", ...], ...] = ()
    row_faults: tuple[tuple[str, ...], ...] = ()

    @property
    def is_on(self) -> bool:
        return self.value == "true"


def read(fields: Sequence[Field], form: Mapping[str, str], under: str = "") -> Body:
    """The question in a form that was sent."""
    body: Body = {}
    for field in fields:
        value = _read_one(field, form, f"{under}{field.key}")
        if value:
            body[field.key] = value
    return body


def laid_out(
    fields: Sequence[Field], body: Mapping[str, Any], faults: Mapping[str, Sequence[str]] | None = None, more: str = ""
) -> tuple[Cell, ...]:
    """The same fields with what stands in them and what is wrong there; `more` names rows to be given one more."""
    return tuple(_cell(field, body.get(field.key), field.key, field.key, faults or {}, more) for field in fields)


def homeless(faults: Mapping[str, Sequence[str]], cells: Sequence[Cell]) -> list[str]:
    """What is wrong at no field of the form: said above it."""
    shown = set(_told(cells))
    return [sentence for said in faults.values() for sentence in said if sentence not in shown]


def _told(cells: Sequence[Cell]) -> Iterator[str]:
    for cell in cells:
        yield from cell.faults
        for said in cell.row_faults:
            yield from said
        for row in cell.rows:
            yield from _told(row)


def _read_one(field: Field, form: Mapping[str, str], name: str) -> Any:
    if field.kind in ("rows", "named"):
        return _read_rows(field, form, name)
    if field.kind == "group":
        return read(field.inside, form, f"{name}/")
    text = form.get(name, "").replace("\r\n", "\n").strip()
    if field.kind == "lines":
        return [line.strip() for line in text.split("\n") if line.strip()]
    if field.kind == "numbers":
        return [one for one in _BETWEEN.split(text) if one]
    if field.kind == "pairs":
        return [_pair(line) for line in text.split("\n") if line.strip()]
    if field.kind == "flag":
        return "true" if text else ""
    return text


def _read_rows(field: Field, form: Mapping[str, str], name: str) -> Any:
    rows = []
    for n in _numbers(form, f"{name}/"):
        row = read(field.inside, form, f"{name}/{n}/")
        if any(_says_something(one, row.get(one.key)) for one in field.inside):
            rows.append(row)
    given = {str(row[key]) for row in rows for key in (NAME, "id") if key in row}
    fresh = (one for one in _fresh(field.stem) if one not in given)
    key = NAME if field.kind == "named" else "id"
    if any(one.key == key for one in field.inside):
        rows = [{key: row.get(key) or next(fresh), **row} for row in rows]
    if field.kind == "named":
        return {row[NAME]: {k: v for k, v in row.items() if k != NAME} for row in rows}
    return rows


def _says_something(field: Field, value: Any) -> bool:
    """A row whose author only left a preset choice in it was not filled in."""
    return bool(value) and field.kind not in ("id", "flag", "choice")


def _numbers(form: Mapping[str, str], under: str) -> list[int]:
    found = {name[len(under) :].split("/")[0] for name in form if name.startswith(under)}
    return sorted(int(one) for one in found if one.isascii() and one.isdigit() and int(one) < MOST_ROWS)


def _fresh(stem: str) -> Iterator[str]:
    if stem:
        return (f"{stem}{n}" for n in count(1))
    return iter((*ascii_lowercase, *(f"x{n}" for n in range(1, MOST_ROWS))))


def _pair(line: str) -> list[str]:
    return [one.strip() for one in line.replace("→", "->").split("->")]


def _cell(field: Field, value: Any, name: str, way: str, faults: Mapping[str, Sequence[str]], more: str) -> Cell:
    said = tuple(faults.get(way, ()))
    if field.kind == "group":
        inside = value if isinstance(value, Mapping) else {}
        row = tuple(
            _cell(f, inside.get(f.key), f"{name}/{f.key}", f"{way}/{f.key}", faults, more) for f in field.inside
        )
        return Cell(field, name, faults=said, rows=(row,))
    if field.kind not in ("rows", "named"):
        return Cell(field, name, _shown(field, value), said)
    rows = _rows(field, value)
    ways = [f"{way}/{row[NAME] if field.kind == 'named' else n}" for n, row in enumerate(rows)]
    wanted = max(field.spare, len(rows) + (more == name))
    rows += [{}] * (wanted - len(rows))
    ways += [f"{way}/+"] * (wanted - len(ways))
    cells = tuple(
        tuple(_cell(f, row.get(f.key), f"{name}/{n}/{f.key}", f"{ways[n]}/{f.key}", faults, more) for f in field.inside)
        for n, row in enumerate(rows)
    )
    return Cell(field, name, faults=said, rows=cells, row_faults=tuple(tuple(faults.get(one, ())) for one in ways))


def _rows(field: Field, value: Any) -> list[Mapping[str, Any]]:
    if field.kind == "named":
        named = value.items() if isinstance(value, Mapping) else ()
        return [{NAME: name, **row} for name, row in named if isinstance(row, Mapping)]
    listed = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    return [row for row in listed if isinstance(row, Mapping)]


def _shown(field: Field, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if field.kind == "pairs" and not isinstance(value, str):
        return "\n".join(" -> ".join(map(str, one)) for one in value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return (", " if field.kind == "numbers" else "\n").join(map(str, value))
    return str(value)
