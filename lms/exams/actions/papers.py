"""Making the printed forms of a window: two parallel ones, pinned, so that printing again prints the same."""

from uuid import uuid4

from lms import clock
from lms.clock import day_of
from lms.db import db, writes
from lms.exams.models import PaperForm
from lms.exams.queries.papers import papers_of
from lms.exams.rules.paper import VARIANTS, fits_paper
from lms.quizzes import queries as quizzes
from lms.quizzes.rules.drawing import NoFormError, draw, form_to_json
from lms.quizzes.rules.regrading import voided_in
from lms.refusals import Refusal
from lms.witnessing.models import TestWindow


@writes
def make_papers(window: TestWindow, by_id: int, seed: str) -> list[PaperForm]:
    """Forms A and B of the window's test; made once, whoever asks again gets the same."""
    db.session.get(TestWindow, window.id, with_for_update=True)  # two taps at once make one pair
    known = papers_of(window.id)
    if known:
        return known
    test, ruleset = quizzes.quiz(window.quiz_id), quizzes.ruleset_on(day_of(window.opens_at))
    if test is None or ruleset is None:
        raise Refusal("Chưa có bộ quy tắc nào có hiệu lực nên chưa in được đề.", "no-ruleset")
    voided, beside = quizzes.voided_items(), frozenset[str]()
    pool = [one for one in quizzes.bank(test) if fits_paper(one) and not voided_in([(one.id, one.digest)], voided)]
    made = []
    for variant in VARIANTS:
        try:
            form = draw(pool, quizzes.blueprint(test, ruleset), f"{seed}/{variant}", beside=beside)
        except NoFormError as problem:
            raise Refusal("Ngân hàng chưa đủ câu hỏi in được trên giấy.", "no-form") from problem
        beside = frozenset(form.item_ids)
        made.append(
            PaperForm(id=uuid4(), window_id=window.id, variant=variant, form=form_to_json(form),
                      ruleset_id=ruleset.id, by_id=by_id, made_at=clock.now())
        )  # fmt: skip
    db.session.add_all(made)
    db.session.flush()
    return made
