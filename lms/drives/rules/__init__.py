"""What readiness is, and what a drive has reached. Pure."""
