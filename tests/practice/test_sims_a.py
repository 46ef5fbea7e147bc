"""The way each simulator means people to go, in every variant, and one run into each of its mistakes.

A step is written `control` (tapped) or `control=value` (typed or chosen).
"""

import json
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from typing import Any

import pytest

from lms.library.practices import read_practice
from lms.library.problems import Findings
from lms.practice.rules.judging import Verdict, judged
from lms.practice.rules.params import choices, completed, variant_of
from lms.practice.rules.reducer import CHOSEN, beginning, step
from lms.settings import PROJECT

Values = dict[str, Any]
Way = list[str]


def paying(v: Values) -> Way:
    way = ["mo_may", "mo_ngan_hang", "van_tay", "vao_quet", "quet_quay"]
    if v["ma"] == "thua_khong":
        way += ["bao_sai_tien", "quet_lai"]
    elif v["ma"] == "dan_de":
        way += ["hoi_ten", "quet_ma_moi"]
    elif v["ma"] == "ten_rieng":
        way += ["hoi_ten", "tra_tiep"]
    way += [f"so_tien={v['amount']}", "noi_dung=ro", "di_tiep", "tra"]
    way += ["tat_may"] if v["sau"] == "goi_otp" else []
    way += [f"o_otp={v['otp']}", "xong_otp", "luu", "ve_nha"]
    way += ["xem_tin", "bo_tin"] if v["sau"] == "tra_lai" else []
    return [*way, "xem_bien_dong", *(["goi_the", "xin_khoa"] if v["sau"] == "dong_la" else ["khop"])]


def buying(v: Values) -> Way:
    stall = v["nen"]
    way = ["mo_san", "tim_dung", f"xem_{stall}", f"mua_{stall}", f"tong={v['tong_nen']}", "tinh_xong"]
    way += ["mau=m2", "sang_dia_chi", "noi_nhan=du", "sang_soat", "bot_mot", "dat_hang"]
    way += {
        "chuyen_rieng": ["tu_choi"],
        "dat_coc": ["xin_anh", "tu_choi"],
        "giao_gia": ["xem_don_gia", "ve_cuoc_goi", "tu_choi_giao"],
        "giao_that": ["xem_don_that", "ve_cuoc_goi", "hen_giao"],
    }[v["sau"]]
    way += ["so_nhan_di"]
    way += ["lech_hoi", "so_nhan_di"] if v["lech"] else []
    return [*way, "khop_tra", "mo_quay", "da_nhan"]


def returning(v: Values) -> Way:
    way = ["mo_san", "don_nay"]
    if v["viec"] == "chua_gui":
        way += ["huy_don", "ly_do_huy=khong_can", f"so_huy={v['tien']}", "gui_huy"]
    else:
        reason = {"sai_mau": "sai", "thieu_hang": "thieu", "chua_thay": "chua"}[v["viec"]]
        way += ["hoi_ca_nha"] if v["viec"] == "chua_thay" else []
        way += ["tra_hang", f"ly_do={reason}", *([] if v["viec"] == "chua_thay" else ["anh=ro"])]
        way += ["mong_muon=hoan", f"so_hoan={v['tien']}", "gui_yeu_cau"]
    way += ["giu_lai", "tat_goi" if v["du"] == "hoi_ma" else "tu_choi_tin"]
    if v["dap"] == "dong_y":
        way += ["xem_tien_1"]
    else:
        way += ["khieu_nai", "loi_kn=du_y", "gui_khieu_nai", "xem_tien_2"]
    return [*way, *(["tien_thieu", "bt_xong"] if v["thieu_tien"] else ["tien_du"])]


def filing(v: Values) -> Way:
    way = ["mo_tin", "bo_tin"] if v["chen"] == "duong_dan" else []
    way += ["mo_tim", "vao_that", "dang_nhap", "tu_vao", "dung_toi", "tim_tt", v["dung"], "xa=nl_xa", "nop_tt"]
    way += ["o_ten=co_dau", f"o_ngay={v['ngay']}", f"o_so={v['dinh_danh']}", "luu_tk"]
    way += {"hoi_ma": ["tat_may"], "dang_nhap_la": ["la_khong"]}.get(v["chen"], [])
    way += ["anh=ro", "gui_anh", "nop"]
    way += ["khong_chuyen"] if v["chen"] == "tien_rieng" else []
    way += ["tra_trong_cong"] if v["phi"] else []
    return [*way, "luu_ma", "thoat"]


