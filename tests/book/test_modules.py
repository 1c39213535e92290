import pytest

from qlearn.book.modules import module_name

SCRIPT = "export default {};"


@pytest.mark.parametrize(
    ("identity", "stem"),
    [
        ("qlearn.widgets.bloch.Bloch", "bloch"),
        ("__main__.Small", "__main__"),
        ("Small", "Small"),
        ("a.b/../c.D", "-c"),
    ],
)
def test_a_module_is_named_after_its_python_file(identity: str, stem: str) -> None:
    name = module_name({"_anywidget_id": identity, "_esm": SCRIPT})
    assert name.removesuffix(".js").rpartition("-")[0] == stem
    assert "/" not in name


def test_another_script_has_another_name() -> None:
    one, two = (module_name({"_anywidget_id": "a.b.C", "_esm": SCRIPT + more}) for more in ("", " "))
    assert one != two
    assert one == module_name({"_anywidget_id": "a.b.C", "_esm": SCRIPT})
