"""Who may do what: rights, roles, the guard that denies unless declared, and how long a session lives."""
