from pathlib import Path

import pytest
from traitlets.config import Config

from qlearn.errors import CourseError
from qlearn.gradebook import data_files
from qlearn.gradebook.data_files import read_data_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("data/a.csv", "b.txt", "coin.ipynb", "__pycache__/b.pyc", ".ipynb_checkpoints/b.txt"):
        path = tmp_path / "school-coin" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "school-coin"


def names(folder: Path, config: Config) -> list[str]:
    return [name for name, _ in read_data_files(folder, config, lambda _: None)]


def test_everything_but_notebooks_and_what_nbgrader_ignores_is_read(folder: Path) -> None:
    assert read_data_files(folder, Config(), lambda _: None) == (("b.txt", b"b.txt"), ("data/a.csv", b"data/a.csv"))


def test_the_courses_own_settings_count(folder: Path) -> None:
    config = Config()
    config.CourseDirectory.ignore = ["data"]
    assert names(folder, config) == [".ipynb_checkpoints/b.txt", "__pycache__/b.pyc", "b.txt"]
    adding = Config()
    adding.CourseDirectory.ignore.append("*.csv")
    assert names(folder, adding) == ["b.txt"]
    keeping = Config()
    keeping.Autograde.exclude_overwriting = {"school-coin": ["b.txt"], "other": ["data/a.csv"]}
    assert names(folder, keeping) == ["data/a.csv"]


def test_links_are_named_and_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("key")
    (folder / "key.txt").symlink_to(tmp_path / "secret")
    (folder / "all").symlink_to(tmp_path, target_is_directory=True)
    told: list[str] = []
    assert [name for name, _ in read_data_files(folder, Config(), told.append)] == ["b.txt", "data/a.csv"]
    assert [sentence.split(" is a link, ")[0].rsplit("/")[-1] for sentence in told] == ["all", "key.txt"]


def test_more_than_can_travel_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_files, "MOST_BYTES", 6)
    with pytest.raises(CourseError, match=r"holds more than 1000 data files .*; keep only what the notebooks read"):
        read_data_files(folder, Config(), lambda _: None)
