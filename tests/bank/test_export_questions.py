"""`flask questions export --format yaml`: what comes out is what the reader of books takes in, with the same digest."""

from pathlib import Path
from types import SimpleNamespace

from lms.bank import queries
from lms.bank.actions import add_draft, reviewing
from lms.bank.queries import exporting
from lms.db import db
from lms.library.lesson_html import Workshop
from lms.library.problems import Findings
from lms.library.questions import read_questions
from lms.quizzes.models import Item
from lms.quizzes.publishing import held
from tests.bank.questions import ASKED, SINGLE, of_type


def test_each_type_read_again_gives_the_same_digest(inside: SimpleNamespace, tmp_path: Path) -> None:
    ids = {}
    for kind in ASKED:
        made = add_draft(of_type(kind), origin="browser", by=inside.hoa)
        reviewing.send(made.id, inside.hoa)
        reviewing.approve(made.id, inside.mai)
        ids[made.id] = made.digest
    draft = add_draft(
        {**SINGLE, "stem": "Câu nháp: có «dấu», # và: hai chấm\nhai dòng?"}, origin="import", by=inside.hoa
    )
    file = tmp_path / "questions.yaml"
    file.write_text(exporting.as_yaml(list(exporting.entries())), encoding="utf-8")
    assert {item.id: item.digest for item in _read(file)} == ids
    assert {item.status for item in _read(file)} == {"duyet"}
    file.write_text(exporting.as_yaml(list(exporting.entries(with_drafts=True))), encoding="utf-8")
    again = {item.id: item for item in _read(file)}
    assert set(again) == {*ids, draft.id} and again[draft.id].status == "nhap"
    newest = queries.locked_question(draft.id).newest.body
    assert again[draft.id].digest == queries.written(draft.id, newest).item.digest


def test_the_command_writes_a_file(app, do, world: SimpleNamespace, tmp_path: Path) -> None:
    do(lambda: add_draft(SINGLE, origin="browser", by=world.hoa).id)
    out = tmp_path / "ra.yaml"
    run = app.test_cli_runner().invoke(args=["questions", "export", "--format", "yaml", "--drafts", "--out", str(out)])
    assert run.exit_code == 0 and "1 câu" in run.output
    with app.app_context():
        assert len(_read(out)) == 1
    assert app.test_cli_runner().invoke(args=["questions", "export", "--format", "yaml"]).output == "[]\n"


def test_a_file_never_writes_over_a_question_made_here(inside: SimpleNamespace, tmp_path: Path) -> None:
    made = add_draft(SINGLE, origin="browser", by=inside.hoa)
    file = tmp_path / "questions.yaml"
    file.write_text(exporting.as_yaml(list(exporting.entries(with_drafts=True))), encoding="utf-8")
    books = SimpleNamespace(items=tuple(_read(file)))
    assert [made.id in one.text for one in held(books)] == [True]
    assert db.session.get_one(Item, made.id).origin == "browser"


def _read(path: Path):
    findings = Findings()
    items = read_questions(path, Workshop(findings, queries.facts()))
    assert not findings.in_order()
    return items
