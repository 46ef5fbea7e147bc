"""A new ruleset coming into force: tried out first (who gains, who has to do again), then put in force by a signed act.

The rules themselves are in `skills/rules`; the files are in `content/rulesets`. Nothing here changes evidence.
"""
