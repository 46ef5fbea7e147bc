"""A village to look around in: real units, sample people, and a year of real acts under an injected clock."""
