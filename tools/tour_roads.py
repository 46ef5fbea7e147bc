"""Stops of the tour about the road of a member, households in charge, and visits somebody goes along with."""

_MEMBER = (r"/to/\d+", r"/to/\d+/nguoi/\d+", r"/to/\d+/nguoi/\d+/ho")

STOPS = (
    ("con-duong", "tocnscd", "/con-duong"),
    ("con-duong-cua-thanh-vien", "totruong", "/bang-to", (r"/bang-to/\d+", r"/con-duong/\d+")),
    ("ho-phu-trach", "totruong", "/to", _MEMBER),
    (
        "giao-ho",
        "totruong",
        "/to",
        (r"/to/\d+", r"/to/\d+/nguoi/\d+", r"/to/\d+/nguoi/\d+/ho", r"/to/\d+/nguoi/\d+/ho\?thon=\d+"),
    ),
    ("du-tham", "giaovien", "/du-tham"),
    ("di-cung", "giaovien", "/du-tham", (r"/du-tham/\d+",)),
)
