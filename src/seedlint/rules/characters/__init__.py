"""Rules on single characters that no reader sees or wants."""
