"""The five skills, the evidence about them, and who is proficient since when and until when.

Evidence is only ever appended; proficiency is a pure function of it (`rules/`). Not here: the questions (`quizzes`),
the simulators (`practice`), who may sign (`witnessing`), and what a household makes of it (`households`).
"""
