"""Find damaged text and repair what can be proved."""

__version__ = "0.1.0"
