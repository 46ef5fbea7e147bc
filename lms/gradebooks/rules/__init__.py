"""Decisions of the register: what counts as done, which entry holds, who needs help. Pure."""
