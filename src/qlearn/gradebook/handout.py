"""An assignment as a zip for an LMS or e-mail: the student version, its data, and how to begin.

Before a zip is written, every file in it is searched for what only teachers may see.
"""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from qlearn.errors import CourseError
from qlearn.gradebook.course import Course
from qlearn.gradebook.exchange import generate, read_release
from qlearn.gradebook.history import note_release
from qlearn.grading.plan import HIDDEN_REGIONS

__all__ = ["RELEASED_FOLDER", "check_nothing_secret", "write_handout", "write_zip"]

SECRET_REGIONS = {"BEGIN SOLUTION": "END SOLUTION", **dict(HIDDEN_REGIONS)}
SHORTEST_TELLING_LINE = 12  # characters; `return x` proves nothing, and stands in many a visible test
RELEASED_FOLDER = "as-given-out"  # by another ending, so that it is not taken for the student's own notebook
FIXED_DATE = (1980, 1, 1, 0, 0, 0)  # the same content gives the same zip


def write_handout(course: Course, assignment: str, target: Path) -> list[str]:
    """Make the student version anew and pack it.

    Parameters
    ----------
    course, assignment
        What to pack.
    target
        The zip file; one that is there is replaced once the new one is complete.

    Returns
    -------
    list of str
        The names in the zip.

    Raises
    ------
    CourseError
        If there is no such assignment, nbgrader refuses it, or a solution or hidden test is left in its student
        version; no zip is written then.
    """
    generate(course, assignment)
    files = read_release(course, assignment)
    check_nothing_secret(course, assignment, files)
    packed = {f"{assignment}/{name}": content for name, content in files.items()}
    packed |= {
        f"{assignment}/{RELEASED_FOLDER}/{name.removesuffix('.ipynb')}.json": content
        for name, content in files.items()
        if name.endswith(".ipynb")
    }
    notebooks = ", ".join(f"{name}.ipynb" for name in course.notebooks(assignment))
    packed[f"{assignment}/START-HERE.txt"] = HOW_TO.format(assignment=assignment, notebooks=notebooks).encode("utf-8")
    write_zip(target, packed)
    note_release(course, assignment)
    return sorted(packed)


def check_nothing_secret(course: Course, assignment: str, files: Mapping[str, bytes]) -> None:
    """Search the student version for lines that stand only in solutions, hidden tests or mark schemes.

    Raises
    ------
    CourseError
        If one is found, or a marker of such a region, or a stored output.
    """
    secret = _secret_lines(course, assignment)
    for name, content in files.items():
        text = content.decode("utf-8", errors="replace")
        if name.endswith(".ipynb"):
            cells = json.loads(text)["cells"]
            if any(cell.get("outputs") for cell in cells):
                raise CourseError(f"{name} of {assignment} holds outputs, which may show answers; release it again")
            text = "\n".join("".join(cell["source"]) for cell in cells)
        lines = {line.strip() for line in text.splitlines()}
        found = lines & secret or {marker for marker in SECRET_REGIONS if marker in text}
        if found:
            raise CourseError(
                f"{name} of {assignment} would show students what only teachers may see ({min(found)!r}); "
                "put the solution or hidden test between its BEGIN and END lines"
            )


def _secret_lines(course: Course, assignment: str) -> set[str]:
    """Collect the lines of the source that stand in secret regions and nowhere else."""
    secret: set[str] = set()
    open_lines: set[str] = set()
    for path in sorted((course.source / assignment).glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"])
            marks = cell.get("metadata", {}).get("nbgrader", {})
            # nbgrader replaces a solution cell without markers as a whole.
            all_secret = bool(marks.get("solution")) and not any(marker in source for marker in SECRET_REGIONS)
            for line, is_secret in _split_lines(source, all_secret=all_secret):
                (secret if is_secret else open_lines).add(line)
    return {line for line in secret - open_lines if len(line) >= SHORTEST_TELLING_LINE}


def _split_lines(source: str, *, all_secret: bool) -> Iterator[tuple[str, bool]]:
    closing = ""
    for line in source.splitlines():
        opened = next((end for begin, end in SECRET_REGIONS.items() if begin in line), "")
        closing = closing or opened
        yield line.strip(), all_secret or bool(closing)
        if closing and closing in line:
            closing = ""


def write_zip(target: Path, packed: Mapping[str, bytes]) -> None:
    """Write a zip in place of the one that is there, once it is complete; the same content gives the same bytes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    os.close(descriptor)
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in sorted(packed.items()):
                archive.writestr(zipfile.ZipInfo(name, FIXED_DATE), content, zipfile.ZIP_DEFLATED)
        Path(unfinished).chmod(0o644)
        Path(unfinished).replace(target)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise


HOW_TO = """{assignment}

English
-------
1. Install Python 3.11 or later, then in a terminal:  python -m pip install jupyterlab qutip matplotlib
   and qlearn as your teacher tells you.
2. Unpack this zip and open the notebook:  qlearn lab --student {notebooks}
   (or open it in any JupyterLab).
3. Write your answers where it says so. Run the cells below an answer: they check it and tell you what they found.
   Your teacher's tests check more than these do.
4. Before you hand in: Kernel > Restart Kernel and Run All Cells, save, and press Validate in the notebook's toolbar.
   This says what would not be taken:  qlearn student check {notebooks}
   This puts one damaged cell back as it was:  qlearn student reset NOTEBOOK CELL
5. Hand in {notebooks} the way your teacher asked. Keep its name. Do not delete or copy cells.

한국어
------
1. Python 3.11 이상을 설치하고 터미널에서 다음을 실행합니다:  python -m pip install jupyterlab qutip matplotlib
   qlearn은 선생님의 안내에 따라 설치합니다.
2. 이 압축 파일을 풀고 노트북을 엽니다:  qlearn lab --student {notebooks}
   (다른 JupyterLab에서 열어도 됩니다.)
3. 표시된 곳에 답을 씁니다. 답 아래의 셀을 실행하면 답을 점검하고 결과를 알려 줍니다.
   채점에는 이보다 더 많은 검사가 쓰입니다.
4. 제출하기 전에 Kernel > Restart Kernel and Run All Cells 를 실행하고 저장한 뒤 도구 모음의 Validate 를 누릅니다.
   받아들여지지 않을 점을 알려 주는 명령:  qlearn student check {notebooks}
   망가진 셀 하나를 처음대로 되돌리는 명령:  qlearn student reset NOTEBOOK CELL
5. 선생님이 정한 방법으로 {notebooks} 파일을 제출합니다. 파일 이름을 바꾸거나 셀을 지우거나 복사하지 마십시오.
"""
