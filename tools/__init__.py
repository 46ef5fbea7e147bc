"""Programs of the workshop, not of the product."""
