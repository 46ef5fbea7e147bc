"""Why somebody may not attest, as codes and as sentences that say what to do. Neutral in address: officers read them."""

from enum import StrEnum


class Code(StrEnum):
    SELF = "self"
    WITNESS_IS_CHILD = "witness-is-child"
    OWN_HOUSEHOLD = "own-household"
    CLOSE_KIN = "close-kin"
    COLLEAGUE = "colleague"
    MUTUAL = "mutual"
    NO_ROLE = "no-role"
    OTHER_CLASS = "other-class"
    OTHER_COMMUNE = "other-commune"
    OTHER_VILLAGE = "other-village"
    NOT_PROFICIENT = "not-proficient"
    NO_OBSERVER_LESSON = "no-observer-lesson"
    NOT_CERTIFIED = "not-certified"
    NO_CONSENT = "no-consent"
    UNDER_15_REAL_MONEY = "under-15-real-money"
    QUIZ_NOT_PROCTORED = "quiz-not-proctored"
    DAILY_BRAKE = "daily-brake"
    OTHER_SKILL = "other-skill"
    SESSIONS_BRAKE = "sessions-brake"
    TOO_MANY_PRESENT = "too-many-present"
    NOT_PRESENT = "not-present"


SENTENCES = {
    Code.SELF: "Không ai tự chứng cho mình. Nhờ giáo viên, cán bộ xã hoặc thành viên tổ khác chứng giúp.",
    Code.WITNESS_IS_CHILD: "Người chứng phải từ 16 tuổi. Nhờ giáo viên hoặc cán bộ xã chứng giúp.",
    Code.OWN_HOUSEHOLD: "Hai người cùng một hộ nên không chứng cho nhau. Nhờ người ngoài hộ chứng giúp.",
    Code.CLOSE_KIN: "Hai người là họ hàng gần nên không chứng cho nhau. Nhờ người khác chứng giúp.",
    Code.COLLEAGUE: "Hai người cùng một tổ nên không chứng cho nhau. Nhờ giáo viên, cán bộ xã hoặc tổ khác chứng giúp.",
    Code.MUTUAL: "Trong {days} ngày gần đây người này đã chứng cho người kia, nên chưa chứng ngược lại. Nhờ người khác giúp.",
    Code.NO_ROLE: "Chỉ giáo viên, cán bộ xã, thành viên tổ công nghệ số được chứng. Giúp nhau ở nhà rất tốt nhưng không tính.",
    Code.OTHER_CLASS: "Giáo viên chứng cho học viên lớp mình dạy. Nhờ giáo viên của lớp, hoặc ghi tên người này vào lớp trước.",
    Code.OTHER_COMMUNE: "Cán bộ chứng cho người của xã mình. Nhờ cán bộ nơi người này ở hoặc học.",
    Code.OTHER_VILLAGE: "Thành viên tổ chứng cho người ở thôn tổ phụ trách. Nhờ tổ của thôn này, giáo viên hoặc cán bộ xã.",
    Code.NOT_PROFICIENT: "Thành viên tổ phải thành thạo kỹ năng này rồi mới chứng cho người khác. Làm xong phần của mình trước.",
    Code.NO_OBSERVER_LESSON: "Chưa học xong bài dành cho người chứng. Đọc một trang và trả lời năm câu, rồi quay lại.",
    Code.NOT_CERTIFIED: "Thành viên tổ chứng được khi có giấy chứng nhận thành viên tổ còn hạn. Nay cứ dạy và ghi lượt đi thăm; "
    "việc chứng nhờ giáo viên hoặc cán bộ xã.",
    Code.UNDER_15_REAL_MONEY: "Người dưới 15 tuổi không làm trên tài khoản thật. Dùng màn hình giấy của phiếu việc.",
    Code.QUIZ_NOT_PROCTORED: "Thành viên tổ phải làm bài kiểm tra có người coi. Mở một bài kiểm tra cho người này trước.",
    Code.DAILY_BRAKE: "Hôm nay đã chứng đủ {outside} lượt ngoài buổi thực hành. Mai làm tiếp, hoặc mở một buổi thực hành.",
    Code.OTHER_SKILL: "Mỗi buổi thực hành chỉ chứng một kỹ năng. Mở buổi khác cho kỹ năng này.",
    Code.SESSIONS_BRAKE: "Mỗi ngày nhiều nhất {sessions} buổi thực hành. Mở buổi tiếp vào ngày khác.",
    Code.TOO_MANY_PRESENT: "Buổi này có quá {present} người. Chia thành hai buổi để nhìn được từng người.",
    Code.NOT_PRESENT: "Người này chưa được ghi có mặt trong buổi. Ghi có mặt trước rồi mới chứng.",
}
"""Of every code but NO_CONSENT, whose sentence comes with the consent."""
