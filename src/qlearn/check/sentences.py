"""Every sentence `qlearn.check` can say by itself, whole, so that each can be translated.

The braces are filled with the caller's `what` (a noun phrase such as "The error fraction"), with numbers, or with
an example; never with a piece of another sentence.
"""

from __future__ import annotations

NOT_ANSWERED = (
    "{what}: there is no answer yet (None). Write your code in place of the dots. A function has to end with "
    "return: print only shows a value."
)
NOT_CHOSEN = "{what}: there is no answer yet. Write your choice in place of the dots, in quotation marks."
IS_A_FUNCTION = "{what}: this is the function itself. Call it with round brackets to get its result."
IS_A_QUTIP_OBJECT = "{what}: this is a QuTiP object. Give its numbers as an array, with .full()."
IS_TEXT = "{what}: this is text ({got}). Give a number, without quotation marks."
IS_NOT_A_NUMBER = "{what}: a {kind} is not a number. Give one number."
IS_NO_SEQUENCE = "{what}: a {kind} has no fixed order or length. Give a list or a NumPy array."
IS_RAGGED = "{what}: the rows have different lengths. Give a plain list or a NumPy array."
HAS_NAN = "{what}: there is a NaN (not a number) or an infinity. Look for a division by zero or the logarithm of zero."
IS_COMPLEX = "{what}: there is an imaginary part ({got}). A real number is wanted here."

NOT_ONE_NUMBER = "{what}: one number is wanted, and your function returned {got} values."
NOT_A_FRACTION = (
    "{what}: your answer is {got}, and a fraction lies between 0 and 1. Give neither a percentage nor a count."
)
WRONG_SHAPE = "{what}: your answer has the shape {got}, and it should have the shape {expected}."
WRONG_LENGTH = "{what}: your answer has {got} entries, and it should have {expected}."
WRONG_NUMBER = "{what}: your answer is {got}, and it should be {expected}."
WRONG_ENTRY = (
    "{what}: entry {index} (counting from 0) is {got}, and it should be {expected}. {count} of {total} entries differ."
)
WRONG_STATISTICS = (
    "{what}: your answer is {got}, and it should be near {expected}. That is {distance} standard errors away, "
    "too far for chance."
)
NOT_A_BIT = "{what}: entry {index} (counting from 0) is {got}, and a bit is 0 or 1."

WRONG_PARTS = (
    "{what}: {expected} values are wanted ({names}), and your function returned {got}. "
    "Return exactly these, in this order."
)
ONE_ROW_FOR_PARTS = (
    "{what}: {expected} values are wanted ({names}), and your function returned one row with {got} entries. "
    "Did you return only one of them?"
)
NO_PARTS = "{what}: {expected} values are wanted ({names}). Return them separated by commas."

NOT_A_CHOICE = "{what}: your answer is {got}, and it should be one of {options}, in quotation marks."

NOT_A_STATE = "{what}: a {kind} is not a state. Give a qutip ket, or a list with its amplitudes."
WRONG_DIMENSION = "{what}: your state has {got} amplitudes, and it should have {expected}."
NOT_NORMALISED = (
    "{what}: the squared amplitudes add up to {got}, and probabilities have to add up to 1. "
    "Divide the state by its length."
)
WRONG_STATE = (
    "{what}: the overlap of your state with the wanted one is {overlap} where 1 is wanted. "
    "A common phase factor would not matter."
)
