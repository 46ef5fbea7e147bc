"""Stops of the tour about the directory, offers, the leader's board and drives: (name, who, start, links to follow)."""

UNIT = ("/danh-ba/[0-9]+",)
DRIVE = ("/dot-ra-quan/[0-9]+",)

STOPS = (
    ("danh-ba", "tocnscd", "/danh-ba"),
    ("uu-dai-chua-mo", "tocnscd", "/danh-ba", ("/uu-dai",)),
    ("uu-dai", "totruong", "/danh-ba", ("/uu-dai",)),
    ("danh-ba-xa", "canboxa", "/danh-ba", UNIT),
    ("ghi-danh-ba", "canboxa", "/danh-ba", (*UNIT, "/danh-ba/[0-9]+/them")),
    ("mot-muc-danh-ba", "canboxa", "/danh-ba", ("/danh-ba/so", "/danh-ba/muc/[0-9]+")),
    ("mot-uu-dai", "canboxa", "/uu-dai", ("/uu-dai/so", "/uu-dai/[0-9]+")),
    ("cac-bang-to", "canboxa", "/bang-to"),
    ("bang-to", "totruong", "/bang-to", ("/bang-to/[0-9]+",)),
    ("mot-dot", "canboxa", "/bang-to", ("/dot-ra-quan", *DRIVE)),
    ("ghi-dot", "canboxa", "/dot-ra-quan", ("/dot-ra-quan/them/[0-9]+",)),
    ("tong-ket-dot", "canboxa", "/dot-ra-quan", ("/dot-ra-quan/1", "/dot-ra-quan/[0-9]+/tong-ket")),
)
