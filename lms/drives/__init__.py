"""The leader's board, and drives from village to village: who of a team has which part of the road, where need is greatest,
and what a drive reached.

Nobody is ranked here: people stand in the order of their names, and a drive counts households, never persons.
"""
