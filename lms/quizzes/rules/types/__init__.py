"""One module per item type: its shape, marking, guessing chance and what a browser sends. `registry` names them all.

A new type is a new module with the functions of `registry.ItemType` and its line in `registry.TYPES`, the page of the same
name in `templates/quizzes/types/`, and a reader of its YAML in `lms/library/answers.py`. Nothing else knows it.
"""
