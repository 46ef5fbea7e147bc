"""The tour: every page worth looking at, who looks, and how they get there. Screenshots and accessibility read it."""

import re
from dataclasses import dataclass
from typing import Any

PASSWORD = "nam-canh-2026"  # noqa: S105 the demo's, printed on its sign-in page
EVERYBODY = ""


@dataclass(frozen=True)
class Stop:
    """A page: from `start`, the first link that fits each pattern is followed."""

    name: str
    who: str
    """A demo account, or nobody."""
    start: str
    follow: tuple[str, ...] = ()


STOPS = (
    Stop("trang-truoc", EVERYBODY, "/"),
    Stop("dang-nhap", EVERYBODY, "/dang-nhap"),
    Stop("khoa-hoc", EVERYBODY, "/khoa-hoc"),
    Stop("khoa", EVERYBODY, "/khoa-hoc", ("/khoa-hoc/[^/?#]+",)),
    Stop("bai-hoc", EVERYBODY, "/khoa-hoc", ("/khoa-hoc/[^/?#]+", "/khoa-hoc/[^/?#]+/[^/?#]+")),
    Stop("khong-tim-thay", EVERYBODY, "/khong-co-trang-nay"),
    Stop("nha-hoc-sinh", "hocsinh", "/"),
    Stop("nha-giao-vien", "giaovien", "/"),
    Stop("nha-to-cnscd", "tocnscd", "/"),
    Stop("nha-to-truong", "totruong", "/"),
    Stop("nha-nguoi-dan", "nguoidan", "/"),
    Stop("nha-can-bo-xa", "canboxa", "/"),
    Stop("nha-can-bo-huyen", "canbohuyen", "/"),
    Stop("nha-quan-tri", "quantri", "/"),
)


def arrive(page: Any, stop: Stop) -> None:
    """Walk to the stop; a missing link raises, because then a newcomer would not find the page either."""
    page.goto(stop.start)
    for pattern in stop.follow:
        addresses = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
        page.goto(_first_fitting(addresses, pattern))


def _first_fitting(addresses: list[str], pattern: str) -> str:
    for address in addresses:
        if re.fullmatch(pattern, address):
            return address
    raise LookupError(f"no link like {pattern} among {addresses}")
