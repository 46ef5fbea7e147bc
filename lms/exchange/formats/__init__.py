"""One module per format; each reads into `found.Found` and knows nothing of the bank."""
