import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import qlearn
from qlearn.book.notebook_download import make_notebook
from qlearn.book.notebook_prose import References

CHAPTER = """---
jupytext:
  text_representation: {format_name: myst}
kernelspec: {name: python3, display_name: Python 3}
anchors: {K01: qkd.key_rate.error_rate_threshold()}
---
# A chapter

Words {cite}`one`.

```{code-cell} ipython3
---
mystnb:
  figure: {name: fig-one, caption: "What {cite}`one` saw."}
tags: [hide-input]
---
1 + 1
```

```{code-cell} ipython3
print(2)
```
"""


@pytest.fixture
def references() -> References:
    return References(lambda keys: keys, lambda _: "Fig. 1", lambda _: None)


def test_a_chapter_becomes_a_valid_notebook_without_outputs(references: References) -> None:
    notebook = make_notebook(CHAPTER, references, note="*A notebook.*")
    nbformat.validate(notebook, version=4, version_minor=5)
    assert [(cell["cell_type"], cell["source"]) for cell in notebook["cells"]] == [
        ("markdown", "# A chapter\n\nWords [one]."),
        ("markdown", "*A notebook.*"),
        ("code", "1 + 1"),
        ("markdown", "*Fig. 1: What [one] saw.*"),
        ("code", "print(2)"),
    ]
    assert notebook["cells"][2]["metadata"] == {"tags": ["hide-input"], "jupyter": {"source_hidden": True}}
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in notebook["cells"][2::2])
    assert set(notebook["metadata"]) == {"kernelspec", "language_info"}


def test_the_same_chapter_gives_the_same_bytes_and_another_name_other_cells(references: References) -> None:
    one, again, other = (
        json.dumps(make_notebook(CHAPTER, references, name=name), sort_keys=True) for name in ("a", "a", "b")
    )
    assert one == again != other


def test_every_cell_has_an_identity_of_its_own(references: References) -> None:
    twice = CHAPTER + "\n```{code-cell} ipython3\nprint(2)\n```\n"
    identities = [cell["id"] for cell in make_notebook(twice, references)["cells"]]
    assert len(set(identities)) == len(identities) == 5


def test_a_chapter_of_the_book_runs_from_top_to_bottom(references: References, tmp_path: Path) -> None:
    chapter = Path(qlearn.__file__).parents[2] / "book" / "qkd" / "bb84.md"
    notebook = nbformat.from_dict(make_notebook(chapter.read_text("utf-8"), references))
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any("application/vnd.jupyter.widget-view+json" in output.get("data", {}) for output in outputs)
    assert not [output for output in outputs if output.output_type == "error"]
