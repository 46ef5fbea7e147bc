"""Reading simulators: content/practice/<skill>/<slug>.yaml → the spec both reducers read."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lms.library.books import Named, Practice
from lms.library.fields import Fields
from lms.library.practice_values import NAME, Compiler
from lms.library.problems import Findings, Place
from lms.library.yaml_text import Keyed, Many, Node, Text, parse_file

APPS = ("phone", "messages", "call", "browser", "bank", "shop", "portal", "map", "camera", "note")
KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "text": (("text",), ()),
    "heading": (("text",), ()),
    "button": (("label",), ("style",)),
    "row": (("label",), ("text",)),
    "input": (("label",), ("store", "expect", "mode")),
    "money": (("label",), ("store",)),
    "choice": (("label", "options"), ()),
    "checks": (("label", "options"), ()),
    "bubble": (("from", "text"), ("at",)),
    "speech": (("text",), ()),
    "caller": (("name",), ("number",)),
    "picture": (("drawn", "alt"), ()),
    "photos": (("label", "options"), ()),
    "pins": (("label", "options"), ()),
    "qr": (("alt",), ()),
    "product": (("label",), ("text", "drawn")),
    "bar": (("label", "value", "of"), ()),
}
"""Kind → keys it must have, keys it may have, besides id, kind and when."""
OPTION_KEYS = {
    "choice": ("label",),
    "checks": ("label",),
    "photos": ("drawn", "alt"),
    "pins": ("label", "x", "y"),
}
CHOICES = {
    "style": ("main", "second", "danger", "link"),
    "store": ("match_only", "exact"),
    "mode": ("text", "tel", "number"),
    "from": ("them", "me"),
}
DEFAULTS: dict[str, dict[str, Any]] = {
    "button": {"style": "second"},
    "input": {"store": "match_only", "mode": "text", "expect": []},
}
VERBS = ("tap", "choose", "input")
SIGNALS = ("scam", "says_scam", "says_real")
"""Judged at every action, before the screen changes: is this a scam, did the learner call it one, or call it genuine."""


def read_practice(path: Path, findings: Findings) -> Practice | None:
    node = parse_file(path, findings)
    return None if node is None else _Reader(path, findings).read(node)


def digest_of_spec(spec: dict[str, Any]) -> str:
    text = json.dumps(spec, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class _Reader:
    def __init__(self, path: Path, findings: Findings) -> None:
        self.path = path
        self.findings = findings
        self.compiler = Compiler(findings)
        self.lines: dict[str, Place] = {}

    def read(self, node: Node) -> Practice:
        top = Fields(node, self.findings, Place(self.path), "bài luyện")
        spec = self._spec(top)
        lesson = top.mapping("lesson", "lesson")
        course, slug, step = (
            (lesson.text("course"), lesson.text("lesson"), lesson.text("step")) if lesson else ("", "", "")
        )
        if lesson:
            lesson.finish()
            self.lines["lesson"] = lesson.place
        practice = Practice(
            id=spec["id"],
            slug=self.path.stem,
            skill=spec["skill"],
            title=spec["title"],
            minutes=spec["minutes"],
            covers=tuple(spec["covers"]),
            course=course,
            lesson=re.sub(r"^\d+-", "", slug),
            step=step,
            spec=spec,
            digest=digest_of_spec(spec),
            uses=tuple(self.compiler.uses),
            lines=self.lines,
            place=top.place,
        )
        top.finish()
        return practice

    def _spec(self, top: Fields) -> dict[str, Any]:
        return {
            "id": top.identifier("id", r"p\.[a-z0-9.-]+", "p.s3.quet-ma"),
            "version": top.text("version"),
            "title": top.text("title"),
            "minutes": top.number("minutes", 1, 60),
            "skill": top.text("skill"),
            "covers": list(top.texts("covers")),
            "card": self._said(top, "card"),
            "params": list(self._params(top)),
            "variant": [self._use("param", name, top.place_of("variant")) for name in top.texts("variant")],
            "derive": [
                {"name": name, "value": self.compiler.value(node)}
                for name, node in self._named(top, "derive", required=False)
            ],
            "start": self._use("screen", top.text("start"), top.place_of("start")),
            "vars": {name: self.compiler.scalar(node) for name, node in self._named(top, "vars", required=False)},
            "screens": {name: self._screen(name, node) for name, node in self._named(top, "screens")},
            "transitions": [
                self._transition(at, entry) for at, entry in enumerate(top.each("transitions", "chuyển màn"))
            ],
            "mistakes": [self._mistake(entry) for entry in top.each("mistakes", "lỗi")],
            "goal": self._condition(top, "goal"),
            "pass": self._pass(top),
            "signals": self._signals(top),
        }

    def _named(self, top: Fields, key: str, required: bool = True) -> Iterator[tuple[str, Node]]:
        """The entries of a mapping whose keys are names the author gives."""
        node = top.node(key, required=required)
        if isinstance(node, Keyed):
            for name, value in node.entries.items():
                if not re.fullmatch(NAME, name):
                    self.findings.error(node.places[name], f"tên «{name}»: cần chữ thường không dấu, số, gạch dưới")
                self.lines[f"{key} {name}"] = node.places[name]
                yield name, value
        elif node is not None:
            self.findings.error(node.place, f"{key}: cần các dòng «tên: …»")

    def _params(self, top: Fields) -> Iterator[dict[str, Any]]:
        for name, node in self._named(top, "params"):
            entry = Fields(node, self.findings, node.place, f"tham số {name}")
            if entry.has("pick"):
                picked = entry.node("pick")
                values = [self.compiler.scalar(one) for one in picked.items] if isinstance(picked, Many) else []
                if not values or len({str(value) for value in values}) < len(values):
                    self.findings.error(entry.place_of("pick"), "pick: cần danh sách các giá trị khác nhau")
                yield {"name": name, "pick": values or [""]}
            else:
                low, high = self._range(entry)
                step = entry.number("step", 1, 100_000) if entry.has("step") else 1
                times = entry.number("times", 1, 999_999) if entry.has("times") else 1
                yield {"name": name, "int": [low, high], "step": step, "times": times}
            entry.finish()

    def _range(self, entry: Fields) -> tuple[int, int]:
        written = entry.texts("int")
        if len(written) == 2 and all(re.fullmatch(r"[0-9]{1,6}", one) for one in written):
            low, high = int(written[0]), int(written[1])
            if low <= high:
                return low, high
        self.findings.error(entry.place_of("int"), "int: cần hai số, số nhỏ trước, ví dụ [20, 180]")
        return 0, 0

    def _screen(self, name: str, node: Node) -> dict[str, Any]:
        entry = Fields(node, self.findings, node.place, f"màn {name}")
        screen: dict[str, Any] = {"app": entry.choice("app", APPS)}
        for key in ("title", "address", "hint"):
            if entry.has(key):
                screen[key] = self._said(entry, key)
        if entry.flag("end", default=False):
            screen["end"] = True
        screen["items"] = [self._item(row, name) for row in entry.each("items", "mục", required="end" not in screen)]
        entry.finish()
        return screen

    def _item(self, entry: Fields, screen: str) -> dict[str, Any]:
        kind = entry.choice("kind", tuple(KINDS))
        item: dict[str, Any] = {"id": self._name(entry), "kind": kind, **DEFAULTS.get(kind, {})}
        self.lines.setdefault(f"{screen} {item['id']}", entry.place)
        needed, optional = KINDS[kind]
        for key in (*needed, *optional):
            if key in needed or entry.has(key):
                item[key] = self._item_value(entry, key, kind)
        if entry.has("when"):
            item["when"] = self._condition(entry, "when")
        entry.finish()
        return item

    def _item_value(self, entry: Fields, key: str, kind: str) -> Any:
        if key in CHOICES:
            return entry.choice(key, CHOICES[key])
        if key == "options":
            return [self._option(row, OPTION_KEYS[kind]) for row in entry.each("options", "lựa chọn")]
        if key == "expect":
            return [self._use("value", one.removeprefix("$"), entry.place_of(key)) for one in entry.texts(key)]
        if key in ("value", "of"):
            node = entry.node(key)
            return self.compiler.value(node) if node else 0
        return self._said(entry, key)

    def _option(self, entry: Fields, keys: tuple[str, ...]) -> dict[str, Any]:
        option: dict[str, Any] = {"id": self._name(entry)}
        for key in keys:
            option[key] = entry.number(key, 0, 100) if key in ("x", "y") else self._said(entry, key)
        entry.finish()
        return option

    def _transition(self, at: int, entry: Fields) -> dict[str, Any]:
        self.lines[f"transition {at}"] = entry.place
        verbs = [verb for verb in VERBS if entry.has(verb)]
        if len(verbs) != 1:
            self.findings.error(entry.place, f"chuyển màn: cần đúng một trong {', '.join(VERBS)}")
        control = entry.text(verbs[0]) if verbs else ""
        if verbs:
            self._use("control", control, entry.place_of(verbs[0]))
        node = entry.node("set", required=False)
        changes = node.entries if isinstance(node, Keyed) else {}
        for name in changes:
            self._use("var", name, entry.place_of("set"))
        one = {
            "on": verbs[0] if verbs else "tap",
            "id": control,
            "from": [self._use("screen", name, entry.place_of("from")) for name in entry.texts("from", required=False)],
            "when": self._condition(entry, "when") if entry.has("when") else None,
            "set": {name: self.compiler.value(value) for name, value in changes.items()},
            "to": self._use("screen", entry.text("to"), entry.place_of("to")) if entry.has("to") else None,
        }
        entry.finish()
        return one

    def _mistake(self, entry: Fields) -> dict[str, Any]:
        mistake = {
            "id": self._name(entry),
            "severity": entry.choice("severity", ("critical", "minor")),
            "when": self._condition(entry, "when"),
            "explain": self._said(entry, "explain"),
            "then": self._said(entry, "then"),
            "step": entry.text("step", required=False),
        }
        self.lines[f"mistake {mistake['id']}"] = entry.place
        entry.finish()
        return mistake

    def _pass(self, top: Fields) -> dict[str, int]:
        entry = top.mapping("pass", "pass")
        if entry is None:
            return {"critical": 0, "minor_max": 0, "hints": 0, "max_actions": 60}
        limits = {"critical": 9, "minor_max": 20, "hints": 20, "max_actions": 200}
        rule = {key: entry.number(key, 0, high) for key, high in limits.items()}
        entry.finish()
        return rule

    def _signals(self, top: Fields) -> dict[str, Any]:
        entry = top.mapping("signals", "signals", required=False)
        if entry is None:
            return {}
        known = {key: self._condition(entry, key) for key in SIGNALS if entry.has(key)}
        for key in SIGNALS:
            entry.node(key, required=key == "scam")
        entry.finish()
        return known

    def _condition(self, entry: Fields, key: str) -> Any:
        node = entry.node(key)
        return {"any": []} if node is None else self.compiler.condition(node)

    def _said(self, entry: Fields, key: str) -> str:
        text = entry.text(key, limit=1200)
        node = entry.node(key)
        return self.compiler.text(text, node) if isinstance(node, Text) else text

    def _name(self, entry: Fields) -> str:
        name = entry.text("id", limit=40)
        if name and not re.fullmatch(r"[a-z][a-z0-9_-]*", name):
            self.findings.error(entry.place_of("id"), f"id: «{name}», cần chữ thường không dấu, số, gạch dưới")
        return name

    def _use(self, kind: str, name: str, place: Place) -> str:
        self.compiler.uses.append(Named(kind, name, place))
        return name
