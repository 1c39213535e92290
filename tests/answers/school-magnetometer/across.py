"""Takes sines for cosines, the distance for the temperature, ratios for the slope, and one dip's field for two.

test_predict: 0 points, [heat-drives-dips-apart]
test_field: 0 points, [multiplied-for-divided]
test_temperature: 0 points, [distance-for-mean]
test_angle: 0 points, [across-for-along]
test_line: 0 points, [ratios-averaged]
test_use: 0 points, [across-for-along]
"""

# --- predict
prediction = "e"

# --- field
def field_along_axis(lower_mhz, upper_mhz):
    return (upper_mhz - lower_mhz) / 2 * MHZ_PER_MILLITESLA * 1000

# --- temperature
def warming(lower_mhz, upper_mhz):
    return (upper_mhz - lower_mhz) / 0.0742


def false_field(kelvin):
    return 0

# --- angle
def dip_distance(field_ut, angle_deg):
    return 2 * MHZ_PER_MILLITESLA * field_ut / 1000 * np.sin(np.deg2rad(angle_deg))

# --- line
def best_line(currents_ma, fields_ut):
    ratios = [field / current for field, current in zip(fields_ut, currents_ma) if current > 0]
    return np.mean(ratios), 0

# --- use
def current_from_field(field_ut, slope, offset):
    return (field_ut - offset) / slope


def angle_to_axis(along_ut, whole_ut):
    return np.degrees(np.arcsin(along_ut / whole_ut))
