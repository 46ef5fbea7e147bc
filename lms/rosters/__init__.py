"""Lists as people keep them, brought in: villages, households, classes, staff. Dry run, apply, undo. Above the stairs."""
