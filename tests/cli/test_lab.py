"""`qlearn lab`: what it refuses in one line, and that it starts and ends on its own terms."""

import json
import socket
import urllib.request
from contextlib import closing, suppress

import pytest

from e2e.lab_servers import running_lab
from e2e.small_course import make_course
from qlearn.cli import main

BROKEN_SETTINGS = {
    ".jupyter/jupyter_server_config.py": "raise RuntimeError('the user broke this')",
    ".jupyter/jupyter_server_config.json": '{"IdentityProvider": {"token": ""}}',
    ".jupyter/labconfig/page_config.json": '{"disabledExtensions": {"@jupyter/nbgrader": true}}',
    ".ipython/profile_default/startup/00-broken.py": "raise RuntimeError('the user broke this too')",
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return make_course(tmp_path_factory.mktemp("courses") / "optics")


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def launched(monkeypatch):
    """Keep what would be launched instead of launching it."""
    launches = []
    monkeypatch.setattr("qlearn.lab.launch.run_lab", lambda settings, **options: launches.append((settings, options)))
    return launches


def complaint(capsys, *arguments):
    """Run the command, which must exit 2 with one line on stderr; give that line."""
    with pytest.raises(SystemExit) as stopped:
        main(["lab", *map(str, arguments)])
    captured = capsys.readouterr()
    assert (stopped.value.code, captured.out) == (2, "")
    lines = captured.err.splitlines()
    assert len(lines) == 1, captured.err
    return lines[0]


def test_a_port_in_use_is_one_line(capsys, course, taken_port):
    said = complaint(capsys, course, "--port", taken_port)
    assert said.startswith(f"qlearn: port {taken_port} is in use; choose another with --port")


def test_another_machines_address_is_one_line_after_the_warning(capsys, course):
    with pytest.raises(SystemExit) as stopped:
        main(["lab", str(course), "--ip", "192.0.2.1"])
    warning, refusal = capsys.readouterr().err.splitlines()
    assert stopped.value.code == 2
    assert "can be reached from other machines" in warning
    assert "give --ip an address of this machine" in refusal


def test_a_course_that_is_not_there_is_one_line(capsys, tmp_path):
    assert "no such course" in complaint(capsys, tmp_path / "absent")


def test_a_folder_that_is_no_course_is_one_line(capsys, tmp_path):
    assert "is not a course" in complaint(capsys, tmp_path)


def test_a_notebook_that_is_not_there_is_one_line(capsys, tmp_path):
    assert "there is no file" in complaint(capsys, "--student", tmp_path / "absent.ipynb")


def test_a_file_that_is_no_notebook_is_one_line(capsys, tmp_path):
    (tmp_path / "notes.txt").write_text("hello")
    assert "'notes.txt' is not a notebook" in complaint(capsys, "--student", tmp_path / "notes.txt")


@pytest.mark.parametrize("arguments", [[], ["course", "--student", "bb84.ipynb"]])
def test_it_wants_a_course_or_a_notebook_and_not_both(capsys, arguments):
    with pytest.raises(SystemExit) as stopped:
        main(["lab", *arguments])
    assert stopped.value.code == 2
    assert "give a COURSE folder" in capsys.readouterr().err


def test_listening_to_other_machines_is_warned_of_and_loopback_is_not(capsys, course, launched):
    for ip, warned in (("0.0.0.0", True), ("127.0.0.1", False)):  # noqa: S104
        with pytest.raises(SystemExit) as stopped:
            main(["lab", str(course), "--ip", ip, "--no-browser"])
        assert stopped.value.code == 0
        assert ("can be reached from other machines" in capsys.readouterr().err) is warned
    assert [options["ip"] for _, options in launched] == ["0.0.0.0", "127.0.0.1"]  # noqa: S104


def test_a_port_that_was_not_asked_for_is_free_to_change(course, tmp_path):
    # Whoever holds 8888, this test or another program, the lab must start all the same.
    with closing(socket.socket()) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # it may just have been given back
        with suppress(OSError):
            listener.bind(("127.0.0.1", 8888))
            listener.listen()
        with running_lab(course, home=tmp_path) as lab:
            assert not lab.origin.endswith(":8888")


def test_broken_settings_of_the_user_neither_matter_nor_change(course, tmp_path):
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name, text in BROKEN_SETTINGS.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)
    with running_lab(course, home=home, cwd=elsewhere) as lab:
        assert len(lab.token) >= 48
        page = f"{lab.origin}/formgrader/api/assignments?token={lab.token}"
        with urllib.request.urlopen(page, timeout=60) as answer:  # noqa: S310
            assert [assignment["name"] for assignment in json.load(answer)] == ["malus"]
    ours = {"lab-errors.txt"}
    assert {
        str(path.relative_to(home)): path.read_text()
        for path in home.rglob("*")
        if path.is_file() and path.name not in ours
    } == BROKEN_SETTINGS
    assert list(elsewhere.iterdir()) == []


def test_ctrl_c_ends_it_quietly_and_leaves_no_runtime_files(course, tmp_path, monkeypatch):
    runtime = tmp_path / "temporary"
    runtime.mkdir()
    monkeypatch.setenv("TMPDIR", str(runtime))
    with running_lab(course, home=tmp_path) as lab:
        assert any(runtime.iterdir())
        assert lab.stop() == 0
    assert list(runtime.iterdir()) == []
    assert "Traceback" not in (tmp_path / "lab-errors.txt").read_text()
