"""The question bank as people work on it: drafts and their versions, review, freezing, doubles, YAML out.

Questions themselves, and everything a pupil meets, are in `quizzes`; reading files of other systems is in `exchange`.
"""
