"""Whom to ask in each unit, and what businesses offer the teams: written and withdrawn by officers, dated, with its source.

Nothing is sold or ordered here, and nobody is scored. Who is certified is decided in certificates.
"""
