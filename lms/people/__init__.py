"""Persons, accounts, sign-in, scoped roles, consent, and the link between a school's and a commune's person.

Not here: who teaches which class (classes), who is in which team (teams), who lives where (households).
"""
