"""What may be done with a question now, and by whom: a draft, reviewed by a second person, approved, recorded, retired."""

from dataclasses import dataclass
from enum import StrEnum

RULE_VERSION = 1


class State(StrEnum):
    """Of the newest version."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    APPROVED = "approved"


class Act(StrEnum):
    EDIT = "edit"
    SEND = "send"
    TAKE_BACK = "take-back"
    RETURN = "return"
    APPROVE = "approve"
    RECORD = "record"
    UNRECORD = "unrecord"
    RETIRE = "retire"
    RESTORE = "restore"
    FREEZE = "freeze"
    LIFT = "lift"


REVIEWERS_ONLY = frozenset({Act.RETURN, Act.APPROVE, Act.RECORD, Act.UNRECORD, Act.FREEZE, Act.LIFT})
ON_ANY_ORIGIN = frozenset({Act.FREEZE, Act.LIFT})
"""Everything else of a question from files is done in its file."""


@dataclass(frozen=True, slots=True)
class Standing:
    """All that decides what may be done with a question."""

    from_files: bool
    state: State | None
    """None: from files, nothing is worked on here."""
    status: str
    """nhap, duyet, ghi-nhan or ngung."""
    pool: str
    writers: frozenset[int]
    """Who wrote since the last approval: none of them may approve."""
    is_retired: bool = False
    is_frozen: bool = False


@dataclass(frozen=True, slots=True)
class No:
    code: str
    sentence: str


def may(act: Act, standing: Standing, who: int, is_reviewer: bool) -> No | None:
    """None where it may be done, else why not."""
    if standing.from_files and act not in ON_ANY_ORIGIN:
        return No("from-files", "Câu này nằm trong tệp nội dung: sửa ở tệp, hoặc chép thành câu mới rồi sửa.")
    if act in REVIEWERS_ONLY and not is_reviewer:
        return No("not-a-reviewer", "Việc này dành cho người duyệt câu hỏi.")
    if act is Act.APPROVE and who in standing.writers:
        return No("own-work", "Người viết không tự duyệt câu của mình. Hãy nhờ một người duyệt khác.")
    if act in (Act.RETIRE, Act.RESTORE) and standing.status != "nhap" and not is_reviewer:
        return No("not-a-reviewer", "Câu đã duyệt thì người duyệt mới cất hay lấy lại được.")
    return None if _fits(act, standing) else No("not-now", NOT_NOW[act])


def allowed(standing: Standing, who: int, is_reviewer: bool) -> tuple[Act, ...]:
    """What a page offers, in the order of the list above."""
    return tuple(act for act in Act if may(act, standing, who, is_reviewer) is None)


NOT_NOW = {
    Act.EDIT: "Câu đang chờ duyệt hoặc đã cất thì chưa sửa được. Hãy lấy về hoặc dùng lại trước.",
    Act.SEND: "Chỉ gửi duyệt được bản nháp của câu đang dùng.",
    Act.TAKE_BACK: "Câu này không còn chờ duyệt.",
    Act.RETURN: "Câu này không còn chờ duyệt.",
    Act.APPROVE: "Câu này không chờ duyệt.",
    Act.RECORD: "Chỉ câu đã duyệt, thuộc loại dùng cho bài kiểm tra và đang dùng mới vào đề được.",
    Act.UNRECORD: "Câu này không ở trong đề kiểm tra.",
    Act.RETIRE: "Câu này đã cất rồi.",
    Act.RESTORE: "Câu này đang dùng, không phải lấy lại.",
    Act.FREEZE: "Chỉ khoá được câu đang có trong đề kiểm tra và chưa khoá.",
    Act.LIFT: "Câu này không bị khoá.",
}


def _fits(act: Act, standing: Standing) -> bool:
    state, kept = standing.state, not standing.is_retired
    if act in (Act.TAKE_BACK, Act.RETURN, Act.APPROVE):
        return state is State.IN_REVIEW and kept
    return {
        Act.EDIT: state is not State.IN_REVIEW and kept,
        Act.SEND: state is State.DRAFT and kept,
        Act.RECORD: standing.status == "duyet" and standing.pool == "ghi-nhan" and kept,
        Act.UNRECORD: standing.status == "ghi-nhan" and kept,
        Act.RETIRE: kept,
        Act.RESTORE: standing.is_retired,
        Act.FREEZE: standing.status == "ghi-nhan" and kept and not standing.is_frozen,
        Act.LIFT: standing.is_frozen,
    }[act]
