"""Chỉ chỗ trên hình, as authors write it."""

from lms.library.fields import Fields
from lms.library.lesson_html import Workshop
from lms.library.types._shared import Asks, read_flag, said


def read(entry: Fields, workshop: Workshop) -> Asks:
    regions: list[Asks] = []
    for row in entry.each("regions", "chỗ trên hình"):
        box = row.texts("box")
        if len(box) != 4 or not all(one.isascii() and one.isdigit() for one in box):
            row.findings.error(row.place_of("box"), "box: cần bốn số [trái, trên, rộng, cao] tính theo phần trăm")
            box = ("0", "0", "1", "1")
        regions.append(
            {
                "id": row.identifier("id"),
                "box": [int(one) for one in box],
                "alt": said(row, "alt", workshop),
                "target": row.flag("target", default=False),
                "feedback": said(row, "feedback", workshop, required=False),
                "text": said(row, "text", workshop, required=False),
            }
        )
        row.finish()
    targets = sum(bool(row["target"]) for row in regions)
    if entry.has("pick") and entry.number("pick", 1, 9) != targets:
        entry.findings.error(entry.place_of("pick"), f"pick phải bằng số chỗ target: true, đang có {targets}")
    return {"regions": regions, **read_flag(entry, "hide_count")}
