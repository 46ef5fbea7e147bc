"""What may be done with a question, what changed between two of its versions, and which questions are the same."""
