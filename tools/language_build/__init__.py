"""Builds the tables of `seedlint.language` from public text."""
