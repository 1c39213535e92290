"""Everything plain crosses between judge and student and comes back equal."""

from __future__ import annotations

import math
from collections import OrderedDict

import numpy as np
import pytest
import qutip
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.wire.values import ARRAYS, LAYOUTS, VALUES, crossed, fingerprint
from qlearn.grading import wire


@given(VALUES)
@settings(max_examples=300)
def test_nested_plain_data_comes_back_equal(value):
    assert fingerprint(crossed(value)) == fingerprint(value)


@given(ARRAYS, st.sampled_from(LAYOUTS))
@settings(max_examples=300)
def test_arrays_of_every_dtype_and_layout_come_back_equal(array, layout):
    array = layout(array)
    result = crossed(array)
    assert fingerprint(result) == fingerprint(array)
    if isinstance(array, np.ndarray):
        assert result.flags.owndata
        assert result.flags.writeable


@pytest.mark.parametrize(
    "value",
    [
        np.longdouble(1) / 3,
        np.array([1, np.nan, -np.inf, -0.0], np.longdouble) / 3,
        np.array([[1 + 2j], [3]], np.clongdouble) / 7,
        np.array([1.5, 2], np.dtype(np.longdouble).newbyteorder()),
        np.str_("end\0"),
        np.bytes_(b"end\0"),
        np.float16("nan"),
        np.datetime64("NaT"),
        np.timedelta64(7, "25s"),
        np.void(b"raw"),
        np.array([(1, 2.5)], np.dtype([("a", "i1"), ("b", "f8")], align=True)),
        np.array([(1, 2.5)], [("a", "i1"), ("b", [("c", ">c8", (2, 2))])])[0],
        np.ndarray((3,), "S0"),
        np.zeros((0, 3), order="F"),
        10**10_000,
        "x" * 5000,
        "\ud83d\ude00 as two surrogates",
        "[]{}\\,\"'",
        {1: "a", (2, "b"): None, float("inf"): 3},
        list(range(-(2**63), -(2**63) + 3)),
    ],
    ids=lambda value: f"{type(value).__name__} {str(value)[:20]!a}" if type(value) is not int else "huge int",
)
def test_corners_come_back_equal(value):
    assert fingerprint(crossed(value)) == fingerprint(value)


@pytest.mark.parametrize("code", np.typecodes["All"].replace("O", ""))
def test_a_number_keeps_the_very_type_that_its_dtype_names(code):
    """Two types of one size, such as long and longlong, look alike; a test may ask for `np.int64`."""
    named = np.dtype(np.dtype(code).str)
    value = np.ones((), named)[()]
    assert type(crossed(value)) is type(value)
    assert crossed(np.ones(2, named)).dtype.char == named.char


def test_arrays_keep_fortran_order():
    assert crossed(np.ones((3, 4), order="F")).flags.f_contiguous


def test_parts_that_occur_twice_still_share_their_identity():
    row, array, ket = [0], np.zeros(2), qutip.basis(2, 0)
    first, second, third, *rest = crossed([row, row, [row], array, array, ket, ket, {"again": array}])
    first.append(1)
    assert second == third[0] == [0, 1]
    assert rest[0] is rest[1] is rest[4]["again"]
    assert rest[2] is rest[3]


QOBJS = {
    "ket": qutip.tensor(qutip.basis(2, 0), qutip.basis(3, 2)),
    "bra": qutip.basis(4, 1).dag(),
    "operator": qutip.rand_dm([2, 2], seed=1),
    "compressed rows": qutip.sigmay(),
    "diagonals": qutip.num(5),
    "rectangle": qutip.Qobj(np.arange(6).reshape(2, 3)),
    "superoperator": qutip.to_super(qutip.sigmay()),
    "Choi matrix": qutip.to_choi(qutip.to_super(qutip.sigmay())),
    "superoperator of two qubits": qutip.spre(qutip.tensor(qutip.sigmax(), qutip.sigmaz())),
    "operator as ket": qutip.operator_to_vector(qutip.sigmaz()),
    "operator as bra": qutip.operator_to_vector(qutip.sigmaz()).dag(),
    "zero": qutip.qzero(3),
    "scalar": qutip.Qobj(2j),
    "with nan": qutip.Qobj([[np.nan], [1]]),
}


@pytest.mark.parametrize("name", QOBJS)
def test_qobjs_keep_dims_kind_and_elements(name):
    qobj = QOBJS[name]
    result = crossed(qobj)
    assert type(result) is qutip.Qobj
    assert (result.dims, result.shape, result.type) == (qobj.dims, qobj.shape, qobj.type)
    assert result.superrep == qobj.superrep
    assert result.full().tobytes() == qobj.full().tobytes()
    assert isinstance(result.data, qutip.core.data.Dense) == isinstance(qobj.data, qutip.core.data.Dense)


@given(
    st.lists(st.integers(1, 3), min_size=1, max_size=3), st.sampled_from(["csr", "dense", "dia"]), st.integers(0, 99)
)
@settings(max_examples=60)
def test_random_operators_and_kets_come_back_equal(dims, storage, seed):
    for qobj in (qutip.rand_dm(dims, seed=seed).to(storage), qutip.rand_ket(dims, seed=seed)):
        result = crossed(qobj)
        assert result.dims == qobj.dims
        assert (result.full() == qobj.full()).all()


def test_a_forged_hermitian_flag_does_not_cross():
    qobj = qutip.Qobj([[0, 1], [0, 0]])
    qobj.isherm = True
    assert not crossed(qobj).isherm


def test_builtin_exceptions_come_back_and_others_arrive_as_data():
    class OursError(LookupError):
        def __str__(self):
            return "no such photon"

    error = crossed(KeyError("spin", 3))
    assert type(error) is KeyError
    assert error.args == ("spin", 3)
    assert crossed(OursError()) == wire.ExceptionData("OursError", "no such photon", "LookupError")
    assert crossed(SystemExit(3)) == wire.ExceptionData("SystemExit", "3", "Exception")
    assert crossed(ValueError(object())).builtin == "ValueError"
    assert isinstance(crossed(FileNotFoundError(2, "none")), FileNotFoundError)


def test_special_floats_keep_sign_and_kind():
    assert math.copysign(1, crossed(-0.0)) == -1
    assert [repr(part) for part in crossed([math.nan, math.inf, -math.inf])] == ["nan", "inf", "-inf"]


def test_an_ordered_dict_keeps_the_order_it_was_moved_to():
    value = OrderedDict(a=1, b=2)
    value.move_to_end("a")
    assert list(crossed(value)) == ["b", "a"]
