"""Supervised exams, grown out of the attended test: codes of the day, presence, pauses, extra time, paper, and what to look at.

Not here: the attended window itself and devices handed over (witnessing), questions, forms and marking (quizzes).
"""
