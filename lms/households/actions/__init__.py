"""Every write about households: `living` (who lives where) and `concluding` (what follows for the figure)."""
