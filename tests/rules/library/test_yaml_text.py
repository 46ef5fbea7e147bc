"""YAML as an author writes it: every scalar stays as typed."""

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lms.library.problems import Findings
from lms.library.yaml_text import MAX_DEPTH, Keyed, Many, Text, parse, plain

PATH = Path("content/x.yaml")


def read(text: str, first_line: int = 1) -> tuple[object, list[str]]:
    findings = Findings()
    node = parse(text, PATH, findings, first_line)
    return None if node is None else plain(node), [str(problem) for problem in findings.in_order()]


@pytest.mark.parametrize(
    "scalar", ["no", "on", "yes", "010", "1.10", "2026-11-22", "null", "~", "0x1F", "1e3", "true", "12:30"]
)
def test_no_scalar_becomes_anything_but_its_text(scalar: str) -> None:
    assert read(f"khoa: {scalar}\nds: [{scalar}]") == ({"khoa": scalar, "ds": (scalar,)}, [])


def test_every_value_knows_its_line() -> None:
    findings = Findings()
    node = parse("a: 1\nb:\n  - c: 2\n  - d\n", PATH, findings, first_line=5)
    assert isinstance(node, Keyed) and node.places["b"].line == 6
    many = node.entries["b"]
    assert isinstance(many, Many) and [item.place.line for item in many.items] == [7, 8]
    assert isinstance(many.items[1], Text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\na: 2", "content/x.yaml:2: lỗi: khoá «a» đã có ở dòng 1, mỗi khoá chỉ ghi một lần"),
        ("a: &x 1\nb: *x", "content/x.yaml:1: lỗi: không dùng neo & và bí danh * của YAML, hãy viết đủ ra"),
        ("a: *x", "content/x.yaml:1: lỗi: không dùng neo & và bí danh * của YAML, hãy viết đủ ra"),
        ("a: 1\nb: !!int 2", "content/x.yaml:2: lỗi: không dùng nhãn kiểu ! của YAML, mọi giá trị là chữ"),
        ("a: !!python/name:x [ls]", "content/x.yaml:1: lỗi: không dùng nhãn kiểu ! của YAML, mọi giá trị là chữ"),
        ("a: 1\n---\nb: 2", "content/x.yaml:2: lỗi: mỗi tệp chỉ có một tài liệu YAML"),
        ("{[a]: b}", "content/x.yaml:1: lỗi: khoá phải là một dòng chữ, không phải danh sách"),
        ("", "content/x.yaml:1: lỗi: tệp trống, cần nội dung YAML"),
    ],
)  # fmt: skip
def test_what_is_refused(text: str, told: str) -> None:
    assert told in read(text)[1]


def test_hostile_files_are_refused_at_once() -> None:
    started = time.monotonic()
    deep = "[" * 100_000
    assert f"lồng quá {MAX_DEPTH} tầng" in read("a: " + deep)[1][0]
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50))
    assert "không dùng neo" in read(bomb)[1][0]
    assert time.monotonic() - started < 2


tree = st.recursive(
    st.text(st.characters(whitelist_categories=("Ll", "Lu", "Nd", "Po", "Zs"), max_codepoint=0x1EF9), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcđ", min_size=1, max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), tree, min_size=1, max_size=4))
def test_what_a_dumper_writes_is_read_back_as_text(values: dict[str, object]) -> None:
    text = yaml.safe_dump(values, allow_unicode=True, default_style='"')
    text = text.replace('!!str "', '"')
    assert read(text) == (as_tuples(values), [])


@given(st.text(max_size=200))
def test_any_text_gives_an_answer_or_a_problem(text: str) -> None:
    value, problems = read(text)
    assert value is not None or problems


def as_tuples(value: object) -> object:
    if isinstance(value, dict):
        return {key: as_tuples(inner) for key, inner in value.items()}
    return tuple(as_tuples(inner) for inner in value) if isinstance(value, list) else value
