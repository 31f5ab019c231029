"""Rules on scripts: Simplified and Traditional, variants, look-alike letters."""
