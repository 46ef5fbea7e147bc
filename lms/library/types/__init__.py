"""One module a type of question, as its author writes it: found by its name, named nowhere else.

A module offers `read(entry, workshop)`: what only this type has, plain values as its rules read them back. Where one answers by
choosing among options, also `read_options(entry, workshop)` and `check(item, findings)`. Where a question may do without a
stem, `ASKS_BY_ITSELF` is the one it gets, and `words(body)` what tells one such question from another. Files that begin with
an underscore are no types.
"""
