"""Roll-ups by village and day, unit pages, and the figures printed with their known error.

Reads all rooms, changes nothing but its own counts; every count can be rebuilt from the household spells.
"""
