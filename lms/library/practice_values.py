"""Values and conditions of a practice: YAML in, the JSON that both reducers read out; what they name is remembered."""

import re
from typing import Any

from lms.library.books import Named
from lms.library.problems import Findings
from lms.library.yaml_text import Keyed, Many, Node, Text

NAME = r"[a-z][a-z0-9_]*"
WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")
IN_TEXT = re.compile(r"\{\{(.*?)\}\}")
IN_BRACES = re.compile(rf" *({NAME})(\|money)? *")
SUMS = {"add": None, "sub": 2, "mul": None, "join": None}
"""Verb → how many parts; None: one or more."""
PAIRS = ("eq", "ne", "lt", "gte", "in")
VERBS = ("all", "any", "not", *PAIRS, "visited", "count", "tapped", "chose", "mistake")


class Compiler:
    """One file: what is wrong goes into the findings, what is referred to into `uses`."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.uses: list[Named] = []

    def text(self, text: str, node: Node) -> str:
        """A text with `{{name}}` in it."""
        for inside in IN_TEXT.findall(text):
            found = IN_BRACES.fullmatch(inside)
            if found:
                self.uses.append(Named("value", found[1], node.place))
            else:
                self.wrong(node, f"«{{{{{inside}}}}}», cần dạng {{{{ten}}}} hoặc {{{{ten|money}}}}")
        if text.count("**") % 2:
            self.wrong(node, "chữ đậm mở bằng ** thì phải đóng bằng **")
        return text

    def scalar(self, node: Node | None) -> int | str:
        """A whole number written plainly is a number (not 007, 1.0 or +5); everything else is a text."""
        if not isinstance(node, Text):
            if node is not None:
                self.wrong(node, "cần một số nguyên hoặc một dòng chữ")
            return ""
        return int(node.value) if WHOLE.fullmatch(node.value) else node.value

    def value(self, node: Node) -> Any:
        if isinstance(node, Text):
            if re.fullmatch(rf"\${NAME}", node.value):
                self.uses.append(Named("value", node.value[1:], node.place))
            elif node.value.startswith("$"):
                self.wrong(node, f"«{node.value}» không phải tên: cần $chữ thường, số, gạch dưới")
            return self.scalar(node)
        if isinstance(node, Many):
            return [self.value(item) for item in node.items]
        if set(node.entries) == {"if", "then", "else"}:
            entries = node.entries
            return {
                "if": self.condition(entries["if"]),
                "then": self.value(entries["then"]),
                "else": self.value(entries["else"]),
            }
        if len(node.entries) == 1:
            [(verb, parts)] = node.entries.items()
            if verb in SUMS:
                return {verb: self._parts(parts, SUMS[verb])}
        self.wrong(node, f"giá trị: cần chữ, số, $tên, {{if, then, else}} hoặc {', '.join(SUMS)}")
        return ""

    def condition(self, node: Node) -> Any:
        if not isinstance(node, Keyed) or len(node.entries) != 1 or next(iter(node.entries)) not in VERBS:
            self.wrong(node, f"điều kiện: cần đúng một trong {', '.join(VERBS)}")
            return {"any": []}
        [(verb, said)] = node.entries.items()
        if verb in ("all", "any"):
            if not isinstance(said, Many) or not said.items:
                self.wrong(said, f"{verb}: cần danh sách điều kiện")
                return {verb: []}
            return {verb: [self.condition(one) for one in said.items]}
        if verb == "not":
            return {verb: self.condition(said)}
        if verb in PAIRS:
            return {verb: self._parts(said, 2)}
        return {verb: self._event(verb, said)}

    def wrong(self, node: Node, text: str) -> None:
        self.findings.error(node.place, text)

    def _event(self, verb: str, said: Node) -> Any:
        if verb in ("visited", "tapped", "mistake"):
            kind = {"visited": "screen", "tapped": "control", "mistake": "mistake"}[verb]
            name = said.value if isinstance(said, Text) else ""
            self.uses.append(Named(kind, name, said.place))
            return name
        pair = said.items if isinstance(said, Many) else ()
        if len(pair) != 2 or not all(isinstance(one, Text) for one in pair):
            self.wrong(said, f"{verb}: cần hai mục, ví dụ {'[pay, 2]' if verb == 'count' else '[cau_hoi, a]'}")
            return ["", 1 if verb == "count" else ""]
        what, how = (one.value for one in pair if isinstance(one, Text))
        self.uses.append(Named("control", what, said.place))
        if verb == "chose":
            self.uses.append(Named("option", f"{what} {how}", said.place))
            return [what, how]
        if not how.isdigit() or not how.isascii():
            self.wrong(said, f"count: «{how}», cần một số")
            return [what, 1]
        return [what, int(how)]

    def _parts(self, node: Node, size: int | None) -> list[Any]:
        items = node.items if isinstance(node, Many) else ()
        if not items or (size is not None and len(items) != size):
            self.wrong(node, f"cần danh sách {size or 'ít nhất một'} giá trị")
            return [0, 0]
        return [self.value(item) for item in items]
