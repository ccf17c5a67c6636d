"""Scorers of what is found in texts against annotations: ``python -m tests.scores.claims FOLDER`` and the like."""
