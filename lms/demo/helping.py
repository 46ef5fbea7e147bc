"""Around the team of the demo: entries of the directory and an offer, plainly samples and without a number; a drive
that is closed and signed, and one under way. No business and no telephone number is invented."""

from datetime import date, timedelta

from lms import clock
from lms.demo.certified import OFFICE
from lms.demo.world import World
from lms.drives import actions as drives
from lms.drives import queries as drive_queries
from lms.drives.actions import DriveWords
from lms.offers import actions as offers
from lms.offers.actions import ContactWords, OfferWords

CONTACTS = (
    # where, kind, what for, who, of what
    ("Ngọc Liên", "office", "Mẫu: hỏi về dịch vụ công trực tuyến", "Nguyễn Văn Mẫu", "Bộ phận một cửa của xã"),
    ("Ngọc Liên", "business", "Mẫu: mất sóng, đổi sim", "Trần Thị Mẫu", "Doanh nghiệp viễn thông mẫu"),
    ("Ngọc Liên/Thôn Mẫu 1", "group", "Mẫu: mượn nhà văn hoá", "Bùi Văn Mẫu", "Thôn Mẫu 1"),
)
SOURCE = "Dữ liệu mẫu, không phải người thật"


def settle_help(world: World, today: date) -> None:
    officer = world.accounts["canboxa"].id
    now = clock.start_of(today) + timedelta(hours=7)
    for where, kind, role, name, organisation in CONTACTS:
        words = ContactWords(kind, role, name, organisation, "", SOURCE, today - timedelta(days=20))
        offers.write_contact(world.units[where].id, words, officer, now)
    offer = OfferWords(
        business="Doanh nghiệp viễn thông mẫu", title="Mẫu: gói dữ liệu cho thành viên tổ", detail="",
        how="Mẫu: đem giấy chứng nhận đến cửa hàng.", from_on=today - timedelta(days=20),
        last_day=today + timedelta(days=70), source=SOURCE, checked_on=today - timedelta(days=20),
    )  # fmt: skip
    offers.write_offer(world.units["Ngọc Liên"].id, offer, officer, now)
    _drive(world, today)


def _drive(world: World, today: date) -> None:
    officer, commune = world.accounts["canboxa"].id, world.units["Ngọc Liên"].id
    for name, began, length, target, numbers in (
        ("Mẫu: ba tuần đi từng ngõ", today - timedelta(days=200), 20, 6, (1, 2)),
        ("Mẫu: tháng đi từng ngõ, gõ từng nhà", today - timedelta(days=30), 45, 3, (1, 2, 3, 4)),
    ):
        villages = tuple(world.units[f"Ngọc Liên/Thôn Mẫu {n}"].id for n in numbers)
        target = min(target, drive_queries.to_open(villages, began))
        if not target:
            continue  # so small a demo has nothing left to open
        words = DriveWords(
            name, "Mỗi tối hai nhà, mỗi nhà một việc.", began, began + timedelta(days=length), target, villages
        )
        row = drives.write_drive(commune, words, officer, clock.start_of(began) + timedelta(hours=8))
        if row.until_on <= today:
            closed_at = clock.start_of(row.until_on) + timedelta(hours=8)
            drives.close(row.id, officer, OFFICE, "Lời tổng kết mẫu.", closed_at)
