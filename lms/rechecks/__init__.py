"""Random re-checks of what witnesses attested: a month's draw, what was found, and what it says about the commune."""
