"""Stops of the tour about supervised practice and rulesets; tools/tour.py takes them into its list."""

from collections.abc import Callable, Iterator
from typing import Any

ONE = "/chung-kien/thuc-hanh/[0-9a-f-]{36}"
CLASS = ("/chung-kien/thuc-hanh/mo.lop=[0-9]+",)


def stops(stop: Callable[..., Any]) -> Iterator[Any]:
    opening = "/chung-kien/thuc-hanh/mo"
    yield stop("buoi-thuc-hanh-cho-ai", "giaovien", opening)
    yield stop("mo-buoi-thuc-hanh", "giaovien", opening, CLASS)
    yield stop("bang-buoi-thuc-hanh", "giaovien", opening, CLASS, act=open_session)
    yield stop("buoi-hom-nay", "giaovien", "/chung-kien/thuc-hanh")
    yield stop("ky-buoi-thuc-hanh", "giaovien", "/chung-kien/thuc-hanh", (ONE, f"{ONE}/ky"))
    yield stop("them-vao-buoi", "giaovien", "/chung-kien/thuc-hanh", (ONE, f"{ONE}/them"))
    yield stop("vao-buoi-thuc-hanh", "hocsinh", "/buoi-thuc-hanh")
    yield stop("nen-tang-o-day", "quantri", "/quan-tri/nen-tang")
    yield stop("ghi-nen-tang", "quantri", "/quan-tri/nen-tang/cong-phan-anh")
    yield stop("quy-tac", "quantri", "/quan-tri/quy-tac")
    yield stop("xem-thu-quy-tac", "quantri", "/quan-tri/quy-tac", act=try_out)


def open_session(page: Any) -> None:
    page.select_option("select[name=skill_id]", value="s3")
    page.fill("[name=place]", "Phòng máy")
    page.get_by_role("button", name="Mở buổi").click()


def try_out(page: Any) -> None:
    page.get_by_role("button", name="Xem thử").click()
