"""Tested physics: pure functions on numpy arrays and QuTiP objects. Conventions stand in `states`."""
