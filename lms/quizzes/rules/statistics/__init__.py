"""What answers tell about questions and tests (assessment.md §7); every formula reproduces published figures (§8)."""
