"""Thinks that one dip tells all, forgets that both move, measures from 2870 MHz, and leaves brackets out.

test_predict: 0 points, [one-dip-is-as-good-as-two]
test_field: 0 points, [measured-from-2870]
test_temperature: 0 points, [lower-dip-alone]
test_angle: 0 points, [one-dip-for-two]
test_line: 0 points, [two-rows-for-all]
test_use: 0 points, [brackets-left-out]
"""

# --- predict
prediction = "b"

# --- field
def field_along_axis(lower_mhz, upper_mhz):
    return (2870 - lower_mhz) / MHZ_PER_MILLITESLA * 1000

# --- temperature
def warming(lower_mhz, upper_mhz):
    return (2870 - lower_mhz) / 0.0742


def false_field(kelvin):
    return 0.0742 * kelvin / MHZ_PER_MILLITESLA * 1000

# --- angle
def dip_distance(field_ut, angle_deg):
    return MHZ_PER_MILLITESLA * field_ut / 1000 * abs(np.cos(np.radians(angle_deg)))

# --- line
def best_line(currents_ma, fields_ut):
    slope = (fields_ut[-1] - fields_ut[0]) / (currents_ma[-1] - currents_ma[0])
    return slope, fields_ut[0] - slope * currents_ma[0]

# --- use
def current_from_field(field_ut, slope, offset):
    return field_ut - offset / slope


def angle_to_axis(along_ut, whole_ut):
    return np.rad2deg(np.arccos(along_ut / whole_ut))
