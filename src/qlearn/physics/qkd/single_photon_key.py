"""Secret key of finite length from single photons: the decoy proof where decoys have nothing to find out."""

from __future__ import annotations

import numpy as np

from qlearn.physics.arguments import in_range
from qlearn.physics.information import binary_entropy
from qlearn.physics.qkd.decoy_counts import DecoyCounts, DecoySettings
from qlearn.physics.qkd.finite_key import FiniteKey, sampling_deviation
from qlearn.physics.qkd.link import Link

__all__ = ["single_photon_finite_key"]

_SMALLEST = 1e-300


def single_photon_finite_key(
    counts: DecoyCounts,
    link: Link,
    settings: DecoySettings,
    *,
    leakage_bits: float,
    secrecy: float = 1e-10,
    correctness: float = 1e-15,
) -> FiniteKey:
    r"""Length of the secret key when every pulse held exactly one photon, as a source without fault would send it.

    .. math:: \ell = \Bigl\lfloor n_X [1 - h(\phi_X)] - \text{leak}_{EC}
              - 6 \log_2 \tfrac{21}{\epsilon_{sec}} - \log_2 \tfrac{2}{\epsilon_{cor}} \Bigr\rfloor

    The formula of `finite_key` with all clicks of both bases counted as single photons and none as vacuum; the cost of
    its proof is taken over whole, though fewer bounds are needed here.

    Parameters
    ----------
    counts : DecoyCounts
        What was counted; intensities play no part.
    link : Link
        Of which only the clock rate plays a part.
    settings : DecoySettings
        Of which only the basis probability plays a part.
    leakage_bits : float
        Bits that error correction told, 0 or more.
    secrecy, correctness : float
        epsilon_sec and epsilon_cor, above 0 and at most 1.

    Returns
    -------
    FiniteKey
        Length and intermediates.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    C. C. W. Lim, M. Curty, N. Walenta, F. Xu and H. Zbinden, Phys. Rev. A 89, 022307 (2014), equations 1 and 5,
    doi:10.1103/PhysRevA.89.022307, specialised here.
    """
    secret = float(in_range("secrecy", secrecy, _SMALLEST, 1.0))
    correct = float(in_range("correctness", correctness, _SMALLEST, 1.0))
    leakage = float(in_range("leakage_bits", leakage_bits, 0.0, np.inf, unit="bits"))
    cost = 6.0 * np.log2(21.0 / secret) + np.log2(2.0 / correct)
    n, compared, wrong = counts.block_size, float(np.sum(counts.test_clicks)), float(np.sum(counts.test_errors))
    error, phase = 0.5, 0.5
    if n and compared:
        # as in `finite_key`: less than one wrong bit counts as one
        error = min(max(wrong, 1.0) / compared, 0.5)
        deviation = sampling_deviation(failure_probability=secret, observed_rate=error, observed=compared, unseen=n)
        phase = min(error + deviation, 0.5)
    privacy = n * float(binary_entropy(phase))
    balance = float(n - privacy - leakage - cost)
    bits, in_key_basis = max(0, int(np.floor(balance))), counts.pulses * settings.key_basis_probability**2
    return FiniteKey(
        pulses=float(counts.pulses),
        block_size=n,
        gain=n / in_key_basis,
        error_rate=counts.key_error_rate,
        vacuum_clicks=0.0,
        single_photon_clicks=n,
        test_single_photon_clicks=compared,
        test_single_photon_errors=wrong,
        single_photon_yield=n / in_key_basis,
        single_photon_error_rate=error,
        phase_error_rate=phase,
        leakage=leakage,
        privacy_amplification=privacy,
        security_cost=float(cost),
        balance=balance,
        secret_bits=bits,
        secret_bits_per_pulse=bits / counts.pulses,
        secret_bits_per_second=bits / counts.pulses * link.clock_rate_hz,
        duration_s=counts.pulses / link.clock_rate_hz if link.clock_rate_hz else np.inf,
    )
