"""Tình huống: a shared beginning and its parts. At each part one decides; the decisions lead to an ending.

All parts stand on one page, so that it works on paper and without a script; only the parts on the way taken count.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from functools import cache

from lms.quizzes.rules import filling
from lms.quizzes.rules.choosing import as_read
from lms.quizzes.rules.dice import Dice
from lms.quizzes.rules.fields import ID, NAME, Field
from lms.quizzes.rules.filling import GLUE, from_json, to_json
from lms.quizzes.rules.shapes import Answer, Form, Item, Mark, Node, Part, Problem, Raw, Reply, Scenario, Turn

__all__ = [
    "FORM", "HINT", "RANK", "WORD",
    "asks_for", "from_json", "grade", "key", "p_guess", "parts", "problems",
    "read", "read_answer", "replies", "shuffled", "to_json", "words",
]  # fmt: skip

RANK = 10
WORD = "Tình huống"
HINT = "Một chuyện đi tới tuỳ theo việc người học chọn."
FORM = (
        Field("start", "Bắt đầu ở phần", hint="Tên một phần dưới đây, ví dụ n1."),
        Field(
            "nodes", "Các phần của chuyện", "named", spare=3, row="Phần", stem="n",
            inside=(
                Field(NAME, "Tên phần", hint="Chữ không dấu, ví dụ n1, xong, mat-tien."),
                Field("say", "Chuyện gì xảy ra", "area"),
                Field("end", "Đây là kết thúc", "choice",
                      choices=(("", "Không, chuyện còn đi tiếp"), ("safe", "Kết thúc an toàn"),
                               ("unsafe", "Kết thúc không an toàn"))),
                Field("choices", "Việc để chọn", "rows", spare=2, row="Việc",
                      inside=(
                          ID,
                          Field("text", "Lời"),
                          Field("to", "Dẫn tới phần"),
                          Field("critical", "Sai lầm nguy hiểm", "flag"),
                          Field("points", "Điểm khi luyện"),
                          Field("feedback", "Lời nhắn"),
                      )),
            ),
        ),
    )  # fmt: skip
ASKS_BY_ITSELF = True
"""Its reader supplies a plain stem where the author wrote none (`library/types`)."""

SAFE, UNSAFE = "safe", "unsafe"
MOST_NODES = 20


def read(raw: Raw) -> Scenario:
    return Scenario(raw["start"], tuple(_node(name, row) for name, row in raw["nodes"].items()))


def grade(body: Scenario, answer: Answer) -> Mark:
    """Right where the ending is safe and nothing critical was done on the way; else points / the best way's points."""
    taken = way(body, answer)
    if _is_right(body, taken):
        return Mark(Fraction(1))
    best = best_points(body)
    reached = max(0, sum(turn.points for _node, turn in taken))
    return Mark(Fraction(reached, best) if 0 < reached < best else Fraction(0))


def way(body: Scenario, answer: Answer) -> list[tuple[Node, Turn]]:
    """What was decided from the start on, up to an ending or the first part left open."""
    said, nodes = answer.by_part, {node.id: node for node in body.nodes}
    taken: list[tuple[Node, Turn]] = []
    here = nodes.get(body.start)
    while here is not None and not here.end and len(taken) < len(nodes):
        turn = next((one for one in here.turns if one.id == said.get(here.id)), None)
        if turn is None:
            break
        taken.append((here, turn))
        here = nodes.get(turn.to)
    return taken


def key(body: Scenario) -> Answer:
    """One right way, the parts off it left open."""
    nodes = {node.id: node for node in body.nodes}

    def onward(name: str, met: tuple[str, ...]) -> dict[str, str] | None:
        if nodes[name].end:
            return {} if nodes[name].end == SAFE else None
        for turn in nodes[name].turns:
            rest = None if turn.critical or turn.to in met else onward(turn.to, (*met, turn.to))
            if rest is not None:
                return {name: turn.id, **rest}
        return None

    return filling.filled_in(onward(body.start, (body.start,)) or {})


def p_guess(body: Scenario) -> Fraction:
    """Each turn of a part as likely as any other; a story never comes back to where it was (`problems`)."""
    nodes = {node.id: node for node in body.nodes}

    @cache
    def chance(name: str) -> Fraction:
        node = nodes[name]
        if node.end:
            return Fraction(int(node.end == SAFE))
        good = sum((chance(turn.to) for turn in node.turns if not turn.critical), Fraction(0))
        return good / len(node.turns)

    return chance(body.start)


def best_points(body: Scenario) -> int:
    """The most points of any right way."""
    nodes = {node.id: node for node in body.nodes}

    @cache
    def best(name: str) -> int | None:
        node = nodes[name]
        if node.end:
            return 0 if node.end == SAFE else None
        onward = [(turn.points, best(turn.to)) for turn in node.turns if not turn.critical]
        return max((points + rest for points, rest in onward if rest is not None), default=None)

    return best(body.start) or 0


def asks_for(body: Scenario) -> int | None:
    return None


def shuffled(body: Scenario, dice: Dice) -> tuple[str, ...]:
    return tuple(
        f"{node.id}{GLUE}{one}" for node in body.parts for one in dice.shuffled(turn.id for turn in node.turns)
    )


