"""Shared passages, near-duplicates, differences, diffusion."""
