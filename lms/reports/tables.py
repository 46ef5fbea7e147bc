"""The figures of a unit and of those below it as rows, for spreadsheets and machines. Counts only, no name of a person."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from lms.reports.queries import Figures
from lms.reports.queries.gardens import SKILLS
from lms.reports.rules import share

HEAD = {
    "unit": "Đơn vị",
    "households": "Số hộ",
    "strict": "Hộ thành thạo",
    "share": "Tỉ lệ (%)",
    "strict_adult": "Nhờ người lớn",
    "strict_pupil_only": "Chỉ nhờ học sinh",
    "union": "Gộp nhiều người (không tính)",
    "near": "Còn một bước",
}


def rows(named: Sequence[tuple[int, str]], shown: Mapping[int, Figures]) -> list[dict[str, Any]]:
    """One row a unit, in the order given; `named` is (id, what people call it)."""
    return [_row(id, name, shown[id]) for id, name in named]


def as_csv(found: Sequence[Mapping[str, Any]], day: date, skill_names: Mapping[str, str]) -> str:
    """Semicolons and a byte-order mark: what a Vietnamese Excel opens without asking."""
    head = [*HEAD.values(), *(f"Hộ có người thành thạo: {skill_names.get(skill, skill)}" for skill in SKILLS), "Ngày"]
    lines = [head]
    for row in found:
        told = [row[key] for key in HEAD if key != "unit"] + [row["by_skill"][skill] for skill in SKILLS]
        lines.append([row["unit"], *map(_number, told), f"{day:%d/%m/%Y}"])
    return "\ufeff" + "".join(";".join(map(_cell, line)) + "\r\n" for line in lines)


def _row(id: int, name: str, figure: Figures) -> dict[str, Any]:
    tenths = share(figure.strict, figure.households).tenths
    return {
        "id": id,
        "unit": name,
        "households": figure.households,
        "strict": figure.strict,
        "share": tenths / 10 if tenths is not None else None,
        "strict_adult": figure.strict_adult,
        "strict_pupil_only": figure.strict_pupil_only,
        "union": figure.union,
        "near": figure.near,
        "by_skill": dict(figure.by_skill),
        "awards": dict(sorted(figure.awards.items())),
    }


def _number(value: float | None) -> str:
    return "" if value is None else str(value).replace(".", ",")


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (ASVS 1.2.10)."""
    plain = text.replace(";", ",").replace("\n", " ").replace('"', "'")
    return "'" + plain if plain[:1] in ("=", "+", "-", "@", "\t", "\r") else plain
