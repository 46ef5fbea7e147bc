"""Copies of the database that have been opened and counted, and the daily upkeep. Above every room."""
