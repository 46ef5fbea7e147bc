"""A witness's work as pure decisions: `eligibility` (who may attest whom), `windows` (attended tests), `observations`."""
