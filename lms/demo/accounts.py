"""The accounts of the demo. Everybody knows their password, so a server that faces a network refuses to start with them."""

from dataclasses import dataclass

from sqlalchemy import select

from lms import clock
from lms.db import db, writes
from lms.journal import JournalLine

PASSWORD = "nam-canh-2026"  # noqa: S105 printed on the sign-in page on purpose
MARK = "demo-loaded"


@dataclass(frozen=True)
class DemoAccount:
    username: str
    words: str


ACCOUNTS = (
    DemoAccount("hocsinh", "Học sinh lớp 7A"),
    DemoAccount("giaovien", "Giáo viên lớp 7A"),
    DemoAccount("tocnscd", "Thành viên tổ công nghệ số"),
    DemoAccount("totruong", "Tổ trưởng tổ công nghệ số"),
    DemoAccount("nguoidan", "Người dân Thôn Mẫu 1"),
    DemoAccount("canboxa", "Cán bộ xã Ngọc Liên"),
    DemoAccount("canbohuyen", "Cán bộ vùng Ngọc Lặc"),
    DemoAccount("quantri", "Quản trị viên"),
)


def has_demo() -> bool:
    """Whether this database was filled by the demo: its mark stands in the journal, which nobody edits."""
    return db.session.scalar(select(JournalLine.id).where(JournalLine.kind == MARK).limit(1)) is not None


@writes
def leave_mark() -> None:
    """In the same transaction as the accounts: there are never demo accounts without their mark."""
    db.session.add(JournalLine(at=clock.now(), kind=MARK, actor_id=None, detail={}))


def shown_accounts() -> tuple[DemoAccount, ...]:
    """For the sign-in page: the accounts while the demo stands, else none."""
    return ACCOUNTS if has_demo() else ()
