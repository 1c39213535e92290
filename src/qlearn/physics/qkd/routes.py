"""Routes in Korea, with where each length is from: a length that no cited source states is marked as assumed."""

from __future__ import annotations

from dataclasses import dataclass

from qlearn.errors import ParameterError
from qlearn.physics.arguments import count, in_range
from qlearn.physics.qkd.link import LIMITS, Link

__all__ = ["KOREAN_ROUTES", "Route", "route"]

_NEWS_2017 = "http://www.fiercewireless.com/wireless/sk-telecom-develops-advanced-quantum-repeater"
_SEOUL_BUSAN_KM = 460.0
_SEOUL_BUSAN_RELAYS = 5


@dataclass(frozen=True, kw_only=True)
class Route:
    """A way that light takes through fibre between two places.

    Parameters
    ----------
    name : str
        Short name, of which widgets make a label.
    length_km : float
        Length in km.
    source : str
        Where the length is from; empty when no source states it.
    note : str
        What the source says, or what was assumed.
    relays : int
        Trusted stations on the way that the source speaks of.

    Raises
    ------
    ParameterError
        When the length or the number of relays is outside its range.
    """

    name: str
    length_km: float
    source: str
    note: str
    relays: int = 0

    def __post_init__(self) -> None:
        low, high, unit = LIMITS["length_km"]
        in_range("length_km", self.length_km, low, high, unit=unit)
        count("relays", self.relays)

    @property
    def assumed(self) -> bool:
        """Whether the length is an assumption of this book."""
        return not self.source

    def link(self) -> Link:
        """A link of this length without relays; all else, the loss of 0.2 dB/km included, is the book's example.

        Returns
        -------
        Link
            Its other fields may be changed with `dataclasses.replace`.
        """
        return Link(length_km=self.length_km)


KOREAN_ROUTES: tuple[Route, ...] = (
    Route(
        name="sejong_daejeon",
        length_km=30.0,
        source="",
        note="two neighbouring cities; the length of fibre between them is assumed",
    ),
    Route(
        name="section",
        length_km=_SEOUL_BUSAN_KM / (_SEOUL_BUSAN_RELAYS + 1),
        source="",
        note="Seoul to Busan cut by five relays into six sections, which are assumed to be equal",
    ),
    Route(
        name="skt_trial",
        length_km=112.0,
        source=_NEWS_2017,
        note='trial of SK Telecom in 2017 with its trusted repeater: "a distance record of 112 kilometers"',
        relays=1,
    ),
    Route(
        name="seoul_busan",
        length_km=_SEOUL_BUSAN_KM,
        source=_NEWS_2017,
        note='plan of SK Telecom in 2017: "about 460 kilometers", "five units of its repeaters"',
        relays=_SEOUL_BUSAN_RELAYS,
    ),
)


def route(name: str) -> Route:
    """One of the Korean routes by its name.

    Parameters
    ----------
    name : str
        Such as "seoul_busan".

    Returns
    -------
    Route
        The route.

    Raises
    ------
    ParameterError
        When no route has this name.

    Examples
    --------
    >>> route("seoul_busan").length_km, route("sejong_daejeon").assumed
    (460.0, True)
    """
    for known in KOREAN_ROUTES:
        if known.name == name:
            return known
    names = ", ".join(repr(known.name) for known in KOREAN_ROUTES)
    raise ParameterError(f"the route is {name!r}; it must be one of {names}")
