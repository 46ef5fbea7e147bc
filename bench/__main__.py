"""python -m bench [figure …]: one JSON line a figure; ends with 1 when a gate is missed."""

import argparse
import importlib
import json
import pkgutil
import sys
from datetime import UTC, datetime
from typing import Any

from bench import figures
from bench.budgets import BUDGETS
from bench.figures import FIGURES, Result
from bench.server import machine
from bench.world import World


def main() -> int:
    for module in pkgutil.iter_modules(figures.__path__):
        importlib.import_module(f"bench.figures.{module.name}")
    chosen = _arguments()
    missed = 0
    with World(
        chosen.engine, chosen.seconds, chosen.times, chosen.households, chosen.minutes, chosen.requests
    ) as world:
        for name in chosen.figures or FIGURES:
            for result in FIGURES[name](world):
                line = _line(result, chosen.engine)
                missed += not line["ok"]
                print(json.dumps(line, ensure_ascii=False), flush=True)
    return 1 if missed else 0


def _line(result: Result, engine: str) -> dict[str, Any]:
    budget = BUDGETS[result.name]
    value = round(result.value, 3)
    more = {name: round(each, 3) if isinstance(each, float) else each for name, each in result.more.items()}
    return {
        "row": budget.row, "figure": result.name, "what": budget.what, "value": value, "unit": budget.unit,
        "gate": str(budget), "ok": budget.holds(value, budget.gate), "goal_reached": budget.holds(value, budget.goal),
        **more, "engine": engine, **machine(), "on": datetime.now(UTC).date().isoformat(),
    }  # fmt: skip


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("figures", nargs="*", choices=[*FIGURES, []], metavar="figure", help=f"of {', '.join(FIGURES)}")
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite", help="database of both servers")
    parser.add_argument("--seconds", type=float, default=4, help="length of one run")
    parser.add_argument("--times", type=int, default=3, help="runs, of which the median counts")
    parser.add_argument("--households", type=int, default=100_000, help="for the unit pages")
    parser.add_argument("--minutes", type=float, default=10, help="how long the class works")
    parser.add_argument(
        "--requests", type=int, default=20_000, help="before memory is looked at; the budget says 100000"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
