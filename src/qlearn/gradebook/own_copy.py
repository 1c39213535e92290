"""A student's own side: the notebook as it was given out, and what this user has handed in through the exchange."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from qlearn.errors import SubmissionError
from qlearn.gradebook.handout import RELEASED_FOLDER

__all__ = ["HandedInBefore", "find_given_out", "handed_in_before"]

_RECORD = re.compile(r"(?P<student>.+)\+(?P<assignment>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)[^+]*")


@dataclass(frozen=True)
class HandedInBefore:
    """One hand-in of this user through nbgrader's exchange; `time` is UTC."""

    course: str
    assignment: str
    time: str
    files: tuple[str, ...]


def find_given_out(notebook: Path, named: Path | None = None) -> bytes:
    """Find the notebook as it was given out.

    Parameters
    ----------
    notebook
        The student's own.
    named
        The zip it came in, its folder or the file itself; if None, the copy that came in the zip beside the notebook.

    Raises
    ------
    SubmissionError
        If it is not there; the message says where it was looked for.
    """
    copy = Path(RELEASED_FOLDER) / f"{notebook.stem}.json"
    if named is None:
        places = [notebook.parent / copy]
    elif named.is_dir():
        places = [named / notebook.name, named / copy]
    elif named.suffix.lower() == ".zip" and named.is_file():
        return _from_zip(named, notebook)
    else:
        places = [named]
    for place in places:
        if place.is_file():
            return place.read_bytes()
    raise SubmissionError(
        f"the notebook as it was given out is not at {' or '.join(map(str, places))}; "
        "name the zip or folder it came in with --given-out"
    )


def handed_in_before() -> list[HandedInBefore]:
    """List what this user has handed in through the exchange on this machine, newest first.

    nbgrader keeps a copy of each hand-in for the student, in Jupyter's data folder.
    """
    from jupyter_core.paths import jupyter_data_dir

    cache = Path(jupyter_data_dir()) / "nbgrader_cache"
    found = []
    for folder in cache.glob("*/*"):
        record = _RECORD.fullmatch(folder.name)
        if record and folder.is_dir():
            files = tuple(sorted(path.name for path in folder.glob("*.ipynb")))
            found.append(HandedInBefore(folder.parent.name, record["assignment"], record["time"], files))
    return sorted(found, key=lambda one: one.time, reverse=True)


def _from_zip(archive: Path, notebook: Path) -> bytes:
    try:
        with zipfile.ZipFile(archive) as opened:
            names = [name for name in opened.namelist() if Path(name).name == notebook.name]
            if names:
                return opened.read(names[0])
    except zipfile.BadZipFile as error:
        raise SubmissionError(f"{archive} is no zip that can be read ({error}); download it again") from error
    raise SubmissionError(f"{archive} holds no {notebook.name}; name the zip that your notebook came in")
