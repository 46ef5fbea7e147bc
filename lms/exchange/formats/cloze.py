"""Moodle's gaps inside a text, `{1:SHORTANSWER:=tên#Đúng~%50%họ}`, and their places as [[g1]]."""

import re

from lms.exchange.formats.found import Given

_GAP = re.compile(r"\{(\d{0,3}):([A-Z_]{1,30}):((?:\\.|[^\\}])*)\}")
_ANSWER = re.compile(r"(?:%(-?\d{1,3}(?:\.\d{1,9})?)%|(=))?((?:\\.|[^\\#])*)(?:#(.*))?", re.DOTALL)
_KINDS = {
    **dict.fromkeys(("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"), "short"),
    **dict.fromkeys(("NUMERICAL", "NM"), "numeric"),
    **dict.fromkeys(("MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH"), "single"),
    **dict.fromkeys(("MULTICHOICE_S", "MCS", "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS"), "single"),
}


def read_gaps(text: str) -> tuple[str, list[Given], list[str]]:
    """The text with its gaps named, the answers of all gaps, and the kinds of gap nobody here knows."""
    answers: list[Given] = []
    unknown: list[str] = []

    def place(gap: re.Match[str]) -> str:
        kind = _KINDS.get(gap[2])
        if kind is None:
            unknown.append(gap[2])
            return gap[0]
        place.count += 1  # type: ignore[attr-defined]
        name = f"g{place.count}"  # type: ignore[attr-defined]
        parts = re.split(r"(?<!\\)~", gap[3])
        counts = int(gap[1] or 1) or 1
        answers.extend(_given(part, f"{name}:{kind}", counts) for part in parts if part)
        return f"[[{name}]]"

    place.count = 0  # type: ignore[attr-defined]
    return _GAP.sub(place, text), answers, unknown


def _given(part: str, gap: str, counts: int) -> Given:
    read = _ANSWER.fullmatch(part)
    weight, sign, said, feedback = read.groups() if read else (None, None, part, None)
    fraction = float(weight) / 100 if weight else float(sign == "=")
    value, tolerance = said, 0.0
    if gap.endswith("numeric") and ":" in said:
        value, _, after = said.partition(":")
        tolerance = abs(float(after)) if re.fullmatch(r"\d{1,20}(\.\d{1,20})?", after) else 0.0
    return Given(_plain(value), round(fraction, 7), _plain(feedback or ""), tolerance=tolerance, gap=gap, weight=counts)


def _plain(text: str) -> str:
    return re.sub(r"\\([}#~/\"\\])", r"\1", text).strip()
