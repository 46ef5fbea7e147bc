"""Small lists written as the tests need them."""

from datetime import date
from pathlib import Path

from lms.documents.tables import read_tables
from lms.imports.problems import Context, Known
from lms.imports.sheets import EMPTY, Cell, Sheet
from lms.vietnamese import clean

SAMPLES = Path(__file__).parents[2] / "samples"
TODAY = date(2026, 11, 22)
COMMUNES = (
    Known(1, "Ngọc Lặc", former=("Mỹ Tân", "Thúy Sơn")),
    Known(2, "Thạch Lập", former=("Quang Trung", "Đồng Thịnh")),
    Known(3, "Ngọc Liên", former=("Ngọc Sơn", "Lộc Thịnh", "Cao Thịnh", "Ngọc Trung")),
    Known(4, "Nguyệt Ấn", former=("Vân Am", "Phùng Giáo")),
    Known(5, "Kiên Thọ", former=("Phùng Minh", "Phúc Thịnh")),
    Known(6, "Minh Sơn", former=("Lam Sơn", "Cao Ngọc", "Minh Tiến")),
)
VILLAGES = tuple(Known(30 + n, f"Thôn Mẫu {n}", within=3) for n in (1, 2, 3)) + (Known(61, "Thôn Mẫu 1", within=6),)
CONTEXT = Context(today=TODAY, communes=COMMUNES)


def sample(name):
    return read_tables(name, SAMPLES / name)


def cell(value):
    if value is None or value == "":
        return EMPTY
    if isinstance(value, Cell):
        return value
    if isinstance(value, date):
        return Cell(value.strftime("%d/%m/%Y"), "date", day=value, number=float((value - date(1899, 12, 30)).days))
    if isinstance(value, int):
        return Cell(str(value), "number", number=float(value))
    if value.startswith("="):
        return Cell(kind="text", formula=True)
    return Cell(clean(value), "text")


def sheet(*rows, name="Trang 1", **more):
    return Sheet(name, tuple(tuple(map(cell, row)) for row in rows), **more)


def told(reading, code):
    """The rows a kind of problem was told of."""
    return [problem.row for problem in reading.problems if problem.code == code]


def names(reading):
    return [row.full_name for row in reading.rows]
