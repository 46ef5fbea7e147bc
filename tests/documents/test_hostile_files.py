"""Files that want to hurt: refused with one sentence, in under two seconds and 200 MB."""

import io
import random
import subprocess
import sys
import textwrap
import time
import zipfile
from contextlib import suppress

import openpyxl
import pytest

from lms.documents.tables import read_tables
from lms.refusals import Refusal
from tests.documents.books import HEAD, MAIN, book, pack, parts_of, sheet, table_book

CELL = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Tên</t></is></c></row>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def refused(name, content):
    began = time.process_time()
    with pytest.raises(Refusal) as refusal:
        read_tables(name, content)
    assert time.process_time() - began < 2
    assert refusal.value.sentence.endswith(".") and "\n" not in refusal.value.sentence
    return refusal.value.code


def zip_bomb():
    return book(CELL + "</sheetData>", **{"xl/media/a.bin": b"\0" * (150 * 1024 * 1024)})


def lying_zip_bomb():
    """The directory claims ten bytes where a hundred million come out."""
    content = bytearray(book(CELL + "</sheetData>" + " " * (60 * 1024 * 1024)))
    entry = content.rfind(b"xl/worksheets/sheet1.xml") - 46
    content[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    return bytes(content)


def overlapping_zip_bomb():
    """One packed part named four hundred times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a", b"\0" * (2 * 1024 * 1024))
        first = made.infolist()[0]
        for number in range(400):
            twin = zipfile.ZipInfo(f"a{number}")
            for key in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(twin, key, getattr(first, key))
            made.filelist.append(twin)
            made.NameToInfo[twin.filename] = twin
    return out.getvalue()


def crowded_zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for number in range(60_000):
            made.writestr(str(number), b"")
    return out.getvalue()


def many_rows():
    return book(
        "<sheetData>"
        + "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 20_300))
        + "</sheetData>"
    )


def endless_tag():
    return book("<sheetData><row r='1' x='" + "a" * (50 * 1024 * 1024) + "'/></sheetData>")


def endless_text():
    return book(CELL + "<row><c t='inlineStr'><is><t>" + "a" * (50 * 1024 * 1024) + "</t></is></c></row></sheetData>")


def one_text_everywhere():
    cells = "".join(f"<row r='{n}'>" + "<c t='s'><v>0</v></c>" * 100 + "</row>" for n in range(1, 2000))
    strings = f'{HEAD}<sst xmlns="{MAIN}"><si><t>{"a" * 30_000}</t></si></sst>'
    return book(f"<sheetData>{cells}</sheetData>", **{"xl/sharedStrings.xml": strings})


def coloured_cells():
    return book("<sheetData><row r='1'>" + "<c s='1'/>" * 5_000_000 + "</row></sheetData>")


def merged_everything():
    return book(
        f"{CELL}<row r='20000'><c r='GR20000'><v>1</v></c></row></sheetData><mergeCells>"
        + '<mergeCell ref="A1:XFD1048576"/>' * 9000
        + "</mergeCells>"
    )


def macro_book():
    return book(CELL + "</sheetData>", **{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0macro"})


def encrypted_ole():
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000)


def encrypted_zip():
    content = bytearray(table_book([["a"]]))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


HOSTILE = {
    "zip bomb": (zip_bomb, "file-bomb"),
    "lying zip bomb": (lying_zip_bomb, "file-broken"),
    "overlapping zip bomb": (overlapping_zip_bomb, "file-bomb"),
    "sixty thousand parts": (crowded_zip, "file-bomb"),
    "zip in a zip": (lambda: book(CELL + "</sheetData>", **{"xl/media/x.png": table_book([["a"]])}), "file-nested"),
    "program inside": (lambda: book(CELL + "</sheetData>", **{"xl/media/x.png": b"MZ\x90\x00"}), "file-nested"),
    "path outside": (lambda: book(CELL + "</sheetData>", **{"../../evil.txt": b"x"}), "file-hostile"),
    "path of the root": (lambda: book(CELL + "</sheetData>", **{"/etc/cron.d/x": b"x"}), "file-hostile"),
    "plain zip": (lambda: pack({"readme.txt": b"hello"}), "file-renamed"),
    "word document": (
        lambda: pack(
            parts_of(
                "<x/>",
                **{
                    "_rels/.rels": parts_of("")["_rels/.rels"].replace("xl/workbook.xml", "word/document.xml"),
                    "word/document.xml": "<x/>",
                },
            )
        ),
        "file-renamed",
    ),
    "billion laughs": (lambda: book(CELL + "</sheetData>&c;", LAUGHS), "file-hostile"),
    "outside entity": (
        lambda: book(CELL + "<row><c t='inlineStr'><is><t>&e;</t></is></c></row></sheetData>", OUTSIDE),
        "file-hostile",
    ),
    "bare document type": (lambda: book(CELL + "</sheetData>", "<!DOCTYPE worksheet>"), "file-hostile"),
    "entity in the strings": (
        lambda: book(
            CELL + "</sheetData>",
            **{"xl/sharedStrings.xml": f'{HEAD}{OUTSIDE}<sst xmlns="{MAIN}"><si><t>&e;</t></si></sst>'},
        ),
        "file-hostile",
    ),
    "entity in UTF-16": (
        lambda: pack(parts_of(sheet(CELL + "</sheetData>", OUTSIDE).replace("UTF-8", "UTF-16").encode("utf-16"))),
        "file-hostile",
    ),
    "entity in the workbook": (
        lambda: book(CELL + "</sheetData>", **{"xl/workbook.xml": f"{HEAD}{LAUGHS}<workbook/>"}),
        "file-hostile",
    ),
    "far row": (
        lambda: book(f"{CELL}<row r='1048576'><c r='A1048576'><v>1</v></c></row></sheetData>"),
        "table-too-long",
    ),
    "far column": (lambda: book("<sheetData><row r='1'><c r='XFD1'><v>1</v></c></row></sheetData>"), "table-too-wide"),
    "far corner": (
        lambda: book(f"{CELL}<row r='1048576'><c r='XFD1048576'><v>1</v></c></row></sheetData>"),
        "table-too-long",
    ),
    "too many rows": (many_rows, "table-too-long"),
    "endless tag": (endless_tag, "table-too-big"),
    "endless text": (endless_text, "table-too-big"),
    "one long text pointed to everywhere": (one_text_everywhere, "table-too-big"),
    "five million coloured cells": (coloured_cells, "table-too-big"),
    "macro inside": (macro_book, "file-macro"),
    "password of Excel": (encrypted_ole, "file-encrypted"),
    "password of zip": (encrypted_zip, "file-encrypted"),
    "old workbook renamed": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "file-renamed"),
    "text renamed": (lambda: "Họ tên;Thôn\n".encode(), "file-renamed"),
    "web page renamed": (lambda: b"<html><table></table></html>", "file-renamed"),
    "cut in half": (lambda: table_book([["a"]] * 50)[:900], "file-broken"),
    "broken XML": (lambda: pack(parts_of("<worksheet><sheetData>")), "file-broken"),
    "empty": (lambda: b"", "file-empty"),
    "too big": (lambda: b"PK\x03\x04" + bytes(11 * 1024 * 1024), "file-too-big"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_workbooks(kind):
    make, code = HOSTILE[kind]
    assert refused("danh-sach.xlsx", make()) == code


@pytest.mark.parametrize(
    ("name", "make", "code"),
    [
        ("a.csv", lambda: table_book([["a"]]), "file-renamed"),
        ("a.csv", lambda: b"%PDF-1.7 ...", "file-renamed"),
        ("a.csv", lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "file-renamed"),
        ("a.csv", lambda: b" <HTML><table>", "file-renamed"),
        ("a.csv", lambda: bytes(range(256)) * 20, "file-renamed"),
        ("a.csv", lambda: b"a;b\n" * 25_000, "table-too-long"),
        ("a.csv", lambda: b"\n" * (9 * 1024 * 1024), "file-empty"),
        ("a.csv", lambda: b"a\n" + b"\n" * (9 * 1024 * 1024), "table-too-long"),
        ("a.csv", lambda: b";" * (9 * 1024 * 1024) + b"a", "table-too-wide"),
        ("a.csv", lambda: b'"' + b"a" * (9 * 1024 * 1024), "file-broken"),
        ("a.csv", lambda: b"Nguy\x8a\x8d;x\n", "file-encoding"),
        ("a.xlsm", macro_book, "file-macro"),
        ("a.xls", encrypted_ole, "file-old-kind"),
        ("a.exe", lambda: b"MZ", "file-unknown-kind"),
        ("danh-sach", lambda: b"a;b", "file-unknown-kind"),
    ],
)
def test_hostile_text_and_wrong_names(name, make, code):
    assert refused(name, make()) == code


def test_a_list_coloured_far_to_the_right_is_read():
    coloured = "".join(f"<row r='{n}'>" + "<c s='1'/>" * 38 + "</row>" for n in range(2, 20_001))
    assert read_tables("a.xlsx", book(f"{CELL}{coloured}</sheetData>"))[0].cell(1, 1).text == "Tên"


def test_merging_everything_costs_nothing():
    began = time.process_time()
    assert read_tables("a.xlsx", merged_everything())[0].cell(1, 1).text == "Tên"
    assert time.process_time() - began < 2


def test_damaged_bytes_never_let_a_stranger_error_through():
    whole = table_book([["Họ tên", "Thôn"]] + [["Lê Thị Hà", "Thôn Mẫu 1"]] * 20)
    dice = random.Random(7)
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(dice.randint(1, 8)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        with suppress(Refusal):
            read_tables("a.xlsx", bytes(damaged))


@pytest.mark.parametrize(
    "kind",
    [
        "zip bomb",
        "lying zip bomb",
        "endless tag",
        "endless text",
        "five million coloured cells",
        "one long text pointed to everywhere",
    ],
)
def test_bombs_stay_under_200_megabytes(kind, tmp_path):
    path = tmp_path / "bomb"
    path.write_bytes(HOSTILE[kind][0]())
    script = """
        import sys
        from pathlib import Path
        from lms.documents.tables import read_tables
        from lms.refusals import Refusal
        try:
            read_tables("a.xlsx", Path(sys.argv[1]))
        except Refusal:
            print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(path)], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 200 * 1024


def test_the_largest_honest_list_is_read():
    workbook = openpyxl.Workbook(write_only=True)
    page = workbook.create_sheet("Xã")
    for number in range(20_001):
        page.append([number, f"NL-{number}", "Nguyễn Thị Khuyên", "Con", "05/09/2013", "Nữ", "Thôn Mẫu 1"])
    out = io.BytesIO()
    workbook.save(out)
    assert len(read_tables("a.xlsx", out.getvalue())[0].rows) == 20_001
