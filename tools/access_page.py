"""Writes docs/access.md: every address, what it asks for, and who has it. A change of permission shows in review.

python -m tools.access_page
"""

import tempfile
from pathlib import Path

from flask import Flask

from lms.access.rules import RIGHTS, Right
from lms.app import create_app
from lms.settings import Settings

PAGE = Path(__file__).parent.parent / "docs" / "access.md"
OPENING = """# Who may do what

Made by `make docs` from the running application; a test compares. Which *rows* somebody sees is decided by each room's
`visible_to`: a right opens the page, the scope opens the household.

| Address | Method | Endpoint | Asks for | Roles that hold it |
|---|---|---|---|---|
"""


def access_page(app: Flask) -> str:
    declared = app.extensions["rights"]
    rows = []
    for rule in app.url_map.iter_rules():
        right = declared[rule.endpoint]
        methods = ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        roles = "everybody" if right == "public" else ", ".join(_roles(Right(right)))
        rows.append((rule.rule, methods, f"`{rule.endpoint}`", str(right), roles))
    return OPENING + "".join(f"| {' | '.join(row)} |\n" for row in sorted(rows))


def _roles(right: Right) -> list[str]:
    return sorted(str(role) for role, rights in RIGHTS.items() if right in rights)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/unused.db"
        app = create_app(Settings(data_dir=Path(folder), database_url=url, secret_key="unused"))  # noqa: S106 never used
    PAGE.write_text(access_page(app), encoding="utf-8")
    print(f"{PAGE.name} written")


if __name__ == "__main__":
    main()
