"""Stops of the tour about training days."""

_DAY = r"/tap-huan/[0-9a-f-]{36}"

STOPS = (
    ("tap-huan", "tocnscd", "/tap-huan"),
    ("tap-huan-cua-toi", "tocnscd", "/tap-huan/cua-toi"),
    ("gop-y-tap-huan", "tocnscd", "/tap-huan/cua-toi", (_DAY + "/gop-y",)),
    ("mot-ngay-tap-huan", "canboxa", "/tap-huan", (_DAY,)),
    ("ghi-ngay-tap-huan", "canboxa", "/tap-huan", (r"/tap-huan/them/\d+",)),
    ("diem-danh-tap-huan", "canboxa", "/tap-huan?xem=da-qua", (_DAY, _DAY + "/diem-danh")),
    ("to-ky-ten", "canboxa", "/tap-huan", (_DAY, _DAY + "/to-ky-ten")),
    ("tong-ket-tap-huan", "canboxa", "/tap-huan?xem=da-qua", (_DAY, _DAY + "/tong-ket")),
    ("buoi-co-nguoi-coi", "canboxa", "/tap-huan", (_DAY, _DAY + "/buoi")),
    ("hoan-tap-huan", "canboxa", "/tap-huan", (_DAY, _DAY + "/hoan")),
)
