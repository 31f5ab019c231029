"""Rules on punctuation as a trace of damage."""
