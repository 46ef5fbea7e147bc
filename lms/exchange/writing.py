"""One door out: questions of the house as a file of another system, with a report of what it cannot carry."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lms.documents.workbooks import MEDIA_TYPE
from lms.exchange.formats import aiken, gift, moodle_write, qti_write, table_write
from lms.exchange.formats.found import Found, Trouble
from lms.exchange.formats.lesser import as_written

_GIFT_CARRIES = frozenset({"explain", "near", "reject", "band", "wrong"})


@dataclass(frozen=True, slots=True)
class Format:
    ending: str
    media_type: str
    write: Callable[[Sequence[Found]], tuple[bytes, list[Trouble]]]


def write_questions(founds: Sequence[Found], kind: str) -> tuple[bytes, list[Trouble]]:
    """The file, and by number of the question what is lost: an `error` keeps a question out, a `note` changes it."""
    content, lost = WRITERS[kind].write(founds)
    return content, sorted(lost, key=lambda one: one.line)


def told_together(lost: Sequence[Trouble]) -> list[tuple[str, str, str]]:
    """(level, sentence, «1–6, 9»): what is said of many questions is said once; what keeps questions out comes first."""
    numbers: dict[tuple[str, str], list[int]] = {}
    for one in sorted(lost, key=lambda one: (one.level != "error", one.line)):
        numbers.setdefault((one.level, one.what), []).append(one.line)
    return [(level, what, _runs(lines)) for (level, what), lines in numbers.items()]


def _runs(numbers: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _gift(founds: Sequence[Found]) -> tuple[bytes, list[Trouble]]:
    written, lost = as_written(founds, "GIFT", gift.WRITES, _GIFT_CARRIES)
    text, more = gift.write([found for _, found in written])
    numbers = [number for number, _ in written]
    return text.encode(), [*lost, *(replace(one, line=numbers[one.line - 1]) for one in more)]


def _as_bytes(
    write: Callable[[Sequence[Found]], tuple[str, list[Trouble]]],
) -> Callable[[Sequence[Found]], tuple[bytes, list[Trouble]]]:
    def written(founds: Sequence[Found]) -> tuple[bytes, list[Trouble]]:
        text, lost = write(founds)
        return text.encode(), lost

    return written


WRITERS: dict[str, Format] = {
    "aiken": Format("txt", "text/plain; charset=utf-8", _as_bytes(aiken.write)),
    "csv": Format("csv", "text/csv; charset=utf-8", table_write.write_csv),
    "gift": Format("gift", "text/plain; charset=utf-8", _gift),
    "moodle-xml": Format("xml", "application/xml", _as_bytes(moodle_write.write)),
    "qti": Format("zip", "application/zip", qti_write.write),
    "xlsx": Format("xlsx", MEDIA_TYPE, table_write.write_xlsx),
}
