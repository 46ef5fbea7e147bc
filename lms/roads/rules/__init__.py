"""What is before a member of a team, and when a visit that was watched is good enough. Pure."""