def tracking(v: Values) -> Way:
    way = ["mo_trinh_duyet", "vao_that", "dang_nhap", "khong_luu"]
    way += ["bo_tin" if v["chen"] == "duong_dan" else "tat_may", "mo_tra_cuu", f"o_ma={v['ma_hs']}", "tim"]
    way += {
        "bo_sung": ["viec_bo_sung", "anh=ro", "gui_bo_sung", "sang_ghi"],
        "qua_hen": ["viec_phan_anh", "loi=du", "gui_phan_anh", "sang_ghi"],
        "trong_han": ["viec_cho", f"o_hen={v['hen']}", "ghi_hen"],
        "co_ket_qua": ["viec_tai", *(["kq_sai", "luu_moi"] if v["sai_ten"] else ["kq_dung"]), "sang_ghi"],
    }[v["trang"]]
    return [*way, "ghi_ma", "thoat"]


WAYS: dict[str, Callable[[Values], Way]] = {
    "s1/nop-ho-so": filing,
    "s1/tra-cuu-bo-sung": tracking,
    "s2/mua-hang": buying,
    "s2/doi-tra-khieu-nai": returning,
    "s3/quet-ma": paying,
}

# Simulator → mistake → (parameters that matter, the last right step before it, the steps into it).
SLIPS: dict[str, dict[str, tuple[Values, str, Way]]] = {
    "s3/quet-ma": {
        "dua-khoa": ({}, "mo_ngan_hang", ["dua_may"]),
        "ten-la": ({"ma": "dan_de"}, "quet_quay", ["so_tien=145000", "noi_dung=ro", "di_tiep", "tra"]),
        "thua-tien": ({"ma": "thua_khong"}, "quet_quay", ["giu_nguyen"]),
        "doc-ma": ({"ma": "dung_ten", "sau": "goi_otp"}, "tra", ["hoi_ai", "doc_goi"]),
        "quet-de-nhan": ({"sau": "tra_lai"}, "xem_tin", ["quet_nhan", "xac_nhan_nhan"]),
        "so-trong-tin": ({"sau": "dong_la"}, "xem_bien_dong", ["goi_tin"]),
        "bo-dong-la": ({"sau": "dong_la"}, "goi_the", ["de_mai"]),
        "chua-hoi": ({"ma": "ten_rieng"}, "quet_quay", ["so_tien=145000", "noi_dung=ro", "di_tiep", "tra"]),
        "thieu-tien": ({"ma": "dung_ten"}, "quet_quay", ["so_tien=14500", "noi_dung=ro", "di_tiep", "tra"]),
        "noi-dung-trong": ({"ma": "dung_ten"}, "quet_quay", ["so_tien=145000", "noi_dung=qua_loa", "di_tiep", "tra"]),
        "khong-luu": ({}, "xong_otp", ["ve_nha"]),
        "lo-qua": ({"sau": "yen"}, "xem_bien_dong", ["goi_the"]),
    },
    "s2/mua-hang": {
        "san-gia": ({}, "", ["mo_tin_km", "mo_lien_ket", "dien_san_gia"]),
        "ngoai-san": ({"sau": "dat_coc"}, "xin_anh", ["chuyen_coc"]),
        "tra-giao-gia": ({"sau": "giao_gia"}, "dat_hang", ["chuyen_38"]),
        "gian-xau": ({}, "tim_dung", ["xem_c", "mua_c"]),
        "qua-tien": ({"kieu": "ma_giam"}, "tim_dung", ["xem_b", "mua_b", "tong=115000", "tinh_xong"]),
        "dat-sai": ({}, "sang_soat", ["dat_hang"]),
        "tinh-nham": ({"kieu": "re_mot_nua"}, "mua_a", ["tong=110000", "tinh_xong"]),
        "chua-so": ({"sau": "giao_that"}, "hen_giao", ["tra_luon"]),
        "nghi-oan": ({"sau": "giao_that"}, "dat_hang", ["tat_that"]),
        "khong-quay": ({}, "khop_tra", ["mo_luon"]),
    },
    "s2/doi-tra-khieu-nai": {
        "trang-gia": ({"du": "duong_dan"}, "giu_lai", ["mo_dan", "dien_the"]),
        "bam-da-nhan": ({"du": "bam_truoc"}, "giu_lai", ["bam_nhan"]),
        "doc-ma": ({"du": "hoi_ma"}, "giu_lai", ["doc_ma"]),
        "sai-kenh": ({}, "don_nay", ["goi_kenh_la"]),
        "sai-ly-do": (
            {"viec": "thieu_hang"},
            "tra_hang",
            ["ly_do=thieu", "anh=ro", "mong_muon=hoan", "so_hoan=90000", "gui_yeu_cau"],
        ),
        "anh-khong-ro": (
            {"viec": "sai_mau"},
            "tra_hang",
            ["ly_do=sai", "anh=cua_gian", "mong_muon=hoan", "so_hoan=120000", "gui_yeu_cau"],
        ),
        "xoa-bang-chung": ({}, "gui_yeu_cau", ["xoa_het"]),
        "chua-hoi-nha": (
            {"viec": "chua_thay"},
            "don_nay",
            ["tra_hang", "ly_do=chua", "mong_muon=hoan", "so_hoan=320000", "gui_yeu_cau"],
        ),
        "bo-quyen": ({"viec": "chua_gui"}, "don_nay", ["de_yen"]),
        "loi-chua-ro": ({"du": "duong_dan"}, "khieu_nai", ["loi_kn=nang", "gui_khieu_nai"]),
        "khong-dem-tien": ({"viec": "sai_mau", "du": "hoi_ma"}, "xem_tien_1", ["tien_du"]),
    },
    "s1/nop-ho-so": {
        "cong-gia": ({}, "mo_tim", ["vao_nhai", "dn_nhai"]),
        "dua-mat-khau": ({}, "dang_nhap", ["doc_mk"]),
        "doc-ma": ({"chen": "hoi_ma"}, "luu_tk", ["doc_ma"]),
        "nhan-ho": ({"chen": "dang_nhap_la"}, "luu_tk", ["la_dung"]),
        "tien-rieng": ({"chen": "tien_rieng"}, "nop", ["chuyen_rieng"]),
        "nham-thu-tuc": ({"viec": "gia_han"}, "tim_tt", ["dk"]),
        "nham-xa": ({}, "tim_tt", ["dk", "xa=kt_xa", "nop_tt"]),
        "khong-doc-loi": ({}, "nop_tt", ["luu_tk", "luu_tk", "luu_tk"]),
        "anh-hong": ({"chen": "duong_dan"}, "luu_tk", ["anh=loa", "gui_anh"]),
        "khong-giu-ma": ({"chen": "duong_dan"}, "tra_trong_cong", ["thoat"]),
        "khong-thoat": ({}, "luu_ma", ["bo_di"]),
    },
    "s1/tra-cuu-bo-sung": {
        "cong-gia": ({}, "mo_trinh_duyet", ["vao_gach", "dien_gach"]),
        "tra-tien-sua": ({"chen": "doi_tien"}, "khong_luu", ["chuyen_200"]),
        "doc-ma": ({"chen": "xin_ma"}, "khong_luu", ["doc_ma"]),
        "nop-trung": ({}, "tim", ["viec_moi"]),
        "giuc-som": ({"trang": "trong_han"}, "tim", ["viec_phan_anh", "loi=du", "gui_phan_anh"]),
        "bo-qua": ({"trang": "bo_sung"}, "tim", ["viec_cho"]),
        "doc-lot": ({"trang": "trong_han"}, "tim", ["viec_tai"]),
        "anh-hong": ({"trang": "bo_sung"}, "viec_bo_sung", ["anh=goc", "gui_bo_sung"]),
        "phan-anh-thieu": ({"trang": "qua_hen"}, "viec_phan_anh", ["loi=nang", "gui_phan_anh"]),
        "khong-xem-ten": ({"trang": "co_ket_qua", "chen": "doi_tien"}, "viec_tai", ["kq_dung"]),
        "bao-nham": ({"trang": "co_ket_qua", "chen": "duong_dan"}, "viec_tai", ["kq_sai"]),
        "lo-mat-khau": ({}, "dang_nhap", ["luu_may"]),
        "khong-ghi": ({"trang": "bo_sung"}, "sang_ghi", ["khong_ghi"]),
        "khong-thoat": ({}, "ghi_ma", ["bo_di"]),
    },
}


