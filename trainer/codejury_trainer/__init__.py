"""Trains judges and generators for codejury, driven by a run folder (see README.md)."""
