"""Questions from and for other systems: their formats read and written. What is kept is the business of the bank."""
