"""What a class at work looks like, who sits with whom, what letters say: pure."""
