"""A member of a digital team at a door: whom to see next, what was taught and what was seen, and when to come again."""
