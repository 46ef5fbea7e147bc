"""Certificates: earned by rule, proposed in batches, signed by an officer, numbered, revoked by two, checked by anybody.

How somebody becomes proficient is decided in skills; who may attest, in witnessing. Nothing here counts for a household.
"""
