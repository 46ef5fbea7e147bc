"""A class's register: what each pupil reached, what the teacher wrote beside it, who needs help, the page for parents.

Nothing here proves anything: a teacher's mark stands beside the evidence and never becomes evidence.
"""
