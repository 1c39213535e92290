"""A right answer with the formulas of the best line, plain math, an absolute value for the distance, and a list."""

# --- predict
prediction = " (D). "

# --- field
def field_along_axis(lower_mhz, upper_mhz):
    middle = (lower_mhz + upper_mhz) / 2
    return abs(upper_mhz - middle) / 0.028024

# --- temperature
import math


def warming(lower_mhz, upper_mhz):
    shifts = [2870 - dip for dip in (lower_mhz, upper_mhz)]
    return sum(shifts) / len(shifts) / 0.0742


def false_field(kelvin):
    before = field_along_axis(2860, 2880)
    return field_along_axis(2860 - 2 * 0.0742 * kelvin, 2880) - before

# --- angle
def dip_distance(field_ut, angle_deg):
    if angle_deg > 90:
        angle_deg = 180 - angle_deg
    return 0.056048 * field_ut * math.cos(angle_deg * math.pi / 180)

# --- line
def best_line(currents_ma, fields_ut):
    n = len(currents_ma)
    mean_x, mean_y = sum(currents_ma) / n, sum(fields_ut) / n
    up = down = 0
    for x, y in zip(currents_ma, fields_ut):
        up += (x - mean_x) * (y - mean_y)
        down += (x - mean_x) ** 2
    return [up / down, mean_y - up / down * mean_x]

# --- use
def current_from_field(field_ut, slope, offset):
    return field_ut / slope - offset / slope


def angle_to_axis(along_ut, whole_ut):
    return math.degrees(math.atan2(math.sqrt(whole_ut**2 - along_ut**2), along_ut))
