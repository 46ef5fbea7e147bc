"""Players of the simulators: what a person does who knows the matter, and players who do one thing always."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lms.library.practices import read_practice
from lms.library.problems import Findings
from lms.practice.rules.judging import Verdict, judged
from lms.practice.rules.params import completed, drawn, variants
from lms.practice.rules.reducer import CHOSEN, TAPPED, beginning, offered_items, step
from lms.practice.rules.traces import kept_action
from tests import shipped

CONTENT = Path(__file__).parents[2] / "content" / "practice"
SHIPPED = {one.id: one.spec for one in shipped.books().practices}
Values = dict[str, Any]
Action = list[Any]
Player = Callable[[Values, dict[str, Any]], Action]
"""What to do, from the drawn values and the state."""
REAL_MESSAGES = ("co-giao", "truong-thon", "con-gai", "so-du", "buu-ta", "tram-y-te")
NO_RUSH = ("buu-kien",)


def spec_of(name: str) -> dict[str, Any]:
    findings = Findings()
    practice = read_practice(CONTENT / f"{name}.yaml", findings)
    assert practice and not findings.in_order()
    return practice.spec


def each_variant(spec: dict[str, Any]) -> Iterator[Values]:
    """Every variant, with the first of what makes no variant."""
    first = {param["name"]: param["pick"][0] for param in spec["params"]}
    for picked in variants(spec):
        yield completed(spec, {**first, **picked})


def play(
    spec: dict[str, Any], values: Values, player: Player, detour: tuple[Action, ...] = ()
) -> tuple[dict[str, Any], Verdict]:
    """To the end; `detour` is walked once, as soon as its first step is offered and all of it can be walked."""
    state = beginning(spec)
    while not state["done"] and state["n"] < spec["pass"]["max_actions"]:
        walked = walk(spec, values, state, detour) if detour else None
        if walked and set(walked["mistakes"]) - set(state["mistakes"]):
            state, detour = walked, ()
            continue
        after = step(spec, values, state, player(values, state))
        assert "invalid" not in after, (after, state["screen"], player(values, state))
        state = after
    return state, judged(spec, values, state)


def walk(
    spec: dict[str, Any], values: Values, state: dict[str, Any], actions: tuple[Action, ...]
) -> dict[str, Any] | None:
    for action in actions:
        state = step(spec, values, state, action)
        if "invalid" in state:
            return None
    return state


def offered(spec: dict[str, Any], values: Values, state: dict[str, Any]) -> list[Action]:
    """Everything a finger can do here."""
    actions: list[Action] = [["back"]] if state["back"] else []
    for item in offered_items(spec, values, state):
        if item["kind"] in TAPPED:
            actions.append(["tap", item["id"]])
        elif item["kind"] in CHOSEN:
            actions += [["choose", item["id"], option["id"]] for option in item["options"]]
        elif item["kind"] == "input":
            actions += [["input", item["id"], str(values[name])] for name in item["expect"]]
            actions.append(["input", item["id"], "không nhớ"])
        elif item["kind"] == "money":
            actions += [["input", item["id"], values.get("amount", 7000)], ["input", item["id"], 5000]]
    return actions


def inbox(values: Values, state: dict[str, Any]) -> Action:
    cur = state["vars"]["cur"]
    match state["screen"]:
        case "home":
            return ["tap", "messages"]
        case "inbox":
            return ["tap", "r_" + {"tram-y-te": "tram"}.get(cur, cur).replace("-", "_")]
        case "msg":
            return ["tap", "genuine" if cur in REAL_MESSAGES else "scam"]
        case "signs":
            return ["tap", "s_secret" if cur in NO_RUSH else "s_rush"]
        case "handled":
            return ["tap", "finish" if state["vars"]["stage"] == 6 else "next"]
    return [
        "tap",
        {"web": "close_page", "install": "cancel_install", "transfer": "cancel_pay", "reply": "leave_reply"}[
            state["screen"]
        ],
    ]


def inbox_all_scam(values: Values, state: dict[str, Any]) -> Action:
    return ["tap", "scam"] if state["screen"] == "msg" else inbox(values, state)


def inbox_none_scam(values: Values, state: dict[str, Any]) -> Action:
    return ["tap", "genuine"] if state["screen"] == "msg" else inbox(values, state)


KNOWN_NUMBER = {
    "cong-an": "k_police",
    "ngan-hang": "k_bank",
    "nha-mang": "k_sim",
    "can-bo": "k_office",
    "cap-cuu": "k_teacher",
    "hinh-gia": "k_thiep",
}
OBEY = {"ngan-hang": "o_code", "nha-mang": "o_code", "can-bo": "o_install"}


def calls(values: Values, state: dict[str, Any]) -> Action:
    cur, is_real = state["vars"]["cur"], state["vars"]["cur"] == values["real"]
    taps = {
        "home": "look",
        "ring": "answer",
        "talk": "listen",
        "demand": "agree" if is_real else "hang2",
        "contacts": KNOWN_NUMBER.get(cur, "k_recent"),
        "unsure": "u_back",
        "verify": "follow" if is_real else "block",
        "tell": "tell_home",
        "handled": "evening" if state["vars"]["stage"] == 3 else "next",
        "story": "f_stop",
        "lock": "l_other",
        "bank": "b_next",
        "report": "p_police",
    }
    return ["tap", taps[state["screen"]]]


def calls_all_scam(values: Values, state: dict[str, Any]) -> Action:
    taps = {"talk": "hang", "contacts": "block_now"}
    return ["tap", taps[state["screen"]]] if state["screen"] in taps else calls(values, state)


def calls_none_scam(values: Values, state: dict[str, Any]) -> Action:
    if state["screen"] == "demand" and state["vars"]["cur"] != values["real"]:
        return ["tap", OBEY.get(state["vars"]["cur"], "o_money")]
    return calls(values, state)


ASKED_FOR = {"nham-nguoi": "q_trace", "tien-la": "q_report", "mat-the": "q_card"}
CHORE = {"mat-may": "c_sim", "mat-the": "c_card", "tru-la": "c_police", "bi-lua": "c_police"}


def transfer(values: Values, state: dict[str, Any]) -> Action:
    if state["screen"] == "form":
        wanted = {"to_bank": "lang-thu", "account_no": "=account", "sum": values["amount"], "reason": "ro"}
        typed = {**wanted, "account_no": values["account"]}
        for field, kept in wanted.items():
            if state["fields"].get(field) != kept:
                return ["input" if field in ("account_no", "sum") else "choose", field, typed[field]]
    taps = {
        "bank_home": "evening" if state["vars"]["paid"] else "send",
        "form": "go_on",
        "confirm": "pay",
        "sent": "keep",
        "news": "a_bank",
        "locked": "lk_next",
        "number": "m_app" if values["trouble"] == "mat-the" else "m_card",
        "talk": ASKED_FOR.get(values["trouble"], "q_account"),
        "proof": "p_receipt",
        "chores": CHORE.get(values["trouble"], "c_wait"),
        "later_call": "l_hang",
        "later_message": "f_delete",
    }
    return ["tap", taps[state["screen"]]]


def report(values: Values, state: dict[str, Any]) -> Action:
    own = {"den": "_den", "rac": "_rac"}.get(values["thing"], "")
    fields = {
        "far": (f"photo_far{own}", "wide"),
        "near": (f"photo_near{own}", "close"),
        "place": ("pin", values["thing"]),
    }
    fields["words"] = ("text_of", "clear")
    if state["screen"] in fields:
        field, wanted = fields[state["screen"]]
        if state["fields"].get(field) != wanted:
            return ["choose", field, wanted]
    if state["screen"] == "track" and state["fields"].get("my_code") != "=code":
        return ["input", "my_code", values["code"]]
    is_danger = values["urgent"] == "co" and not state["vars"]["safe"]
    taps = {
        "scene": values["right_call"] if is_danger else "start_report",
        "store": "app_real",
        "fake": "fk_leave",
        "kind": f"kd_{values['thing']}",
        "far": "use_far",
        "near": "use_near",
        "place": "use_pin",
        "words": "use_words",
        "review": "submit",
        "sent_page": "wait",
        "track": "find",
        "reply": "rate" if values["answer"] == "xong" or state["vars"]["wrote"] else "add_words",
    }
    return ["tap", taps[state["screen"]]]


def booking(values: Values, state: dict[str, Any]) -> Action:
    wanted = {
        "day": (("on_day", values["right_day"]), ("at_time", values["right_time"])),
        "person": (("who_for", "patient"),),
    }
    for field, option in wanted.get(state["screen"], ()):
        if state["fields"].get(field) != option:
            return ["choose", field, option]
    if state["screen"] == "review":
        if state["vars"]["dept"] != values["right_dept"]:
            return ["tap", "fix_dept"]
        if (state["fields"]["on_day"], state["fields"]["at_time"]) != (values["right_day"], values["right_time"]):
            return ["tap", "fix_day"]
        if state["fields"]["who_for"] != "patient":
            return ["tap", "fix_person"]
    taps = {
        "where": "w_real",
        "advert": "ad_back",
        "fake": "fk_leave",
        "dept": f"d_{values['right_dept']}",
        "day": "day_on",
        "person": "person_on",
        "review": "book",
        "booked_page": "later",
        "news": "call_115" if values["event"] == "nguy" else "open_mine",
        "station": "st_back",
        "mine": "m_own",
        "theirs": "th_back",
        "own": {"doi": "move", "huy": "cancel"}.get(values["event"], "keep"),
        "move_page": "mv_next",
        "cancel_page": "cn_yes",
        "pack": "pk_right",
    }
    if state["screen"] in ("mine", "own") and values["event"] == "nguy":
        return ["back"]
    return ["tap", taps[state["screen"]]]


INTENDED: dict[str, Player] = {
    "s3/chuyen-nham-khoa-the": transfer,
    "s4/hop-thu-lua-dao": inbox,
    "s4/cuoc-goi-gia-danh": calls,
    "s5/phan-anh-hien-truong": report,
    "s5/dat-lich-kham": booking,
}


def longest_run(spec: dict[str, Any], seed: str) -> list[list[Any]]:
    """A trace that goes about and never ends, as long as the practice lets it or sixty actions."""
    dice, values, state = random.Random(seed), drawn(spec, seed), beginning(spec)
    taken: list[list[Any]] = []
    for _press in range(2000):
        action = dice.choice([*offered(spec, values, state), ["back"], ["hint"]])
        after = step(spec, values, state, action)
        if "invalid" in after or after["done"]:
            continue
        state = after
        taken.append([len(taken) + 1, len(taken) * 900, *kept_action(action, after)])
        if len(taken) == min(60, spec["pass"]["max_actions"]):
            break
    return taken
