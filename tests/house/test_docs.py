"""What can be set and what can be typed is written down, or it does not exist."""

import hashlib
import re
from pathlib import Path

import click
import pytest
from flask import Flask

ENGINES = ["sqlite"]
ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("README*.md"), *ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
FLASKS_OWN = {"run", "shell", "routes", "db"}


def written() -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


def settings_read() -> set[str]:
    source = (ROOT / "lms" / "settings.py").read_text(encoding="utf-8")
    return set(re.findall(r"""["']([A-Z][A-Z_]{2,})["']""", source))


def commands(app: Flask) -> list[tuple[str, click.Command]]:
    found = []

    def walk(group: click.Group, prefix: str) -> None:
        for name, command in group.commands.items():
            if prefix or name not in FLASKS_OWN:
                if isinstance(command, click.Group):
                    walk(command, f"{prefix}{name} ")
                else:
                    found.append((prefix + name, command))

    walk(app.cli, "")
    return sorted(found)


def test_every_setting_is_documented() -> None:
    text = written()
    assert not [name for name in sorted(settings_read()) if f"`{name}`" not in text and f"`{name}=" not in text]


def test_every_command_is_documented(app: Flask) -> None:
    text = written()
    assert not [name for name, _ in commands(app) if name not in text]


def test_every_command_and_option_explains_itself(app: Flask) -> None:
    silent = [name for name, command in commands(app) if not command.help]
    for name, command in commands(app):
        silent += [
            f"{name} {option.opts[0]}"
            for option in command.params
            if isinstance(option, click.Option) and not option.help
        ]
    assert not silent


def test_every_make_target_is_documented() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    text = written()
    assert targets and not [target for target in targets if f"make {target}" not in text]


@pytest.mark.parametrize(
    ("file", "chapter"), [("requirements.in", "## The application"), ("requirements-dev.in", "## Tests and checks")]
)
def test_every_dependency_has_its_reason_and_nothing_else_has(file: str, chapter: str) -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    told = re.findall(r"^\| \*\*([a-z0-9-]+)\*\* \|", page.split(chapter.lower())[1].split("\n## ")[0], re.M)
    names = re.findall(r"^([a-z0-9-]+)[\[=]", (ROOT / file).read_text(encoding="utf-8"), re.M)
    assert names and sorted(told) == sorted(names)


def test_soak_runs_every_test_that_has_a_full_size() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    told = re.findall(r"--soak -s (.+)", makefile)[0].split()
    for file in (ROOT / "tests").rglob("test_*.py"):
        if re.search(r"def test_\w+\(.*\bsoak\b", file.read_text(encoding="utf-8")):
            name = file.relative_to(ROOT).as_posix()
            assert any(name == one or name.startswith(f"{one}/") for one in told), f"make soak leaves out {name}"


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt", "package-lock.json"])
def test_locks_name_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text and "--index-url" not in text and "--find-links" not in text


def test_every_wanted_package_is_locked_as_wanted() -> None:
    for name in ("requirements", "requirements-dev"):
        lock = (ROOT / f"{name}.txt").read_text(encoding="utf-8")
        for line in (ROOT / f"{name}.in").read_text(encoding="utf-8").splitlines():
            if "==" in line:
                package = re.sub(r"\[.*?\]", "", line).strip()
                assert f"\n{package} " in lock, f"{line}: run `make lock`"


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert not broken


def test_what_others_wrote_for_the_browser_is_as_they_published_it() -> None:
    """A changed byte of a library we carry is either an attack or a fork; both must be seen."""
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    carried = sorted((ROOT / "lms" / "web" / "static" / "vendor").glob("*.js"))
    assert carried
    assert not [one.name for one in carried if hashlib.sha256(one.read_bytes()).hexdigest() not in text]
