"""Plain data across the wall between the trusted judge and the student's process; never pickle.

`encode` turns a value into a header and raw frames, `decode` is its inverse, `write_message` and `read_message` carry
both through a pipe or socket. The decoding side trusts nothing: whatever arrives becomes plain data within `Limits`,
or one `SubmissionError`. It calls no constructor that the other side names and imports nothing for it.

Identity inside one value is kept for lists, dicts, sets, arrays and Qobjs that occur twice, so that a matrix built as
`[[0] * 3] * 3` still shares its rows after the crossing. Two arrays that share part of their memory arrive apart.
"""

from __future__ import annotations

from qlearn.grading.wire.decoding import decode
from qlearn.grading.wire.encoding import encode
from qlearn.grading.wire.exceptions import ExceptionData
from qlearn.grading.wire.pipe import read_message, write_message
from qlearn.grading.wire.tokens import DEFAULT_LIMITS, Limits

__all__ = ["DEFAULT_LIMITS", "ExceptionData", "Limits", "decode", "encode", "read_message", "write_message"]
