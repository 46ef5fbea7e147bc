"""How much of a list is read: enough for the largest commune, too little to stall a small server."""

from lms.refusals import Refusal

MAX_BYTES = 10 * 1024 * 1024
MAX_INFLATED = 100 * 1024 * 1024  # all parts of a workbook together
MAX_PARTS = 500  # a workbook of 50 pages has about 70
MAX_ROWS = 20_000
TITLE_ROWS = 100  # room for titles, headers and signatures around 20,000 people
MAX_COLUMNS = 200
MAX_SHEETS = 50
MAX_CELLS = 400_000
MAX_SEEN = 800_000  # cells with the empty ones, merely coloured: on a page of 20,000 rows that is 40 columns
MAX_TEXT = 10_000_000  # letters in all cells together: one long text may be pointed to by many cells
MAX_ELEMENTS = 1_500_000  # two or three to a filled cell, and the rows


def too_many_rows(row: int) -> Refusal:
    where = f"{row:,}".replace(",", ".")
    return Refusal(
        f"Bảng dài quá 20.000 dòng (còn chữ ở dòng {where}). Hãy xoá các ô lạc ở cuối bảng hoặc chia danh sách.",
        "table-too-long",
    )


def too_many_columns() -> Refusal:
    return Refusal("Bảng rộng quá 200 cột. Hãy xoá các ô lạc bên phải bảng rồi lưu lại.", "table-too-wide")


def too_much_text() -> Refusal:
    return Refusal(
        "Bảng có quá nhiều ô hoặc quá nhiều chữ. Hãy chia danh sách thành nhiều tệp nhỏ hơn.", "table-too-big"
    )
