"""What a practice does, as plain values: the same decisions stand in `web/static/js/practice.js`, held by one file of vectors."""
