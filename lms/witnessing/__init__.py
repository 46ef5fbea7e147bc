"""Who may attest whom, attended windows, supervised sessions, task cards, observations and handed-over devices.

Not here: what an attestation makes of somebody's proficiency (skills), and the tests sat inside a window (quizzes).
"""
