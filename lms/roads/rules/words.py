"""How the parts of the road are called, and what to do for each. Pure."""

from lms.roads.rules.readiness import Part

PART_WORDS = {
    Part.SKILLS: "Đủ năm kỹ năng",
    Part.LESSON: "Qua bài người chứng",
    Part.EXAM: "Qua bài thi của tổ",
    Part.VISIT: "Một lượt thăm có người dự",
    Part.CERTIFICATE: "Có giấy chứng nhận",
}
NEXT_WORDS = {
    Part.SKILLS: "Học và được chứng nốt kỹ năng còn thiếu",
    Part.LESSON: "Đọc bài dành cho người chứng, trả lời năm câu",
    Part.EXAM: "Học khoá dành cho tổ, rồi dự buổi thi có người coi",
    Part.VISIT: "Đi thăm một nhà, có cán bộ xã, thầy cô hoặc người tổ khác đi cùng",
    Part.CERTIFICATE: "Nhờ cán bộ xã đề nghị cấp giấy",
}
