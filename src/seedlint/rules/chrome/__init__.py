"""Rules about what web pages leave around a text."""
