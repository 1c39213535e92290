"""Sensitivities against evolved spins, drawn photons and each other."""

import numpy as np
import pytest
import qutip
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from qlearn.errors import ParameterError
from qlearn.physics.sensors import nv_limits, nv_magnetometry
from qlearn.physics.sensors.nv import GYROMAGNETIC_RATIO_HZ_PER_T as GAMMA


def projection(free_time_s: float, dead_time_s: float, coherence_time_s: float = 1e-6, spins: float = 1.0) -> float:
    return nv_limits.projection_sensitivity(
        spins=spins, free_time_s=free_time_s, dead_time_s=dead_time_s, coherence_time_s=coherence_time_s
    )


@given(st.floats(1e-7, 1e-3), st.floats(0, 100))
def test_the_best_free_time_is_best(coherence: float, share: float) -> None:
    dead = share * coherence
    best = nv_limits.best_free_time(coherence_time_s=coherence, dead_time_s=dead)
    assert coherence / 2 <= best * (1 + 1e-12)
    assert best <= coherence * (1 + 1e-12)
    searched = minimize_scalar(
        lambda u: projection(u * coherence, dead, coherence) / projection(coherence, dead, coherence),
        bounds=(0.2, 1.5),
        method="bounded",
        options={"xatol": 1e-9},
    )
    assert best / coherence == pytest.approx(searched.x, abs=1e-3)


def test_without_dead_time_one_spin_is_the_ramsey_formula_of_the_anchor() -> None:
    assert projection(0.5e-6, 0.0) == pytest.approx(
        nv_magnetometry.ramsey_sensitivity(contrast=1.0, coherence_time_s=1e-6)
    )


def test_an_evolved_spin_gives_the_projection_noise() -> None:
    # a spin one half with pure dephasing, read along y after the free time
    free, coherence, dead, step = 0.7e-6, 1.3e-6, 2e-6, 1e-9
    read = (1 + qutip.sigmay()) / 2

    def chance(field: float) -> float:
        turning = np.pi * GAMMA * field * qutip.sigmaz()
        noise = qutip.sigmaz() / np.sqrt(2 * coherence)
        start = qutip.ket2dm((qutip.basis(2, 0) + qutip.basis(2, 1)).unit())
        return float(
            qutip.expect(read, (qutip.liouvillian(turning * 1e-6, [noise * 1e-3]) * (free * 1e6)).expm()(start))
        )

    slope = (chance(step) - chance(-step)) / (2 * step)
    spread = np.sqrt(chance(0.0) * (1 - chance(0.0)) / 1e4)
    measured = spread / abs(slope) * np.sqrt(free + dead)
    assert projection(free, dead, coherence, 1e4) == pytest.approx(measured, rel=1e-5)


def test_drawn_photons_scatter_as_the_formula_says() -> None:
    rng = np.random.default_rng(5)
    free, coherence, dead, contrast, photons = 0.8e-6, 1e-6, 4e-6, 0.03, 1e6
    signal = contrast * np.exp(-free / coherence)
    counts = rng.poisson(photons, size=20_000)
    fields = (counts / photons - 1) / signal / (2 * np.pi * GAMMA * free)
    formula = nv_limits.photon_sensitivity(
        fringe_contrast=contrast, photons=photons, free_time_s=free, coherence_time_s=coherence, dead_time_s=dead
    )
    # the spread of 20000 has a standard error of 0.5 %
    assert np.std(fields) * np.sqrt(free + dead) == pytest.approx(formula, rel=0.03)


@given(st.floats(1, 1e14), st.floats(1e-8, 1e-5), st.floats(0, 1e-4))
def test_entangled_is_better_than_projection_is_better_than_photons(spins: float, free: float, dead: float) -> None:
    limit = projection(free, dead, 1e-6, spins)
    best = nv_limits.heisenberg_sensitivity(spins=spins, free_time_s=free, dead_time_s=dead)
    few = nv_limits.photon_sensitivity(
        fringe_contrast=0.03, photons=0.01 * spins, free_time_s=free, coherence_time_s=1e-6, dead_time_s=dead
    )
    assert best <= limit * (1 + 1e-9)
    assert few == pytest.approx(limit * 10 / 0.03)


def test_the_cross_relaxation_is_where_zhang_et_al_saw_it() -> None:
    field = nv_limits.cross_relaxation_field()
    assert field * 1e3 == pytest.approx(51.2, abs=0.05)
    assert field == pytest.approx(2.87e9 / (2 * GAMMA))


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: projection(0.0, 0.0), "free_time_s is 0"),
        (lambda: projection(1e-6, -1e-6), "dead_time_s is -1e-06"),
        (lambda: projection(1e-6, 0.0, spins=0.5), "spins is 0.5"),
        (lambda: nv_limits.best_free_time(coherence_time_s=np.nan, dead_time_s=0.0), "coherence_time_s is nan"),
        (
            lambda: nv_limits.photon_sensitivity(
                fringe_contrast=1.2, photons=1.0, free_time_s=1e-6, coherence_time_s=1e-6, dead_time_s=0.0
            ),
            "fringe_contrast is 1.2",
        ),
        (lambda: nv_limits.heisenberg_sensitivity(spins=-3, free_time_s=1e-6, dead_time_s=0.0), "spins is -3"),
        (lambda: nv_limits.cross_relaxation_field(partner_hz_per_t=0.0), "partner_hz_per_t is 0"),
    ],
)
def test_bad_input_is_refused_in_words(call: object, text: str) -> None:
    with pytest.raises(ParameterError, match=text):
        call()  # type: ignore[operator]
