"""Every write about drives: written down, called off before they begin, closed with a signed record."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from lms.clock import day_of
from lms.db import db, writes
from lms.drives import queries
from lms.drives.models import Drive, DriveRecord, DriveVillage
from lms.drives.rules.progress import Progress, problem
from lms.people.models import Person
from lms.refusals import Refusal
from lms.vietnamese import clean

SENTENCES = {
    "backwards": "Ngày cuối đứng trước ngày đầu.",
    "over": "Đợt này đã qua rồi. Chỉ ghi đợt đang hoặc sắp làm.",
    "too-late": "Ngày đầu đã qua hơn một tuần. Con số lúc bắt đầu không chọn lại được, hãy ghi ngày đầu từ hôm nay.",
    "too-long": "Một đợt dài nhất là một năm.",
    "target": "Mục tiêu phải từ 1 hộ trở lên và không quá số hộ chưa nở của các thôn đã chọn.",
}


@dataclass(frozen=True)
class DriveWords:
    """What an officer typed."""

    name: str
    purpose: str
    from_on: date
    last_day: date
    target: int
    villages: tuple[int, ...]


@writes
def write_drive(unit_id: int, words: DriveWords, writer_id: int, now: datetime) -> Drive:
    """A drive of a commune through some of its villages."""
    name, today = clean(words.name), day_of(now)
    if not words.villages:
        raise Refusal("Chọn ít nhất một thôn.", "no-village")
    code = problem(words.from_on, words.last_day, today, words.target, queries.to_open(words.villages, today))
    if code:
        raise Refusal(SENTENCES[code], code)
    if queries.twin(unit_id, name, words.from_on):
        raise Refusal("Đợt này đã ghi rồi.", "twin")
    row = Drive(
        unit_id=unit_id, name=name, purpose=words.purpose.strip(), from_on=words.from_on,
        until_on=words.last_day + timedelta(days=1), target=words.target, written_by=writer_id, written_at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()  # its villages name it
    db.session.add_all(DriveVillage(drive_id=row.id, unit_id=village) for village in sorted(set(words.villages)))
    return row


@writes
def call_off(drive_id: int, actor_id: int, now: datetime) -> None:
    """Before its first day: a drive that has begun is closed with what it reached, good or bad."""
    row = queries.locked(drive_id)
    if day_of(now) >= row.from_on:
        raise Refusal("Đợt đã bắt đầu nên không bỏ được nữa. Hãy kết thúc và ghi đúng kết quả.", "begun")
    if row.called_off_at is None:
        row.called_off_at, row.called_off_by = now, actor_id


@writes
def close(drive_id: int, signer_id: int, office: str, words: str, now: datetime) -> DriveRecord:
    """The figures of the last day, or of today where it ends earlier, signed and kept as they are."""
    row, today = queries.locked(drive_id), day_of(now)
    if row.called_off_at is not None or today < row.from_on:
        raise Refusal("Đợt chưa bắt đầu hoặc đã bỏ.", "not-begun")
    if db.session.get(DriveRecord, drive_id) is not None:
        raise Refusal("Đợt này đã kết thúc và ký rồi.", "closed")
    as_at = min(today, row.until_on - timedelta(days=1))
    villages = queries.villages_of([drive_id])[drive_id]
    reached = queries.reached([unit.id for unit in villages], row.from_on, as_at)
    signer = db.session.get_one(Person, signer_id)
    body = _body(row, [(unit.id, unit.name) for unit in villages], reached, as_at) | {
        "words": words.strip(), "signer": signer.full_name, "office": clean(office), "signed_at": now.isoformat(),
    }  # fmt: skip
    record = DriveRecord(drive_id=drive_id, body=body, digest=digest(body), signed_by=signer_id, signed_at=now)
    db.session.add(record)
    return record


def digest(body: Mapping[str, Any]) -> str:
    """Of what the record says, whatever the order in which a database gives it back."""
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _body(
    row: Drive, villages: Sequence[tuple[int, str]], reached: Mapping[int, Progress], as_at: date
) -> dict[str, Any]:
    return {
        "drive": row.id,
        "name": row.name,
        "purpose": row.purpose,
        "from_on": row.from_on.isoformat(),
        "last_day": (row.until_on - timedelta(days=1)).isoformat(),
        "as_at": as_at.isoformat(),
        "target": row.target,
        "villages": [{"unit": id, "name": name, **asdict(reached[id])} for id, name in villages],
    }
