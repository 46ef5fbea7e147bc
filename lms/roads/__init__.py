"""The road of a member of a team: what is had, what is next, what ends soon; and the visit that somebody goes along with.

Not here: the certificate at its end (certificates, below), the board of a whole team (drives, above).
"""
