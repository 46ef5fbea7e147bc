"""Moodle's markers on a picture («ddmarker») as places to point out: where one marker serves for every place of the picture."""

from lms.documents.markup import Element
from lms.exchange.formats.entries import as_foreign_number
from lms.exchange.formats.found import Given, Trouble

SEVERAL_MARKERS = "Mỗi chỗ trên hình có nhãn riêng: ở đây chưa có loại câu gắn nhiều nhãn lên hình."


def places(question: Element, size: tuple[int, int], where: str) -> tuple[tuple[Given, ...], list[Trouble]]:
    """The rectangles in which the marker is right, in percent of the picture, and what keeps them from being read."""
    words = {one.said("no"): one.said("text") for one in question.all("drag")}
    drops = list(question.all("drop"))
    used = {one.said("choice") for one in drops}
    if len(used) != 1 or not used <= words.keys():
        return (), [Trouble(question.line, SEVERAL_MARKERS, "error", where)]
    if not all(size):
        return (), [
            Trouble(question.line, "Ảnh nền của câu chưa nhập được nên không biết các chỗ ở đâu.", "error", where)
        ]
    given, troubles = [], []
    for number, drop in enumerate(drops, 1):
        box = _box(drop.said("shape"), drop.said("coords"), size)
        if box is None:
            what = f"Chỗ số {number} không phải hình chữ nhật hoặc hình tròn nằm trong ảnh."
            troubles.append(Trouble(drop.line, what, "error", where))
        else:
            label = words[drop.said("choice")]
            given.append(Given(f"{label} {number}" if len(drops) > 1 else label, 1 / len(drops), box=box))
    return tuple(given), troubles


def _box(shape: str, coords: str, size: tuple[int, int]) -> tuple[float, ...] | None:
    """«left,top;width,height» of a rectangle, «x,y;radius» of a circle, which becomes the square around it."""
    found = [as_foreign_number(one) for one in coords.replace(";", ",").split(",")][:5]
    said = [float(one) for one in found if one is not None]
    if shape == "circle" and len(said) == 3:
        x, y, r = said
        said = [x - r, y - r, 2 * r, 2 * r]
    elif shape != "rectangle" or len(said) != 4:
        return None
    across, down = size
    left, top, width, height = (
        said[0] / across * 100,
        said[1] / down * 100,
        said[2] / across * 100,
        said[3] / down * 100,
    )
    is_inside = left < 100 and top < 100 and left + width > 0 and top + height > 0 and width > 0 and height > 0
    return (max(left, 0.0), max(top, 0.0), min(width, 100.0), min(height, 100.0)) if is_inside else None
