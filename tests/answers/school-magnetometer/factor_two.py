"""Forgets the two in the distance, adds both shifts, forces the line through zero, and leaves the offset in.

test_predict: 0 points, [two-dips-err-twice]
test_field: 0 points, [one-dip-for-two]
test_temperature: 0 points, [both-moves-added]
test_angle: 0 points, [whole-field-counts]
test_line: 0 points, [through-the-origin]
test_use: 0 points, [offset-left-in]
"""

# --- predict
prediction = "C"

# --- field
def field_along_axis(lower_mhz, upper_mhz):
    return 1000 * (upper_mhz - lower_mhz) / MHZ_PER_MILLITESLA

# --- temperature
def warming(lower_mhz, upper_mhz):
    return (2870 - lower_mhz + 2870 - upper_mhz) / 0.0742


def false_field(kelvin):
    return 1000 * 0.0742 * kelvin / MHZ_PER_MILLITESLA

# --- angle
def dip_distance(field_ut, angle_deg):
    return 2 * MHZ_PER_MILLITESLA * field_ut / 1000

# --- line
def best_line(currents_ma, fields_ut):
    x, y = np.array(currents_ma), np.array(fields_ut)
    return np.sum(x * y) / np.sum(x * x), 0

# --- use
def current_from_field(field_ut, slope, offset):
    return field_ut / slope


def angle_to_axis(along_ut, whole_ut):
    return np.degrees(np.arccos(along_ut / whole_ut))
