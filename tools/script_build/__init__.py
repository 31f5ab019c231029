"""Counts which Traditional character stands where, for `build_scripts.py`."""
