"""Who lives together since when, and on which days a household counts.

Strict: one and the same member proficient in all five skills. Union: the five covered by anyone; shown apart, never
counted.
Not here: why a member is proficient (`skills`), where the house stands (`places`).
"""
