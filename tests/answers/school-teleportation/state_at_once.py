"""The state is with Bob as soon as Alice has measured, whatever she finds.

test_predict: 0 points, [state-travels-at-once]
test_holds: 0 points, [state-arrives-at-once]
test_guess: 0 points, [follows-from-questions-2-and-3]
"""

# --- predict
prediction = "a"

# --- holds
def bob_holds(sent, result):
    return 1 / 4, sent
