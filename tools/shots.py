"""Screenshots of every stop of the tour, as a phone and a desk see it, into shots/.

python -m tools.shots [name …]; with SITE=http://… the pictures are taken of a demo that is running already.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.server import Server
from tests import browser
from tools.tour import EVERYBODY, PASSWORD, STOPS, Stop, arrive

SHOTS = Path(__file__).parent.parent / "shots"
TALLEST = 12_000
SIZES: dict[str, Any] = {"phone": browser.PHONE, "desk": browser.DESK}


def main() -> int:
    wanted = [stop for stop in STOPS if stop.name in sys.argv[1:]] or list(STOPS)
    SHOTS.mkdir(exist_ok=True)
    with browser.launched() as window, _site() as address:
        faults = [fault for name, size in SIZES.items() for fault in _shoot_all(window, address, name, size, wanted)]
    print("\n".join(faults))
    return 1 if faults else 0


@contextmanager
def _site() -> Iterator[str]:
    """The demo on a server of its own, or the one already running at SITE."""
    if address := os.environ.get("SITE"):
        yield address
        return
    with tempfile.TemporaryDirectory() as folder:
        environment = {"DATA_DIR": folder, "DEMO": "1"}
        with Server("lms.serve", environment, Path(folder) / "server.log") as server:
            yield server.address


def _shoot_all(window: Any, address: str, size_name: str, size: dict[str, int], wanted: list[Stop]) -> list[str]:
    """One window for each account, so that nobody signs in twice."""
    visitors = browser.Visitors(window, address)
    pages: dict[str, Any] = {}
    for stop in wanted:
        if stop.is_for_a_wall and size_name == "phone":
            continue
        try:
            if stop.who not in pages:
                pages[stop.who] = visitors.window(size)
                if stop.who != EVERYBODY:
                    browser.sign_in(pages[stop.who], stop.who, PASSWORD)
            page = pages[stop.who]
            arrive(page, stop)
            if wide := browser.wider_than_screen(page):
                visitors.faults.append(f"{stop.name}-{size_name}: {wide} px wider than the screen")
            # As tall as the page, or the bar at the bottom of a phone would stand in the middle of the picture.
            height = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({**size, "height": max(size["height"], min(height, TALLEST))})
            page.screenshot(path=SHOTS / f"{stop.name}-{size_name}.png", full_page=True)
            page.set_viewport_size(size)
        except (LookupError, browser.Error) as problem:
            visitors.faults.append(f"{stop.name}-{size_name}: {problem}")
    visitors.close()
    return visitors.faults


if __name__ == "__main__":
    sys.exit(main())
