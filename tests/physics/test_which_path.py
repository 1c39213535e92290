"""Visibility and distinguishability: closed forms against QuTiP, and V^2 + D^2 <= 1 for every state."""

from typing import Any

import numpy as np
import pytest
import qutip
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from qlearn.errors import ParameterError
from qlearn.physics import interference, which_path
from qlearn.physics.states import polarisation

markers = st.floats(0, 90)
seeds = st.integers(0, 2**32 - 1)


def random_state(seed: int, levels: int, rank: int) -> qutip.Qobj:
    """Path and a marker of so many levels, mixed from `rank` kets."""
    rng = np.random.default_rng(seed)
    amplitudes = rng.normal(size=(2 * levels, rank)) + 1j * rng.normal(size=(2 * levels, rank))
    rho = amplitudes @ amplitudes.conj().T
    return qutip.Qobj(rho / np.trace(rho), dims=[[2, levels], [2, levels]])


@given(seeds, st.integers(1, 5), st.integers(1, 4))
def test_fringe_and_path_never_exceed_one_together(seed: int, levels: int, rank: int) -> None:
    state = random_state(seed, levels, rank)
    v, d = which_path.fringe_visibility(state), which_path.distinguishability(state)
    assert 0 <= v <= 1
    assert 0 <= d <= 1
    assert v**2 + d**2 <= 1 + 1e-9
    assert v <= which_path.largest_visibility(d) + 1e-6
    if rank == 1:
        assert v**2 + d**2 == pytest.approx(1)


@settings(max_examples=20)
@given(seeds, st.integers(1, 4), st.integers(1, 3))
def test_the_visibility_is_that_of_the_fringe_behind_the_second_splitter(seed: int, levels: int, rank: int) -> None:
    state = random_state(seed, levels, rank)
    chances = []
    for phase in np.linspace(0, 2 * np.pi, 181):
        step = interference.beam_splitter() * interference.phase_shifter(phase)
        whole = qutip.tensor(step, qutip.qeye(levels))
        chances.append(
            qutip.expect(qutip.tensor(qutip.basis(2, 0).proj(), qutip.qeye(levels)), whole * state * whole.dag())
        )
    top, bottom = max(chances), min(chances)
    # 181 phases miss the top by a degree at most
    assert which_path.fringe_visibility(state) == pytest.approx((top - bottom) / (top + bottom), abs=3e-4)


@given(markers, st.floats(-7, 7))
def test_the_markers_closed_forms_are_those_of_its_state(marker: float, phase: float) -> None:
    state = interference.marked_state(phase, marker_deg=marker)
    v, d = which_path.marker_visibility(marker), which_path.marker_distinguishability(marker)
    assert v == pytest.approx(which_path.fringe_visibility(state), abs=1e-9)
    assert d == pytest.approx(which_path.distinguishability(state), abs=1e-9)
    assert v**2 + d**2 == pytest.approx(1)
    assert which_path.largest_visibility(d) == pytest.approx(v, abs=1e-7)


@pytest.mark.parametrize("marker", [0.0, 20.0, 53.0, 90.0])
def test_the_guess_is_the_best_that_a_search_over_polarisers_finds(marker: float) -> None:
    def minus_right(angle: float) -> float:
        along = [abs(polarisation(angle).overlap(polarisation(turned))) ** 2 for turned in (0.0, marker)]
        return -(along[0] + 1 - along[1]) / 2

    best = -minimize_scalar(minus_right, bounds=(-90, 0), method="bounded", options={"xatol": 1e-7}).fun
    told = which_path.guessing_probability(which_path.marker_distinguishability(marker))
    assert told == pytest.approx(best, abs=1e-9)


@given(st.floats(0, 1))
def test_unequal_arms_tell_the_way_without_a_marker(reflectivity: float) -> None:
    state = interference.marked_state(1.0, reflectivity=reflectivity)
    assert which_path.distinguishability(state) == pytest.approx(abs(1 - 2 * reflectivity), abs=1e-9)
    v = which_path.fringe_visibility(state)
    assert v == pytest.approx(2 * np.sqrt(reflectivity * (1 - reflectivity)), abs=1e-9)


def test_a_marker_that_is_itself_unpolarised_loses_the_fringe_and_tells_nothing() -> None:
    """A quarter wave of random sign in arm 1 turns H into an even mixture: no fringe, and no record of the way."""
    ways = [interference.marked_state(phase).proj() for phase in (0.0, np.pi)]
    mixed = (ways[0] + ways[1]) / 2
    assert which_path.fringe_visibility(mixed) == pytest.approx(0, abs=1e-12)
    assert which_path.distinguishability(mixed) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(("d", "v"), [(0.0, 1.0), (0.6, 0.8), (0.8, 0.6), (1.0, 0.0)])
def test_known_pairs(d: float, v: float) -> None:
    assert which_path.largest_visibility(d) == pytest.approx(v)


def test_the_ends_of_the_marker_are_exact() -> None:
    np.testing.assert_array_equal(which_path.marker_visibility([0, 90]), [1, 0])
    np.testing.assert_array_equal(which_path.marker_distinguishability([0, 90]), [0, 1])


ONE_QUBIT = qutip.basis(2, 0)
NO_TRACE = qutip.tensor(qutip.qeye(2), qutip.qeye(2))
NEGATIVE = qutip.Qobj(np.diag([1.2, 0.0, 0.0, -0.2]), dims=[[2, 2], [2, 2]])
SKEW = qutip.Qobj(np.eye(4) / 4 + np.triu(np.ones((4, 4)), 1), dims=[[2, 2], [2, 2]])


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (
            lambda: which_path.fringe_visibility(ONE_QUBIT),
            "the state must be a ket or density operator of path and marker",
        ),
        (
            lambda: which_path.fringe_visibility(np.eye(4)),
            "the state must be a ket or density operator of path and marker",
        ),
        (lambda: which_path.distinguishability(NO_TRACE), "the state is none: it must be Hermitian and positive"),
        (lambda: which_path.distinguishability(NEGATIVE), "the state is none"),
        (lambda: which_path.fringe_visibility(SKEW), "the state is none"),
        (lambda: which_path.largest_visibility(1.01), "distinguishability is 1.01; it must be between 0 and 1"),
        (lambda: which_path.guessing_probability(float("nan")), "distinguishability is nan"),
        (lambda: which_path.marker_visibility(-1), "marker_deg is -1; it must be between 0 and 90 degrees"),
        (lambda: which_path.marker_distinguishability([0, 95]), "marker_deg is 95"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
