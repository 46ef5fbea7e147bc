"""Each role's first page, the public front, the accessibility page, and who is acting in a request."""
