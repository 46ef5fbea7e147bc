"""Days on which members of the teams are trained in one room: planned, registered for, attended, looked back on.

Who has a seat is never stored: it follows from the append-only registrations, so a seat given back is the next one's by itself.
What is seen and signed on such a day is a supervised session of `witnessing`; here stands only
which session belongs to which day.
"""
