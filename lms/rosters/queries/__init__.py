"""Every SELECT about imports, by subject: the imports themselves, what a list is read against, and who a row already is."""
