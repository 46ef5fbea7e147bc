"""Courses, modules and lessons as published from the books, and each reader's progress. Questions live in quizzes."""
