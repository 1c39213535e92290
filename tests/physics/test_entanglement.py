"""Bell and Werner states, and entanglement measures against QuTiP, known values and their bounds."""

from typing import Any

import numpy as np
import pytest
import qutip
from hypothesis import given
from hypothesis import strategies as st

from qlearn.errors import ParameterError
from qlearn.physics import entanglement

BELL = ("phi+", "phi-", "psi+", "psi-")
QUTIP_BELL = {"phi+": "00", "phi-": "01", "psi+": "10", "psi-": "11"}


def random_pair(seed: int, rank: int) -> qutip.Qobj:
    rng = np.random.default_rng(seed)
    amplitudes = rng.normal(size=(4, rank)) + 1j * rng.normal(size=(4, rank))
    rho = amplitudes @ amplitudes.conj().T
    return qutip.Qobj(rho / np.trace(rho), dims=[[2, 2], [2, 2]])


@pytest.mark.parametrize("name", BELL)
def test_bell_states_are_qutips(name: str) -> None:
    assert abs(entanglement.bell_state(name).overlap(qutip.bell_state(QUTIP_BELL[name]))) == pytest.approx(1.0)


def test_the_bell_states_are_a_basis() -> None:
    kets = [entanglement.bell_state(name).full().ravel() for name in BELL]
    np.testing.assert_allclose(np.array(kets) @ np.array(kets).T, np.eye(4), atol=1e-12)


def test_a_bell_state_has_one_ebit_in_every_measure() -> None:
    pair = entanglement.bell_state("phi+")
    measures = (
        entanglement.concurrence,
        entanglement.negativity,
        entanglement.log_negativity,
        entanglement.entanglement_entropy,
    )
    assert [measure(pair) for measure in measures] == pytest.approx([1.0, 0.5, 1.0, 1.0])


@pytest.mark.parametrize("bell_name", BELL)
@pytest.mark.parametrize("visibility", [0.0, 0.2, 1 / 3, 0.5, 0.9, 1.0])
def test_a_werner_state_is_entangled_above_one_third_only(bell_name: str, visibility: float) -> None:
    pair = entanglement.werner_state(visibility, bell_name)
    expected = max(0.0, (3 * visibility - 1) / 2)
    assert entanglement.concurrence(pair) == pytest.approx(expected, abs=1e-7)
    assert entanglement.negativity(pair) == pytest.approx(expected / 2, abs=1e-9)
    lowest = qutip.partial_transpose(pair, [1, 0]).eigenenergies().min()
    assert lowest == pytest.approx((1 - 3 * visibility) / 4, abs=1e-12)


@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_measures_of_random_pairs_are_qutips_and_stay_in_their_bounds(seed: int, rank: int) -> None:
    pair = random_pair(seed, rank)
    concurrence, negativity = entanglement.concurrence(pair), entanglement.negativity(pair)
    assert concurrence == pytest.approx(qutip.concurrence(pair), abs=1e-6)
    assert negativity == pytest.approx(qutip.negativity(pair, 0), abs=1e-9)
    # Verstraete and others (2001): between these two a two-qubit state's negativity, doubled, must lie
    lower = np.sqrt((1 - concurrence) ** 2 + concurrence**2) - (1 - concurrence)
    assert lower - 1e-6 <= 2 * negativity <= concurrence + 1e-6
    assert 0 <= entanglement.log_negativity(pair) <= 1


@given(st.floats(0, np.pi / 2), st.floats(0, 2 * np.pi))
def test_for_a_pure_pair_entropy_and_concurrence_tell_the_same(angle: float, phase: float) -> None:
    ket = np.cos(angle) * qutip.basis([2, 2], [0, 0])
    ket = (ket + np.exp(1j * phase) * np.sin(angle) * qutip.basis([2, 2], [1, 1])).unit()
    concurrence = entanglement.concurrence(ket)
    assert concurrence == pytest.approx(abs(np.sin(2 * angle)), abs=1e-6)
    weight = np.cos(angle) ** 2
    assert entanglement.entanglement_entropy(ket) == pytest.approx(
        -sum(w * np.log2(w) for w in (weight, 1 - weight) if w > 0), abs=1e-9
    )


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: entanglement.bell_state("phi"), "the Bell state is 'phi'; it must be one of 'phi+'"),
        (lambda: entanglement.werner_state(1.2), "visibility is 1.2; it must be between 0 and 1"),
        (lambda: entanglement.concurrence(qutip.basis(2, 0)), "the pair must be a ket or density operator"),
        (lambda: entanglement.negativity(2 * entanglement.bell_state()), "the pair is no state"),
        (lambda: entanglement.negativity("phi+"), "the pair must be a ket or density operator"),
        (
            lambda: entanglement.entanglement_entropy(entanglement.werner_state(0.5)),
            "the entropy of one half measures entanglement of a pure pair only",
        ),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
