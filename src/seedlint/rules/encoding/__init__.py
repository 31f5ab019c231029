"""Rules on files and their bytes."""
