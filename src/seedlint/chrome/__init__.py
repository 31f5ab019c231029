"""Knowledge of pages: what their leftover lines look like."""
