"""Screenshots of every stop of the tour, as a phone and a desk see it, into shots/.

python -m tools.shots [name …]
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.server import Server
from tests import browser
from tools.tour import EVERYBODY, PASSWORD, STOPS, Stop, arrive

SHOTS = Path(__file__).parent.parent / "shots"
SIZES: dict[str, Any] = {"phone": browser.PHONE, "desk": browser.DESK}


def main() -> int:
    wanted = [stop for stop in STOPS if stop.name in sys.argv[1:]] or list(STOPS)
    SHOTS.mkdir(exist_ok=True)
    failed = 0
    with tempfile.TemporaryDirectory() as folder, browser.launched() as window:
        environment = {"DATA_DIR": folder, "DEMO": "1"}
        with Server("lms.serve", environment, Path(folder) / "server.log") as server:
            visitors = browser.Visitors(window, server.address)
            for size_name, size in SIZES.items():
                failed += sum(not _shoot(visitors, size_name, size, stop) for stop in wanted)
            failed += len(visitors.faults)
            print("\n".join(visitors.faults))
            visitors.close()
    return 1 if failed else 0


def _shoot(visitors: browser.Visitors, size_name: str, size: dict[str, int], stop: Stop) -> bool:
    page = visitors.window(size)
    path = SHOTS / f"{stop.name}-{size_name}.png"
    try:
        if stop.who != EVERYBODY:
            browser.sign_in(page, stop.who, PASSWORD)
        arrive(page, stop)
        page.screenshot(path=path, full_page=True)
        print(path.name)
        return True
    except (LookupError, browser.Error) as problem:
        print(f"{stop.name}: {problem}")
        return False
    finally:
        page.context.close()


if __name__ == "__main__":
    sys.exit(main())
