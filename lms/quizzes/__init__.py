"""Question banks, the recorded tests one can take, attempts as lists of appended steps, and their marking.

Not here: whether a test may be taken at all — the retake limits (skills) and the attended windows (witnessing).
"""
