<<<<<<< HEAD
<<<<<<< HEAD
"""Persons, accounts and sign-in, roles scoped to a unit or a school, consent, and the link between a
school's and a commune's person.
=======
"""Persons, accounts, sign-in, scoped roles, consent, and the link between a school's and a commune's person.
>>>>>>> quizrules
=======
"""Persons, accounts and sign-in, roles scoped to a unit or a school, consent, and the link between a
school's and a commune's person.
>>>>>>> witnessing

Not here: who teaches which class (classes), who is in which team (teams), who lives where (households).
"""
