"""Templates: found under their room's name, safe under a strict policy, and every word in the language book."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.templates import Template, templates

ROOT = Path(__file__).parents[2]
TEMPLATES = templates(ROOT)

MAY_BE_UNESCAPED: dict[str, str] = {
    "lms/quizzes/templates/quizzes/_clean.html": "bleach and nh3, when it was published",
}
"""path: which gate the HTML passed before it came here."""
MAY_MARK_SAFE = {
    "lms/web/drawing.py": "what a macro gave, which escaped it already",
    "lms/web/language.py": "our own sentences; Markup escapes the values put into them",
}
"""Python files that may call Markup(): why."""


def test_a_template_lives_under_its_rooms_name() -> None:
    """Template names are global in Flask: of two «list.html» the first registered wins, silently."""
    for template in TEMPLATES:
        room = template.path.parts[template.path.parts.index("templates") - 1]
        below = template.path.parts[template.path.parts.index("templates") + 1 :]
        assert below[0] == room and len(below) > 1, f"{template.path}: move it to templates/{room}/"


def test_no_template_is_called_by_a_bare_name() -> None:
    bare = [f"{template.path}: {name}" for template in TEMPLATES for name in template.names() if "/" not in name]
    for path in (ROOT / "lms").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and re.fullmatch(r"[\w-]+\.html", str(node.value)):
                bare.append(f"{path.relative_to(ROOT)}:{node.lineno}: {node.value}")
    assert not bare, "say <room>/<page>.html"


def test_every_named_template_exists() -> None:
    known = {Path(*t.path.parts[t.path.parts.index("templates") + 1 :]).as_posix() for t in TEMPLATES}
    known |= {f"{Path(name).parent.as_posix()}/" for name in known}  # a folder that holds one template for each type
    assert not [f"{t.path}: {name}" for t in TEMPLATES for name in t.names() if name not in known]


def test_nothing_a_strict_policy_would_refuse() -> None:
    assert not [problem for template in TEMPLATES for problem in template.forbidden()]


def test_only_sanitized_text_goes_unescaped() -> None:
    unsafe = {template.path.as_posix() for template in TEMPLATES if template.is_unsafe()}
    assert unsafe == set(MAY_BE_UNESCAPED)


def test_only_known_files_make_markup() -> None:
    makers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "lms").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Markup"
    }
    assert makers == set(MAY_MARK_SAFE)


def test_every_word_can_be_translated() -> None:
    assert not [problem for template in TEMPLATES for problem in template.untranslated()]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("<p>{{ _('Chào') }}</p>", 0),
        ("<p>Chào em</p>", 1),
        ('<img alt="Một bông hoa" src="/x">', 1),
        ("{% trans %}Chào <b>em</b>{% endtrans %}", 0),
        ("{# Ghi chú #}<p class='a'>3/5 · {{ name }}</p>", 0),
    ],
)
def test_words_outside_the_book_are_found(text: str, problems: int) -> None:
    assert len(list(Template(Path("x.html"), text).untranslated())) == problems


@pytest.mark.parametrize(
    "text",
    ['<p style="color:red">', "<style>p{}</style>", "<script>1</script>", '<a onclick="x()">',
     '<a href="javascript:x">', '<img src="https://elsewhere.example/x.png">',
     '<script src="//elsewhere.example/x.js"></script>'],
)  # fmt: skip
def test_planted_faults_are_found(text: str) -> None:
    assert list(Template(Path("x.html"), text).forbidden())


def test_a_script_of_our_own_is_not_a_fault() -> None:
    text = '<script type="module" src="{{ asset(\'js/a.js\') }}"></script><p class="on time">{{ tone == "a" }}</p>'
    assert not list(Template(Path("x.html"), text).forbidden())
