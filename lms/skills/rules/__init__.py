"""The proficiency rule, to be read beside `docs/decisions/0010` and the ruleset files.

One subject per file, in reading order: `days`, `rulesets`, `events`, `payloads`, `sifting` (point 1), `keys` (points
2–4), `triples` (points 3–5), `renewals` (point 5), `spells`, `progress`, `standing` (point 6: start here, `evaluate`),
`retakes`, `flowers`, `words`. «Point n» is always that of 0010. Import from the subject.
"""
