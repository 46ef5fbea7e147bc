"""`python -m lms.library content`: the same check without the application."""

import argparse
import sys
from pathlib import Path

from lms import clock
from lms.library.report import check_report


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m lms.library", description="Kiểm tra thư mục nội dung.")
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true", help="in ra JSON")
    parser.add_argument("--due", action="store_true", help="kể cả thứ đến hạn kiểm tra trong 30 ngày")
    chosen = parser.parse_args(arguments)
    text, code = check_report(chosen.paths, clock.today(), as_json=chosen.json, with_due=chosen.due)
    sys.stdout.write(text + "\n")
    return code


if __name__ == "__main__":
    raise SystemExit(main())
