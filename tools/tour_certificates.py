"""Stops of the tour about certificates: (name, who, start, links to follow)."""

BATCH = "/cap-giay/dot/.+"

STOPS = (
    ("xac-minh", "", "/xac-minh"),
    ("xac-minh-khong-mang", "", "/xac-minh/khong-mang"),
    ("loai-giay", "", "/xac-minh/loai/five"),
    ("giay-cua-toi", "hocsinh", "/giay-chung-nhan"),
    ("cap-giay", "giaovien", "/cap-giay"),
    ("de-nghi-cap-giay", "giaovien", "/cap-giay", ("/cap-giay/moi",)),
    ("dot-cap-giay", "canboxa", "/cap-giay", (BATCH,)),
    ("so-cap-giay", "canboxa", "/so-cap-giay"),
    ("mot-giay", "canboxa", "/so-cap-giay", ("/so-cap-giay/[0-9]+",)),
    ("giay-con-gia-tri", "canboxa", "/so-cap-giay", ("/so-cap-giay/[0-9]+", "/xac-minh/[0-9A-Z]{16}")),
)
