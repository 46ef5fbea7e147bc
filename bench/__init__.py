"""Measures the product against the least Flask can do, under the same server and database, in the same run.

python -m bench [figure …] prints one JSON line a figure; bench/README.md says what each means and what keeps it honest.
"""
