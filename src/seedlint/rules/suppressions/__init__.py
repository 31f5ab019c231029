"""Rules about the comments that allow damage."""