@cache
def spec_of(name: str) -> Any:
    findings = Findings()
    practice = read_practice(PROJECT / "content/practice" / f"{name}.yaml", findings)
    assert practice is not None and findings.in_order() == []
    return json.loads(json.dumps(practice.spec))


def drawings(name: str) -> Iterator[Values]:
    """Every combination of the parameters, with what is derived."""
    params = spec_of(name)["params"]
    for picked in product(*(choices(param) for param in params)):
        yield completed(spec_of(name), dict(zip((param["name"] for param in params), picked, strict=True)))


def first_with(name: str, wanted: Values) -> Values:
    return next(values for values in drawings(name) if wanted.items() <= values.items())


def walked(name: str, values: Values, way: Way) -> tuple[Any, Verdict]:
    spec, state = spec_of(name), beginning(spec_of(name))
    for written in way:
        control, _, value = written.partition("=")
        item = next((one for one in spec["screens"][state["screen"]]["items"] if one["id"] == control), None)
        assert item, f"{written} is not on {state['screen']} in {variant_of(spec, values)}"
        verb = "choose" if item["kind"] in CHOSEN else "input"
        state = step(spec, values, state, [verb, control, value] if value else ["tap", control])
        assert "invalid" not in state, f"{written}: {state} in {variant_of(spec, values)}"
    return state, judged(spec, values, state)


