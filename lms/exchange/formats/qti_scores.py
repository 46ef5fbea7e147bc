"""What a QTI item says is right: its declarations of responses, and whether its scoring is one the house knows."""

from dataclasses import dataclass, field

from lms.documents.markup import Element
from lms.exchange.formats.entries import as_foreign_number
from lms.exchange.formats.qti_text import among, below, kind_of, told

_KNOWN_TEMPLATES = ("match_correct", "map_response", "match_correct.xml", "map_response.xml")
_KNOWN = frozenset(
    {
        *("response-condition", "response-if", "response-else-if", "response-else", "exit-response"),
        *("match", "equal", "string-match", "variable", "correct", "base-value", "map-response", "is-null", "null"),
        *(
            "not",
            "and",
            "or",
            "sum",
            "product",
            "gt",
            "gte",
            "lt",
            "lte",
            "min",
            "max",
            "multiple",
            "set-outcome-value",
        ),
    }
)
_COMPARISONS = ("match", "equal", "string-match", "member")
_MOST_BRANCHES = 200


@dataclass(frozen=True, slots=True)
class Declared:
    """One response: what is right, what each answer is worth, how far a number may be off."""

    several: bool = False
    base: str = "identifier"
    correct: tuple[str, ...] = ()
    mapped: dict[str, float] = field(default_factory=dict)
    by_map: bool = False
    is_case_sensitive: bool = False
    tolerance: tuple[str, str] = ("exact", "")

    def fraction(self, key: str) -> float:
        """What ticking `key` is worth, of 1 for the whole."""
        if self.by_map and self.mapped:
            best = [worth for worth in self.mapped.values() if worth > 0]
            whole = sum(best) if self.several else max(best, default=0.0)
            whole = 1.0 if abs(whole - 1) < 1e-5 else whole  # thirds, written with seven places
            return round(self.mapped.get(key, 0.0) / whole, 7) if whole else 0.0
        if key not in self.correct:
            return 0.0
        return round(1 / len(self.correct), 7) if self.several else 1.0


def declared_in(item: Element) -> dict[str, Declared]:
    scoring = next(iter(among(item, "response-processing")), None)
    return {told(one, "identifier"): _declared(one, scoring) for one in among(item, "response-declaration")}


def strange_scoring(item: Element) -> str:
    """The name of what nobody here can mark by; empty where the marking is known."""
    for scoring in among(item, "response-processing"):
        template = told(scoring, "template")
        if template and template.rstrip("/").rpartition("/")[2].lower() not in _KNOWN_TEMPLATES:
            return template.rpartition("/")[2][:60]
        strange = next((kind_of(one) for one in _everything(scoring) if kind_of(one) not in _KNOWN), "")
        if strange:
            return strange
        for branch in below(scoring, "response-if", "response-else-if"):
            if _scores(branch) and _compares_with_a_value(branch):
                return "điểm theo từng đáp án viết trong phần chấm"
    return ""


def _declared(one: Element, scoring: Element | None) -> Declared:
    mapping = next(iter(among(one, "mapping")), None)
    mapped, sensitive = {}, False
    for entry in among(mapping, "map-entry"):
        worth = as_foreign_number(told(entry, "mapped-value"))
        mapped[told(entry, "map-key")] = float(worth or 0)
        sensitive = sensitive or told(entry, "case-sensitive", "true") == "true"
    correct = tuple(value.text.strip() for held in among(one, "correct-response") for value in among(held, "value"))
    name = told(one, "identifier")
    return Declared(
        told(one, "cardinality") in ("multiple", "ordered"),
        told(one, "base-type", "identifier"),
        correct,
        mapped,
        bool(mapped) and (not correct or _is_by_map(name, scoring)),
        sensitive and bool(mapped),
        _tolerance(name, scoring),
    )


def _is_by_map(name: str, scoring: Element | None) -> bool:
    if scoring is None:
        return False
    if "map_response" in told(scoring, "template").lower():
        return True
    return any(told(one, "identifier") == name for one in below(scoring, "map-response"))


def _tolerance(name: str, scoring: Element | None) -> tuple[str, str]:
    for equal in below(scoring, "equal") if scoring is not None else ():
        if any(told(one, "identifier") == name for one in below(equal, "variable")):
            return told(equal, "tolerance-mode", "exact"), told(equal, "tolerance")
    return "exact", ""


def _everything(element: Element) -> list[Element]:
    """All elements inside, each once; a scoring longer than any sensible one is cut, and then strange anyway."""
    found: list[Element] = []
    waiting = list(element.children)
    while waiting and len(found) < _MOST_BRANCHES * 10:
        one = waiting.pop()
        found.append(one)
        waiting += one.children
    return found


def _scores(branch: Element) -> bool:
    return any(told(one, "identifier").upper().startswith("SCORE") for one in among(branch, "set-outcome-value"))


def _compares_with_a_value(branch: Element) -> bool:
    """Whether points hang on a value written into the scoring itself instead of the declared key."""
    return any(
        among(one, "base-value") and among(one, "variable")
        for condition in branch.children
        if kind_of(condition) != "set-outcome-value"
        for one in (condition, *below(condition, *_COMPARISONS))
        if kind_of(one) in _COMPARISONS
        if not any(told(kept, "identifier").upper().startswith("SCORE") for kept in among(one, "variable"))
    )
