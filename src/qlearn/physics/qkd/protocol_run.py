"""BB84 as a whole: source, link, Eve, detectors and sifting, then all that makes a key of it."""

from __future__ import annotations

import numpy as np

from qlearn.physics.qkd.attack import Attack
from qlearn.physics.qkd.decoy_counts import DecoySettings
from qlearn.physics.qkd.distillation import Outcome, ProtocolRun, distil
from qlearn.physics.qkd.link import Link
from qlearn.physics.qkd.sifted_clicks import draw_sifted_clicks

__all__ = ["Outcome", "ProtocolRun", "distil", "run_protocol"]


def run_protocol(
    link: Link,
    settings: DecoySettings,
    pulses: int,
    *,
    rng: np.random.Generator,
    attack: Attack | None = None,
    single_photons: bool = False,
    false_alarm_rate: float = 1e-6,
    stop_at_alarm: bool = True,
    secrecy: float = 1e-10,
    correctness: float = 1e-15,
) -> ProtocolRun:
    """Run BB84 from the first pulse to the secret key, with decoys or single photons.

    Parameters
    ----------
    link : Link
        The link as Alice and Bob know it.
    settings : DecoySettings
        How often Alice sends which intensity, and how often each chooses the key basis.
    pulses : int
        Pulses sent, 1 or more.
    rng : numpy.random.Generator
        Source of randomness; the same generator state gives the same run.
    attack : Attack, optional
        Eve; nobody when left out.
    single_photons : bool
        Whether each pulse holds exactly one photon, instead of a laser's random number.
    false_alarm_rate, stop_at_alarm, secrecy, correctness
        As in `distil`.

    Returns
    -------
    ProtocolRun
        Two equal secret keys, or the reason why not, and every step before.

    Raises
    ------
    ParameterError
        When an argument is outside its range.

    References
    ----------
    C. C. W. Lim, M. Curty, N. Walenta, F. Xu and H. Zbinden, Phys. Rev. A 89, 022307 (2014), section II,
    doi:10.1103/PhysRevA.89.022307.

    Examples
    --------
    >>> settings = DecoySettings(signal_probability=0.6, decoy_probability=0.3, key_basis_probability=0.6)
    >>> run = run_protocol(Link(decoy_intensity=0.2), settings, 200_000_000, rng=np.random.default_rng(1))
    >>> run.outcome.name, run.secret_bits > 100_000, bool(np.array_equal(run.alice_key, run.bob_key))
    ('KEY', True, True)
    """
    clicks = draw_sifted_clicks(link, settings, pulses, rng=rng, attack=attack, single_photons=single_photons)
    return distil(
        clicks,
        link,
        settings,
        rng=rng,
        false_alarm_rate=false_alarm_rate,
        stop_at_alarm=stop_at_alarm,
        secrecy=secrecy,
        correctness=correctness,
    )