@pytest.mark.parametrize("name", WAYS)
def test_the_intended_way_passes_in_every_variant(name: str) -> None:
    for values in drawings(name):
        state, verdict = walked(name, values, WAYS[name](values))
        assert (verdict.passed, verdict.mistakes) == (True, ()), (variant_of(spec_of(name), values), state["screen"])


@pytest.mark.parametrize("name", WAYS)
def test_variants_ask_for_at_least_eight_different_ways(name: str) -> None:
    """Not only other names and numbers: the taps themselves differ, or what stood on the screen when they were made."""
    variants = {variant_of(spec_of(name), values) for values in drawings(name)}
    assert len(variants) >= 8
    taps = {tuple(one.partition("=")[0] for one in WAYS[name](values)) for values in drawings(name)}
    assert len(taps) >= 4


@pytest.mark.parametrize(("name", "mistake"), [(name, mistake) for name in SLIPS for mistake in SLIPS[name]])
def test_each_mistake_is_noted_where_it_is_made(name: str, mistake: str) -> None:
    wanted, last_right, slip = SLIPS[name][mistake]
    values = first_with(name, wanted)
    right = WAYS[name](values)
    before = right[: right.index(last_right) + 1] if last_right else []
    state, verdict = walked(name, values, [*before, *slip])
    assert verdict.mistakes == (mistake,)
    assert not verdict.passed or not state["done"] or _severity(name, mistake) == "minor"


@pytest.mark.parametrize("name", WAYS)
def test_one_critical_mistake_spoils_the_run_even_when_all_else_is_right(name: str) -> None:
    for mistake in (one for one in SLIPS[name] if _severity(name, one) == "critical"):
        values = first_with(name, SLIPS[name][mistake][0])
        spec = spec_of(name)
        end, verdict = walked(name, values, WAYS[name](values))
        assert verdict.passed
        assert not judged(spec, values, {**end, "mistakes": [mistake]}).passed


@pytest.mark.parametrize("name", WAYS)
def test_every_mistake_of_the_file_is_tried_here(name: str) -> None:
    assert set(SLIPS[name]) == {mistake["id"] for mistake in spec_of(name)["mistakes"]}


@pytest.mark.parametrize("name", WAYS)
def test_whatever_went_wrong_can_still_be_ended(name: str) -> None:
    """After each slip there is a way to an end: nobody is left on a screen without a control."""
    for wanted, last_right, slip in SLIPS[name].values():
        values = first_with(name, wanted)
        right = WAYS[name](values)
        state, _verdict = walked(name, values, [*(right[: right.index(last_right) + 1] if last_right else []), *slip])
        screen = spec_of(name)["screens"][state["screen"]]
        assert state["done"] or any(item["kind"] in ("button", "row") for item in screen["items"]), state["screen"]


def _severity(name: str, mistake: str) -> str:
    return next(str(one["severity"]) for one in spec_of(name)["mistakes"] if one["id"] == mistake)
