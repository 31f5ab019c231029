"""Rules on text that was read as another encoding or edited as bytes."""
