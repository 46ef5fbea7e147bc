"""Headers in other words."""

import unicodedata

import pytest

from lms.imports.columns import Meaning, recognise
from lms.vietnamese import fold

WORDINGS = {
    Meaning.FULL_NAME: "Họ và tên|HỌ TÊN|Họ & tên|Họ, chữ đệm và tên|Họ, chữ đệm, tên khai sinh|Họ và tên học sinh|Tên học sinh|Họ tên nhân khẩu|Họ  và\ntên|Họ và tên (chữ in hoa)|hoten|Họ tên giáo viên|Họ và tên thành viên trong hộ",
    Meaning.FAMILY_NAME: "Họ và tên đệm|Họ đệm|Họ và chữ đệm|Họ lót|Họ|Họ tên đệm|Tên đệm",
    Meaning.GIVEN_NAME: "Tên|TÊN|tên gọi",
    Meaning.BIRTH: "Ngày sinh|Ngày, tháng, năm sinh|Ngày tháng năm sinh|Sinh ngày|NTNS|Ngày/tháng/năm sinh|Ngày sinh (dd/mm/yyyy)|Năm sinh/Ngày sinh",
    Meaning.BIRTH_YEAR: "Năm sinh|Sinh năm|NĂM SINH (dương lịch)|Năm",
    Meaning.GENDER: "Giới tính|GT|Phái|Giới|Nam/Nữ|Nam, nữ|Gtính",
    Meaning.IS_FEMALE: "Nữ|Nữ (x)",
    Meaning.IS_MALE: "Nam|Nam (x)",
    Meaning.RELATION: "Quan hệ với chủ hộ|Quan hệ|QH với chủ hộ|Mối quan hệ với chủ hộ|Quan hệ chủ hộ|Q.hệ",
    Meaning.HEAD: "Chủ hộ|Họ tên chủ hộ|Họ và tên chủ hộ|Tên chủ hộ|Là chủ hộ",
    Meaning.HOUSEHOLD: "Mã hộ|Mã số hộ|STT hộ|Số thứ tự hộ|Mã hộ gia đình|Hộ số|Hộ|TT hộ|Số TT hộ",
    Meaning.NUMBER_OF_HOUSEHOLDS: "Số hộ|Tổng số hộ|Số hộ dân|Số hộ gia đình",
    Meaning.NUMBER_OF_PEOPLE: "Số khẩu|Nhân khẩu|Số nhân khẩu|Dân số|Số người trong hộ",
    Meaning.VILLAGE: "Thôn|Bản|Khu phố|Thôn/bản|Thôn, bản, khu phố|Thôn/bản/khu phố|Tên thôn|Thôn (bản)|Tổ dân phố|Làng|Xóm|Thôn/Khu phố|Khu dân cư",
    Meaning.COMMUNE: "Xã|Xã/phường|Xã, thị trấn|Tên xã|Xã/Phường/Thị trấn",
    Meaning.LEADER: "Trưởng thôn|Họ tên trưởng thôn|Trưởng bản|Trưởng thôn/Tổ trưởng dân phố",
    Meaning.ADDRESS: "Địa chỉ|Nơi ở hiện nay|Nơi thường trú|Chỗ ở|Hộ khẩu thường trú",
    Meaning.CLASS: "Lớp|Tên lớp|Lớp học",
    Meaning.PUPIL_CODE: "Mã HS|Mã học sinh|Mã số HS|Mã học viên|MSHS",
    Meaning.PHONE: "Số ĐT|SĐT|Điện thoại|Số điện thoại|Di động|Số điện thoại liên hệ|Số Zalo|ĐT|SĐT phụ huynh",
    Meaning.POSITION: "Chức vụ|Chức danh|Nhiệm vụ|Vai trò|Chức vụ, chức danh|Chức vụ trong tổ",
    Meaning.WORKPLACE: "Đơn vị|Đơn vị công tác|Cơ quan|Nơi công tác|Cơ quan, đơn vị",
    Meaning.SCHOOL: "Trường|Tên trường",
    Meaning.DUTY: "Phụ trách|Lớp phụ trách|Địa bàn phụ trách|Phân công|Chủ nhiệm lớp",
    Meaning.SINCE: "Từ ngày|Ngày bắt đầu|Tham gia từ ngày|Từ tháng",
    Meaning.NOTE: "Ghi chú|Ghi  chú ",
    Meaning.ORDER: "STT|TT|Số TT|Số thứ tự|S.T.T| STT",
    Meaning.IDENTITY_NUMBER: "CCCD|Số CCCD|Số CMND/CCCD|Căn cước công dân|Mã định danh|Số định danh cá nhân|Mã BHXH|Số thẻ BHYT|Mã số định danh",
    Meaning.TRAIT: "Dân tộc|Tôn giáo|Hộ nghèo|Diện chính sách|Khuyết tật|Nghề nghiệp",
}
ALL = [(meaning, header) for meaning, headers in WORDINGS.items() for header in headers.split("|")]
# Without its accents "Hộ" is "Họ" and "Năm" is "Nam": nobody could tell.
UNTELLABLE = {"Hộ", "Năm"}


@pytest.mark.parametrize(("meaning", "header"), ALL)
def test_a_header_in_these_words_is_recognised(meaning, header):
    assert recognise(header) is meaning
    assert recognise(unicodedata.normalize("NFD", header)) is meaning
    assert recognise(header.upper()) is meaning
    if header not in UNTELLABLE:
        assert recognise(fold(header)) is meaning


@pytest.mark.parametrize(
    "header",
    [
        "Họ và tên cha",
        "Họ tên mẹ",
        "Năm sinh bố",
        "Ngày sinh mẹ",
        "Họ tên phụ huynh",
        "Danh sách học sinh lớp 7A",
        "Email",
        "Điểm",
        "",
        "  ",
        "Nguyễn Văn An",
    ],
)
def test_what_means_something_else_is_not_taken(header):
    assert recognise(header) is None


def test_the_line_above_decides():
    assert recognise("Năm", "Ngày sinh") is Meaning.BIRTH_YEAR
    assert recognise("Nam", "Giới tính") is Meaning.IS_MALE
    assert recognise("Nam", "Năm sinh") is Meaning.IS_MALE
    assert recognise("Nữ", "Năm sinh") is Meaning.IS_FEMALE
    assert recognise("Tháng", "Ngày, tháng, năm sinh") is Meaning.BIRTH_MONTH
    assert recognise("Ngày", "") is None
