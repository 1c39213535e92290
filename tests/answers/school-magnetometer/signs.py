"""Lets distances become negative, lets heat lower the reading, takes the part across, and adds the offset.

test_predict: 0 points, [heat-moves-nothing]
test_field: 0 points, [dips-exchanged]
test_temperature: 0 points, [heat-lowers-the-reading]
test_angle: 0 points, [negative-distance]
test_line: 0 points, [slope-and-offset-exchanged]
test_use: 0 points, [offset-added]
"""

# --- predict
prediction = "a"

# --- field
def field_along_axis(lower_mhz, upper_mhz):
    return 500 * (lower_mhz - upper_mhz) / MHZ_PER_MILLITESLA

# --- temperature
def warming(lower_mhz, upper_mhz):
    return (2870 - (lower_mhz + upper_mhz) / 2) / 0.0742


def false_field(kelvin):
    return -1000 * 0.0742 * kelvin / MHZ_PER_MILLITESLA

# --- angle
def dip_distance(field_ut, angle_deg):
    return 2 * MHZ_PER_MILLITESLA * field_ut / 1000 * np.cos(np.pi * angle_deg / 180)

# --- line
def best_line(currents_ma, fields_ut):
    return np.polyfit(currents_ma, fields_ut, 1)[::-1]

# --- use
def current_from_field(field_ut, slope, offset):
    return (field_ut + offset) / slope


def angle_to_axis(along_ut, whole_ut):
    return np.rad2deg(np.arccos(along_ut / whole_ut))
