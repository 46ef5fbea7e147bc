"""Questions, forms, attempts and marks as pure decisions: read `items`, `blueprints`, `drawing`, `attempts`, `results`."""
