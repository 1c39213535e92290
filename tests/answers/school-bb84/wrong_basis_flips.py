"""Believes that a wrong basis always gives the wrong bit, in the prediction and in the program.

test_predict: 0 points, [wrong-basis-always-errs]
test_measure: 0 points, [wrong-basis-always-errs]
test_experiment: 0 points, [follows-from-task-2]
test_catch: 0 points, [half-for-each-bit]
"""

# --- predict
prediction = "d"

# --- measure
def measure(bits, bases, detector_bases, coins):
    shown = []
    for i in range(len(bits)):
        if bases[i] == detector_bases[i]:
            shown.append(bits[i])
        else:
            shown.append(1 - bits[i])
    return np.array(shown)

# --- catch
def chance_to_catch(compared):
    return 1 - (1 / 2) ** compared
