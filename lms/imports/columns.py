"""Recognising a column by what its header means, in any words, order and spelling."""

import re
from enum import StrEnum

from lms.vietnamese import clean, fold


class Meaning(StrEnum):
    ORDER = "stt"
    FULL_NAME = "ho-ten"
    FAMILY_NAME = "ho-dem"
    GIVEN_NAME = "ten"
    BIRTH = "ngay-sinh"
    BIRTH_DAY = "ngay"
    BIRTH_MONTH = "thang"
    BIRTH_YEAR = "nam-sinh"
    GENDER = "gioi-tinh"
    IS_MALE = "nam"
    IS_FEMALE = "nu"
    RELATION = "quan-he"
    HEAD = "chu-ho"
    HOUSEHOLD = "ma-ho"
    NUMBER_OF_HOUSEHOLDS = "so-ho"
    NUMBER_OF_PEOPLE = "so-khau"
    VILLAGE = "thon"
    COMMUNE = "xa"
    ADDRESS = "dia-chi"
    LEADER = "truong-thon"
    CLASS = "lop"
    SCHOOL = "truong"
    PUPIL_CODE = "ma-hs"
    PHONE = "dien-thoai"
    POSITION = "chuc-vu"
    WORKPLACE = "don-vi"
    DUTY = "phu-trach"
    SINCE = "tu-ngay"
    DECISION = "quyet-dinh"
    DECIDED_ON = "ngay-quyet-dinh"
    MEMBER_KIND = "dien"
    ORGANISATION = "doanh-nghiep"
    NOTE = "ghi-chu"
    IDENTITY_NUMBER = "so-dinh-danh"
    TRAIT = "dac-diem-rieng"


NEVER_KEPT = frozenset({Meaning.IDENTITY_NUMBER, Meaning.TRAIT})
"""Law 91/2025/QH15 art. 3: no more than the purpose needs; ethnicity, health and poverty are not ours to keep."""

