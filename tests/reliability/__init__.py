"""What must hold on any input, at any moment."""
