"""What a drive has reached. Pure."""