_NOT_ANOTHERS = "(?! (cha|me|bo|vo|chong|ph|phu huynh|giam ho|nguoi|gvcn|cua (cha|me|bo))\\b)"
# Matched in this order against the folded header without signs; each is the whole header.
_WORDINGS: tuple[tuple[Meaning, str], ...] = (
    (
        Meaning.IDENTITY_NUMBER,
        r"(so |ma |ma so )?(the )?(cccd|cmnd|cmt|cmtnd|can cuoc|chung minh|ho chieu|dinh danh|ddcn|bhyt|bhxh|bao hiem)\b.*"
        r"|(so |ma )(csdl|khai sinh)\b.*"
        r"|ma (so )?(thue|bhxh|bhyt)|ma moet|so so ho khau|so hkhau|so tai khoan",
    ),
    (
        Meaning.TRAIT,
        r"dan toc|ton giao|(dien |thuoc )?(ho )?(ngheo|can ngheo|chinh sach)\b.*|khuyet tat.*|suc khoe|thu nhap|nghe nghiep",
    ),
    (Meaning.PUPIL_CODE, r"(ma|ma so|so) (hs|hoc sinh|hv|hoc vien|sv)|mshs|ma hocsinh|so dang bo|ma"),
    (Meaning.HEAD, r"(ho va ten |ho ten |ten |ho ten cua )?chu ho( gia dinh)?( \(x\))?|(la )?chu ho"),
    (Meaning.RELATION, r"(moi )?(quan he|qh|q he)\b.*|vai tro trong (ho|gia dinh)"),
    (
        Meaning.HOUSEHOLD,
        r"(ma|ma so|so hieu|stt|so thu tu|tt|so tt) (cua )?ho( gia dinh| dan)?|maho|ho so|ho gd so|ma gia dinh|so ho so",
    ),
    (Meaning.NUMBER_OF_HOUSEHOLDS, r"(tong )?so (luong )?ho( dan| gia dinh| gd)?( \(ho\))?"),
    (
        Meaning.NUMBER_OF_PEOPLE,
        r"(tong )?so (luong )?(nhan )?(khau|nguoi)( trong ho)?|nhan khau|dan so|so tv|so thanh vien",
    ),
    (Meaning.LEADER, r"(ho va ten |ho ten |ten )?(truong (thon|ban|xom|lang|khu pho|khu)|to truong (to )?dan pho)\b.*"),
    (Meaning.FAMILY_NAME, r"ho|ho (va )?(ten )?(chu )?(dem|lot)|ho (va )?(chu |ten )?(lot|dem)|ten dem|ho va"),
    (
        Meaning.FULL_NAME,
        rf"(ho|ho va|ho chu dem va|ho dem va|ho chu dem) ten\b{_NOT_ANOTHERS}.*|hoten|full ?name|ten day du"
        r"|ten (hoc sinh|hs|hoc vien|nhan khau|thanh vien|giao vien|gv|can bo|nguoi|cong dan|tv)"
        r"|hoc sinh|thanh vien|giao vien|can bo",
    ),
    (Meaning.GIVEN_NAME, r"ten|ten goi|ten rieng|(ten )?(chu )?(dem|lot)( va)? ten"),
    (
        Meaning.BIRTH,
        rf"(ngay|ngay thang|ngay thang nam|nam thang ngay|ngay gio)( nam)? sinh\b{_NOT_ANOTHERS}.*"
        r"|sinh ngay.*|ntns|n t n s|ngsinh|ns|dob"
        r"|nam sinh ngay sinh|sinh",
    ),
    (Meaning.BIRTH_YEAR, rf"nam sinh\b{_NOT_ANOTHERS}.*|sinh nam|tuoi nam sinh|nsinh"),
    (Meaning.GENDER, r"gioi( tinh)?\b.*|gt|gtinh|phai|nam nu|nam hay nu|nu nam|sex|gender"),
    (Meaning.IS_FEMALE, r"nu|nu x|la nu|gioi tinh nu|phu nu"),
    (
        Meaning.PHONE,
        r"(so )?(dt|dien thoai|di dong|sdt|dtdd|may|zalo|dthoai|phone)\b.*|sdt.*|so (lien he|lien lac)|lien he|tel",
    ),
    (Meaning.CLASS, r"lop( hoc)?|ten lop|hoc lop"),
    (Meaning.SCHOOL, r"truong( hoc)?|ten truong|hoc tai truong"),
    (
        Meaning.DUTY,
        r"(duoc )?(phu trach|phan cong)\b.*|(lop|thon|dia ban|khu vuc) phu trach"
        r"|(lop )?(giang )?day( lop)?|chu nhiem( lop)?|lop cn",
    ),
    (Meaning.POSITION, r"(giu )?chuc (vu|danh)\b.*|nhiem vu|vai tro|cong viec|vi tri( viec lam)?|cv"),
    (Meaning.DECISION, r"(theo )?(so )?(quyet dinh|qd)\b.*"),
    (Meaning.DECIDED_ON, r"ngay (ky |ra |ban hanh )?(quyet dinh|qd)\b.*|ngay (ky|ban hanh)"),
    (Meaning.MEMBER_KIND, r"dien|(dien|thanh phan) (tham gia|thanh vien)"),
    (Meaning.ORGANISATION, r"(ten )?(doanh nghiep|chi doan|cong ty)\b.*"),
    (
        Meaning.WORKPLACE,
        r"(ten )?(don vi(?! hanh chinh)|co quan|to chuc)\b.*"
        r"|(noi|dia diem) (lam viec|cong tac)|thuoc (to|don vi)|to cnscd|to cong nghe so.*",
    ),
    (
        Meaning.SINCE,
        r"(tham gia |bat dau |nhan viec |cong tac )?(tu|ke tu) (ngay|thang|nam).*"
        r"|ngay (bat dau|vao|tham gia|nhan viec).*|bat dau|tu",
    ),
    (
        Meaning.ADDRESS,
        r"(dia chi|noi o|cho o|noi cu tru|noi thuong tru|thuong tru|tru quan|noi dang ky.*|que quan|ho khau)\b.*",
    ),
    (
        Meaning.VILLAGE,
        r"(ten )?((thon|ban|lang|xom|khu pho|to dan pho|khu dan cu|khu|tdp|kdc|to dp)( |$))+(khu pho|\(.*)?"
        r"|thon .*(ban|xom|khu|lang|pho).*|dia ban|(thon|khu pho|to dan pho) so",
    ),
    (
        Meaning.COMMUNE,
        r"(ten )?((xa|phuong|thi tran)( |$))+(tt)?|xa .*(phuong|thi tran|tt).*|ubnd xa|don vi hanh chinh",
    ),
    (Meaning.NOTE, r"ghi chu.*|chu thich|gc|luu y|note"),
    (Meaning.ORDER, r"stt|tt|so tt|so thu tu|thu tu|#|no|s tt|s t t"),
)
_COMPILED = tuple((meaning, re.compile(wording)) for meaning, wording in _WORDINGS)
_LONGEST_HEADER = 60
_MOST_WORDS = 10  # longer is a sentence of guidance


def recognise(header: str, above: str = "") -> Meaning | None:
    """What a column header means. `above` is the upper line of a two-line header: «Ngày sinh» over «Ngày | Tháng | Năm»."""
    words = _words(header)
    if not words or len(words) > _LONGEST_HEADER or words.count(" ") >= _MOST_WORDS:
        return None
    spelled = clean(header).casefold()
    if words == "ho" and "hộ" in spelled:
        return Meaning.HOUSEHOLD
    inside_birth = "sinh" in _words(above).split()
    if inside_birth and words in ("ngay", "thang"):
        return Meaning.BIRTH_DAY if words == "ngay" else Meaning.BIRTH_MONTH
    if words in ("nam", "nam x", "la nam"):
        unaccented = (header + above).isascii()
        return Meaning.BIRTH_YEAR if "ă" in spelled or (inside_birth and unaccented) else Meaning.IS_MALE
    return next((meaning for meaning, wording in _COMPILED if wording.fullmatch(words)), None)


def _words(header: str) -> str:
    """Folded, without signs and without what stands in brackets when something stands before them."""
    text = fold(header)
    bare = re.sub(r"\(.*?\)|\[.*?\]", " ", text)
    text = bare if bare.strip(" .:*-") else text
    return " ".join(re.sub(r"[^\w#]+|_", " ", text).split())
