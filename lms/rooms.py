"""The map of the house: the rooms in floor order, ground first. The app factory and the house tests read it."""

GROUND: tuple[str, ...] = (
    "settings",
    "clock",
    "vietnamese",
    "refusals",
    "db",
    "collisions",
    "journal",
    "logs",
    "sanitize",
    "drawings",
    "imports",
    "documents",
    "access",
    "web",
    "library",
)

ROOMS: tuple[str, ...] = (
    "places",
    "people",
    "teams",
    "skills",
    "quizzes",
    "courses",
    "practice",
    "bank",
    "households",
    "classes",
    "certificates",
    "entry",
    "runs",
    "takehomes",
    "witnessing",
    "rechecks",
    "offers",
    "exams",
    "training",
    "gradebooks",
    "reports",
    "visits",
    "roads",
    "drives",
)

STAIRS: tuple[str, ...] = ("completion", "supervision", "regrading", "proctoring")
"""What follows when somebody finishes something; signing a supervised session; withdrawing a question; a proctor's acts."""

ABOVE: tuple[str, ...] = ("home", "rosters", "exchange", "rulesets", "demo", "backups")
"""Rooms that stand above the stairs: they may look into every room, and no room looks into them."""

ROOF: tuple[str, ...] = ("app", "serve")
