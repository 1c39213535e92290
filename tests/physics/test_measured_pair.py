"""The measured pair of James and others: its counts make its matrix, nearly, and the matrix is what was printed."""

from typing import Any

import numpy as np
import pytest
import qutip

from qlearn.errors import ParameterError
from qlearn.physics import measured_pair, pair_tomography
from qlearn.physics.entanglement import concurrence, correlation_sum, negativity


def test_the_state_is_the_printed_matrix_up_to_its_rounding() -> None:
    found = measured_pair.state()
    assert found.tr() == pytest.approx(1.0)
    assert found.eigenenergies().min() > -1e-12
    np.testing.assert_allclose(np.diag(found.full()).real, [0.5069, 0.0048, 0.0045, 0.4839], atol=2e-4)
    assert abs(found[0, 3] - (0.4833 + 0.0329j)) < 2e-4
    assert abs(found[3, 1] - (-0.0296 + 0.0077j)) < 2e-4


def test_its_entanglement_is_qutips() -> None:
    found = measured_pair.state()
    assert concurrence(found) == pytest.approx(qutip.concurrence(found), abs=1e-6)
    assert concurrence(found) == pytest.approx(0.963, abs=5e-4)
    assert negativity(found) == pytest.approx(qutip.negativity(found, 0), abs=1e-9)


def test_the_counts_alone_make_an_operator_with_a_negative_eigenvalue_near_the_fitted_state() -> None:
    kets = [measured_pair.setting_ket(setting) for setting in measured_pair.COUNTS]
    raw = pair_tomography.linear_reconstruction(kets, list(measured_pair.COUNTS.values()))
    np.testing.assert_allclose(raw.diag(), [measured_pair.share(name) for name in ("HH", "HV", "VH", "VV")], atol=1e-12)
    assert raw.eigenenergies().min() == pytest.approx(-0.065274, abs=1e-6)
    assert qutip.tracedist(pair_tomography.nearest_state(raw), measured_pair.state()) < 0.05


def test_shares_lie_where_only_an_entangled_pair_can_be() -> None:
    assert measured_pair.share("HH") + measured_pair.share("VV") == pytest.approx(0.989, abs=5e-4)
    assert measured_pair.share("DD") == pytest.approx(0.449, abs=5e-4)
    assert 1.9 < correlation_sum(measured_pair.state()) <= 2


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: measured_pair.setting_ket("HX"), "the setting is 'HX'; it must be two letters out of H, V, D, R, L"),
        (lambda: measured_pair.setting_ket("H"), "the setting is 'H'; it must be two letters"),
        (lambda: measured_pair.share("RR"), "the setting is 'RR'; counts are known for HH, HV"),
        (lambda: measured_pair.share(["DD"]), "the setting is ['DD']; counts are known for HH, HV"),
    ],
)
def test_bad_input_is_refused_by_name(call: Any, text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        call()
    assert str(refused.value).startswith(text)