def parts(item_id: str, body: Scenario, order: Sequence[str]) -> tuple[Part, ...]:
    found = []
    for n, node in enumerate(body.parts, 1):
        said = {turn.id: turn.text for turn in node.turns}
        offered = tuple((one, said[one]) for one in filling.mixed(order, node.id))
        found.append(Part(node.id, filling.part_field(item_id, n), "radio", node.say, offered))
    return tuple(found)


def read_answer(item_id: str, body: Scenario, form: Form, order: Sequence[str] | None) -> Answer | Problem:
    return filling.read_parts(item_id, parts(item_id, body, order or ()), form)


def replies(body: Scenario, answer: Answer) -> tuple[Reply, ...]:
    """To what was decided on the way taken; a turn is good where a right way still leads on from it."""
    nodes = {node.id: node for node in body.nodes}
    return tuple(
        Reply(f"{node.id}{GLUE}{turn.id}", turn.text, turn.feedback, _leads_well(nodes, turn, len(nodes)))
        for node, turn in way(body, answer)
    )


def words(body: Scenario, answer: Answer) -> str:
    said = answer.by_part
    return "; ".join(turn.text for node in body.parts for turn in node.turns if said.get(node.id) == turn.id)


def problems(item: Item) -> list[Problem]:
    body: Scenario = item.body
    names = {node.id for node in body.nodes}
    found = []
    if body.start not in names or len(body.nodes) > MOST_NODES:
        sentence = f"Câu {item.id}: start phải là một phần có thật, nhiều nhất {MOST_NODES} phần."
        return [Problem("start", sentence, item.id)]
    for node in body.nodes:
        found += _node_faults(item.id, node, names)
    if not found and _turns_in_a_ring(body):
        found.append(Problem("ring", f"Câu {item.id}: tình huống đi vòng tròn, không bao giờ kết thúc.", item.id))
    if not found and not key(body).filled:
        found.append(Problem("no-safe-way", f"Câu {item.id}: không có đường nào tới kết thúc an toàn.", item.id))
    if not found:
        found += [
            Problem("unreached", f"Câu {item.id}: không đường nào tới phần «{name}».", item.id)
            for name in sorted(names - _reached(body))
        ]
    return found


def _node(name: str, row: Raw) -> Node:
    turns = (
        Turn(
            one["id"], one["text"], one["to"], bool(one.get("critical", False)), int(one.get("points") or 0),
            one.get("feedback") or "",
        )
        for one in row.get("choices") or ()
    )  # fmt: skip
    return Node(name, row.get("say") or "", tuple(turns), row.get("end") or "")


def _is_right(body: Scenario, taken: list[tuple[Node, Turn]]) -> bool:
    ends = {node.id: node.end for node in body.nodes}
    last = taken[-1][1].to if taken else body.start
    return ends.get(last) == SAFE and not any(turn.critical for _node, turn in taken)


def _leads_well(nodes: dict[str, Node], turn: Turn, left: int) -> bool:
    there = nodes.get(turn.to)
    if turn.critical or there is None or left < 0:
        return False
    return there.end == SAFE or any(_leads_well(nodes, one, left - 1) for one in there.turns)


def _node_faults(item_id: str, node: Node, names: set[str]) -> list[Problem]:
    found = []
    if node.end not in ("", SAFE, UNSAFE):
        found.append(Problem("end", f"Câu {item_id}: end của «{node.id}» là safe hoặc unsafe.", item_id))
    if node.end and node.turns:
        found.append(Problem("end-goes-on", f"Câu {item_id}: phần «{node.id}» đã kết thúc mà còn lựa chọn.", item_id))
    if not node.end and (len(node.turns) < 2 or not node.say.strip()):
        found.append(
            Problem("few-turns", f"Câu {item_id}: phần «{node.id}» cần lời kể và ít nhất hai việc để chọn.", item_id)
        )
    for what, texts in (("id", [one.id for one in node.turns]), ("text", [as_read(one.text) for one in node.turns])):
        for text, count in Counter(texts).items():
            if count > 1:
                found.append(Problem(f"same-{what}", f"Câu {item_id}: phần «{node.id}» có «{text}» hai lần.", item_id))
    for turn in node.turns:
        if turn.to not in names:
            found.append(Problem("to", f"Câu {item_id}: «{turn.id}» dẫn tới «{turn.to}» không có.", item_id))
    return found


def _turns_in_a_ring(body: Scenario) -> bool:
    """Take away, again and again, what leads on to nothing but what is already away; a ring stays."""
    left = {node.id: {turn.to for turn in node.turns} for node in body.nodes}
    while ready := [name for name, onward in left.items() if not onward & set(left)]:
        for name in ready:
            del left[name]
    return bool(left)


def _reached(body: Scenario) -> set[str]:
    nodes = {node.id: node for node in body.nodes}
    reached, todo = {body.start}, [body.start]
    while todo:
        for turn in nodes[todo.pop()].turns:
            if turn.to not in reached:
                reached.add(turn.to)
                todo.append(turn.to)
    return reached
