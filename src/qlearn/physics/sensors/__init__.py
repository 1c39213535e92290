"""Quantum sensors: what limits a measurement, and how far entanglement and squeezing carry it."""
