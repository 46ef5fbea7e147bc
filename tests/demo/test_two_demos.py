"""Two demos filled one after the other in one process, from different books: the second keeps nothing of the first."""

from uuid import UUID, uuid4

from lms.db import db
from lms.quizzes.models import Attempt
from lms.quizzes.queries import forget_forms, own_form
from tests import cast, members


def test_a_form_kept_for_another_database_is_forgotten(db_session) -> None:
    made = cast.settle(0)
    id: UUID = members.pass_part(made.nam.id, "exam", by=made.hoa.id)
    db.session.commit()
    assert own_form(id, made.nam.id) == ()
    db.session.execute(db.text('UPDATE attempt SET form = \'[{"item": "x"}]\''))
    assert own_form(id, made.nam.id) == (), "kept: a form is never changed once dealt"
    forget_forms()
    assert own_form(id, made.nam.id) == ({"item": "x"},)
    assert own_form(uuid4(), made.nam.id) is None and db.session.get(Attempt, id) is not None
