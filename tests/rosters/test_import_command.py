"""`flask people import`: the same reading and applying, from the shell."""

import json

from lms.people.models import Person
from lms.places.models import Unit
from tests.rosters.hamlet import SAMPLES, count


def run(app, *words):
    return app.test_cli_runner().invoke(args=["people", "import", *words])


def test_a_dry_run_tells_every_problem_and_saves_nothing(app, ids):
    before = count(Person), count(Unit)
    answer = run(app, str(SAMPLES / "thon.csv"), "--kind", "thon", "--dry-run", "--json")
    told = json.loads(answer.stdout)
    assert (told["kind"], told["dry_run"], told["rows"], told["errors"]) == ("thon", True, 8, 2)
    assert {one["row"] for one in told["problems"]} >= {5, 11}
    assert (count(Person), count(Unit)) == before


def test_a_list_is_applied(app, ids):
    told = json.loads(run(app, str(SAMPLES / "thon.csv"), "--json").stdout)
    assert (told["kind"], told["created"], told["refused"]) == ("thon", 8, 0)
    assert count(Unit, Unit.kind_id == "thon") == 8


def test_the_other_name_of_the_command(app, ids):
    answer = app.test_cli_runner().invoke(args=["rosters", "import", str(SAMPLES / "thon.csv"), "--dry-run"])
    assert answer.exit_code == 0 and "dòng 5" in answer.output


def test_a_wrong_file_is_refused_with_a_sentence(app, ids, tmp_path):
    wrong = tmp_path / "a.xlsx"
    wrong.write_bytes(b"MZ")
    answer = run(app, str(wrong))
    assert answer.exit_code == 1 and "không phải bảng tính" in answer.output
