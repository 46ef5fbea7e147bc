"""P1: the server is killed (-9) at seeded moments while a class answers; nothing it acknowledged is lost, nothing counts
twice, and everybody goes on where they were.
"""

import random
import sys
import threading
import time

from tests import cast
from tests.reliability import schoolroom
from tests.reliability.pupil import Away, Pupil
from tests.reliability.server import QuickServer, Server

ENGINES = ["sqlite"]  # about the file on the disk
SEED = 20261122
PUPILS = 3


def test_twenty_kills(migrated, tmp_path, soak):
    settings = schoolroom.furnish(migrated, tmp_path / "data", PUPILS)
    _nothing_is_lost_by(QuickServer(settings), 200 if soak else 20)


def test_the_command_itself_killed_and_started_again(migrated, tmp_path, soak):
    settings = schoolroom.furnish(migrated, tmp_path / "data", PUPILS)
    _nothing_is_lost_by(Server(settings), 20 if soak else 2)


def _nothing_is_lost_by(server: Server, kills: int) -> None:
    settings, dice = server.settings, random.Random(SEED)
    pupils = [Pupil(server.port, f"hs{n}", cast.PASSWORD, random.Random(f"{SEED}/{n}")) for n in range(1, PUPILS + 1)]
    server.start()
    for pupil in pupils:
        pupil.sign_in()
        pupil.begin(schoolroom.QUIZ)
    for _ in range(kills):
        _answer_until_killed(server, pupils, dice.uniform(0.1, 1.2))
        _nothing_is_lost(settings, pupils)
        server.start()
    for pupil in pupils:
        pupil.answer()
        pupil.send_twice()
    assert server.stop() == 0, "asked to end, it ends cleanly"
    _nothing_is_lost(settings, pupils)
    answered = sum(len(pupil.acknowledged) for pupil in pupils)
    sys.stdout.write(f"\n{kills} kills, {answered} answers acknowledged, none lost\n")
    assert answered > kills


def _answer_until_killed(server, pupils, seconds: float) -> None:
    def work(pupil) -> None:
        try:
            while True:
                pupil.answer()
        except Away:
            return

    threads = [threading.Thread(target=work, args=(pupil,)) for pupil in pupils]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    server.kill()
    for thread in threads:
        thread.join(60)


def _nothing_is_lost(settings, pupils) -> None:
    kept = schoolroom.steps(settings.sqlite_file)
    sent = {one.step: one for pupil in pupils for one in pupil.acknowledged}
    assert len(sent) == sum(len(pupil.acknowledged) for pupil in pupils), "one id, one answer"
    for pupil in pupils:
        assert not pupil.refused, pupil.refused[0]
    lost = [one for step, one in sent.items() if step not in kept]
    assert not lost, f"{len(lost)} of {len(sent)} acknowledged answers are gone: {lost[0]}"
    for step, one in sent.items():
        assert kept[step] == (one.item, one.chosen)
    unanswered = sum(pupil._open is not None for pupil in pupils)
    assert len(kept) <= len(sent) + unanswered, "nothing counts twice"
