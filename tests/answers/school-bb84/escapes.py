"""Gives Eve's chance of getting away, and types the night's result in.

test_experiment: 0 points, [result-typed-in]
test_catch: 0 points, [chance-of-escaping]
"""

# --- experiment
def experiment(photons, eve_listens, seed):
    if eve_listens:
        return 0.25
    return 0

# --- catch
def chance_to_catch(compared):
    if compared == 1:
        return 0.25
    if compared == 0:
        return 0
    return 0.75 ** compared
