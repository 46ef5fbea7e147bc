"""Vietnamese words of the rule: statuses, and reasons as code plus sentence. Neutral in address, fit for every page.

Sentences are source texts; where a page prints them they pass through its translation.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """Point 6, the seven."""

    NOT_STARTED = "not_started"
    LEARNING = "learning"
    AWAITING_WITNESS = "awaiting_witness"
    PROFICIENT = "proficient"
    EXPIRING = "expiring"  # proficient, 60 days or less to go
    NEEDS_RENEWAL = "needs_renewal"
    NEEDS_VERIFICATION = "needs_verification"  # after a failed re-check, and only then

    @property
    def is_proficient(self) -> bool:
        return self in (Status.PROFICIENT, Status.EXPIRING)


class ReasonCode(StrEnum):
    KNOW_MISSING = "know_missing"
    KNOW_TOO_FEW_RIGHT = "know_too_few_right"
    KNOW_CRITICAL = "know_critical"
    KNOW_TOO_FEW_ITEMS = "know_too_few_items"
    KNOW_ACCOMMODATION = "know_accommodation"
    KNOW_TOO_OLD = "know_too_old"
    DO_MISSING = "do_missing"
    DO_ONE_MORE = "do_one_more"
    DO_NOT_CONSECUTIVE = "do_not_consecutive"
    DO_SAME_VARIANT = "do_same_variant"
    DO_NOT_COVERING = "do_not_covering"
    DO_NOT_REPLAYED = "do_not_replayed"
    DO_ASSISTED = "do_assisted"
    WITNESS_MISSING = "witness_missing"
    WITNESS_OTHER_SESSION = "witness_other_session"
    WITNESS_SELF = "witness_self"
    WITNESS_IDENTITY = "witness_identity"
    WITNESS_HELPED = "witness_helped"
    WITNESS_CRITICAL = "witness_critical"
    NO_RULESET = "no_ruleset"
    ALL_BEFORE_RULESET = "all_before_ruleset"
    EXPIRES_SOON = "expires_soon"
    EXPIRED = "expired"
    RECHECK_FAILED = "recheck_failed"
    RENEWAL_TEST_MISSING = "renewal_test_missing"
    RENEWAL_PRACTICE_MISSING = "renewal_practice_missing"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class Reason:
    code: ReasonCode
    sentence: str
    facts: dict[str, str] = field(default_factory=dict, compare=False)


status_words: dict[Status, str] = {
    Status.NOT_STARTED: "chưa bắt đầu",
    Status.LEARNING: "đang học",
    Status.AWAITING_WITNESS: "chờ chứng",
    Status.PROFICIENT: "thành thạo",
    Status.EXPIRING: "sắp hết hạn",
    Status.NEEDS_RENEWAL: "cần làm mới",
    Status.NEEDS_VERIFICATION: "cần xác minh",
}

_SENTENCES: dict[ReasonCode, str] = {
    ReasonCode.KNOW_MISSING: "thiếu: bài kiểm tra đúng ít nhất {right} trong {items} câu",
    ReasonCode.KNOW_TOO_FEW_RIGHT: "thiếu: bài kiểm tra đúng ít nhất {right} trong {items} câu; lần vừa rồi chưa đủ",
    ReasonCode.KNOW_CRITICAL: "thiếu: bài kiểm tra đúng đủ các câu an toàn; lần vừa rồi còn sai",
    ReasonCode.KNOW_TOO_FEW_ITEMS: "thiếu: bài kiểm tra có ít nhất {items} câu được tính",
    ReasonCode.KNOW_ACCOMMODATION: "thiếu: bài kiểm tra; lần vừa rồi có cách hỗ trợ chưa được quy tắc cho phép",
    ReasonCode.KNOW_TOO_OLD: "thiếu: bài kiểm tra mới; bài đã đạt quá {days} ngày",
    ReasonCode.DO_MISSING: "thiếu: 2 lần tự làm liền nhau, không ai chỉ",
    ReasonCode.DO_ONE_MORE: "thiếu: 1 lần tự làm nữa, đề khác",
    ReasonCode.DO_NOT_CONSECUTIVE: "thiếu: 2 lần tự làm liền nhau; vừa có một lần chưa đạt ở giữa",
    ReasonCode.DO_SAME_VARIANT: "thiếu: 1 lần tự làm với đề khác; các lần vừa rồi cùng một đề",
    ReasonCode.DO_NOT_COVERING: "thiếu: 1 lần tự làm có việc {competencies}",
    ReasonCode.DO_NOT_REPLAYED: "thiếu: 1 lần tự làm được máy chạy lại xác nhận",
    ReasonCode.DO_ASSISTED: "thiếu: 2 lần tự làm liền nhau; lần vừa rồi còn được nhắc",
    ReasonCode.WITNESS_MISSING: "thiếu: 1 lần làm có người chứng",
    ReasonCode.WITNESS_OTHER_SESSION: "thiếu: 1 lần làm có người chứng; lần đã chứng không phải lần làm được tính",
    ReasonCode.WITNESS_SELF: "thiếu: 1 lần làm có người khác chứng; không tự chứng cho mình",
    ReasonCode.WITNESS_IDENTITY: "thiếu: 1 lần chứng có đối chiếu đúng người",
    ReasonCode.WITNESS_HELPED: "thiếu: 1 lần chứng mà mọi việc cốt lõi đều tự làm",
    ReasonCode.WITNESS_CRITICAL: "thiếu: 1 lần chứng không phạm lỗi an toàn",
    ReasonCode.NO_RULESET: "chưa có bộ quy tắc nào có hiệu lực",
    ReasonCode.ALL_BEFORE_RULESET: "thiếu: 1 lần làm có người chứng từ khi quy tắc hiện nay có hiệu lực",
    ReasonCode.EXPIRES_SOON: "còn {days} ngày, đến hết ngày {day}",
    ReasonCode.EXPIRED: "đã hết hạn sau ngày {day}",
    ReasonCode.RECHECK_FAILED: "lần kiểm tra lại ngày {day} chưa đạt; cần làm và chứng lại",
    ReasonCode.RENEWAL_TEST_MISSING: "làm mới còn thiếu: bài {items} câu, đúng ít nhất {right}",
    ReasonCode.RENEWAL_PRACTICE_MISSING: "làm mới còn thiếu: 1 lần làm đề mới có người chứng",
    ReasonCode.SET_ASIDE: "{count} bằng chứng được giữ riêng, chưa tính",
}


def reason(code: ReasonCode, **facts: object) -> Reason:
    texts = {name: str(fact) for name, fact in facts.items()}
    return Reason(code, _SENTENCES[code].format(**texts), texts)
