"""One module per item type: what its authors fill in, its shape, marking, guessing chance and what a browser sends.

A new type is three new files of one name and no change anywhere else: a module here with what `registry.ItemType` lists, its
reader of YAML in `lms/library/types/`, and its page in `templates/quizzes/types/` where `_any.html` is not enough. All are found
by listing their folder. docs/decisions/0044.
"""
