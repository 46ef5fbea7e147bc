"""Stops of the tour about visits to homes."""

_HOUSE, _VISIT = r"/di-tham/ho/\d+", r"/di-tham/luot/[0-9a-f-]+"

STOPS = (
    ("di-tham", "tocnscd", "/di-tham"),
    ("tham-ho", "tocnscd", "/di-tham", (_HOUSE,)),
    ("chung-o-nha", "tocnscd", "/di-tham", (_HOUSE, _HOUSE + r"/chung/\d+")),
    ("ghi-luot-tham", "tocnscd", "/di-tham", (_HOUSE, _HOUSE + r"/ghi\?viec=s\d")),
    ("mot-luot-tham", "tocnscd", "/di-tham", (_HOUSE, _VISIT)),
    ("to-hen", "tocnscd", "/di-tham", (_HOUSE, _VISIT, _VISIT + "/to-hen")),
)
