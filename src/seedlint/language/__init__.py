"""Knowledge of languages: what plausible text looks like."""
