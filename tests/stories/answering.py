"""Answering any of the ten types by the keyboard alone: the page is walked by Tab, each field is filled by what its label says."""

from typing import Any

from lms.quizzes.rules.items import Item, parts, practice_order, shown_again, whole_answer
from lms.quizzes.rules.shapes import Hotspot

FOCUSED = """() => {
  const one = document.activeElement;
  const label = one.labels && one.labels[0] ? one.labels[0].innerText : one.getAttribute("aria-label") || "";
  const group = one.closest("fieldset fieldset legend, fieldset.scenario-part");
  return {
    is_submit: one.matches("[data-answer], button[name=den][value=sau], section form button:not([type=button])"),
    kind: one.tagName == "SELECT" ? "select" : one.type || "",
    name: one.name || "",
    label: label.replace(/\\s+/g, " ").trim(),
    group: group ? group.querySelector("legend").innerText.replace(/\\s+/g, " ").trim() : "",
    options: one.options ? [...one.options].map(option => option.text) : [],
    checked: !!one.checked,
    outlined: getComputedStyle(one).outlineStyle != "none" ||
      (one.closest("label") && getComputedStyle(one.closest("label")).outlineStyle != "none"),
  };
}"""


def by_keyboard(page: Any, item: Item) -> None:
    """From where the focus stands to the button that saves, filling every field of this question on the way; then press it."""
    wanted = right_words(item)
    seen = []
    for _press in range(150):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        if here["is_submit"] and seen:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
        if here["name"].startswith(f"tra-loi.{item.id}"):
            assert here["outlined"], f"{item.type}: focus is seen"
            seen.append(here["name"])
            _fill(page, here, wanted)
    raise AssertionError(f"{page.url}: Tab never reaches the button")


def by_hand(page: Any, item: Item, rightly: bool = True) -> None:
    """Fill in the question shown, touching its labels and fields; wrongly means nothing of it is right, but all is filled."""
    wanted = right_words(item)
    if not parts(item, practice_order(item)):
        labels = {words_of(label): label for label in page.locator("fieldset label.choice").all()}
        right = [label for words, label in labels.items() if any(words.endswith(one) for one in wanted)]
        assert len(right) == len(wanted), f"{item.id}: {list(labels)}"
        for label in right if rightly else [one for one in labels.values() if one not in right][: len(right)]:
            label.click()
        return
    done = set()
    for field in page.locator("fieldset [name^='tra-loi.']").all():
        field.focus()
        here = page.evaluate(FOCUSED)
        if here["name"] not in done:
            done.add(here["name"])
            _put(page, field, here, wanted, rightly)


def words_of(label: Any) -> str:
    return " ".join(label.inner_text().split())


def _put(page: Any, field: Any, here: dict[str, Any], wanted: dict[str, str], rightly: bool) -> None:
    told = here["group"] if here["kind"] == "radio" else here["label"]
    right = next((words for part, words in wanted.items() if part in told), None)
    if here["kind"] == "select":
        field.select_option(label=right if rightly else next(one for one in here["options"][1:] if one != right))
    elif here["kind"] == "radio":
        choices = page.locator("label.choice", has=page.locator(f'[name="{here["name"]}"]')).all()
        if right or not rightly:
            next(one for one in choices if (words_of(one) == right) == rightly).click()
    elif rightly:
        field.fill(right)
    else:  # lines in the order turned round, or what no question asks for
        lines = page.locator("[data-order] > li").count()
        field.fill(str(lines + 1 - int(right)) if lines else "98765")


def right_words(item: Item) -> dict[str, str]:
    """Label of a field → what a right answer puts there: the words of an option, or what is typed. Ticks stand under their own words."""
    order, answer = practice_order(item), whole_answer(item)
    fields = parts(item, order)
    if not fields:
        texts = {option.id: option.text for option in item.options}
        if isinstance(item.body, Hotspot):
            texts = {region.id: region.alt for region in item.body.regions}
        return {texts[one]: "on" for one in answer.chosen}
    again = shown_again(item, answer, order)
    return {
        part.label: part.options[int(again[part.field]) - 1][1] if part.options else again[part.field]
        for part in fields
        if part.field in again
    }


def _fill(page: Any, here: dict[str, Any], wanted: dict[str, str]) -> None:
    if here["kind"] == "checkbox":
        if any(here["label"].endswith(words) for words in wanted):
            page.keyboard.press("Space")
    elif here["kind"] == "radio":
        words = next((words for part, words in wanted.items() if part and here["group"].endswith(part)), None)
        if words or not here["group"]:  # a part which the right way never comes to is left alone
            _choose(page, words, wanted)
    elif here["kind"] == "select":
        text = next(words for part, words in wanted.items() if here["label"].startswith(part))
        for _down in range(here["options"].index(text)):
            page.keyboard.press("ArrowDown")
    else:
        text = next(words for part, words in wanted.items() if here["label"].startswith(part))
        page.keyboard.type(text)


def _choose(page: Any, words: str | None, wanted: dict[str, str]) -> None:
    """Radio buttons are walked by the arrows, each step choosing the next."""
    for _step in range(8):
        here = page.evaluate(FOCUSED)
        if here["label"].endswith(words) if words else any(here["label"].endswith(one) for one in wanted):
            if not here["checked"]:
                page.keyboard.press("Space")
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{page.url}: no such choice: {words or wanted}")
