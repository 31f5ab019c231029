"""Knowledge of damage: forward models and their inversion."""
