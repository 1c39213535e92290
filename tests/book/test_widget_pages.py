import pytest

from qlearn.book.widget_pages import controls_that_need_a_kernel


def model(name: str, module: str) -> dict[str, object]:
    return {"model_name": name, "model_module": module, "state": {}}


@pytest.mark.parametrize(
    ("models", "names"),
    [
        ([], []),
        ([model("AnyModel", "anywidget"), model("LayoutModel", "@jupyter-widgets/base")], []),
        ([model("FloatSliderModel", "@jupyter-widgets/controls")], ["FloatSlider"]),
        (
            [
                model("VBoxModel", "@jupyter-widgets/controls"),
                model("OutputModel", "@jupyter-widgets/output"),
                model("VBoxModel", "@jupyter-widgets/controls"),
            ],
            ["Output", "VBox"],
        ),
    ],
)
def test_controls_that_need_a_kernel_are_named_once(models: list[dict[str, object]], names: list[str]) -> None:
    state = {"state": {str(number): one for number, one in enumerate(models)}}
    assert controls_that_need_a_kernel(state) == names
