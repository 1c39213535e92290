"""Quantum key distribution: protocols, attacks and key rates."""
