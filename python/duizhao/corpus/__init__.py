"""Tokens, matrices and what is found in them."""
