"""Adds the chances of being caught, and measures the right basis by chance.

test_measure: 0 points, [chance-in-the-right-basis]
test_experiment: 0 points, [follows-from-task-2]
test_catch: 0 points, [added-chances]
"""

# --- measure
def measure(bits, bases, detector_bases, coins):
    return np.where(bases != detector_bases, bits, coins)

# --- catch
def chance_to_catch(compared):
    return min(1, compared * 0.25)
