import base64

import pytest
from matplotlib.figure import Figure

from qlearn.widgets.figure import COLOURS, PageFigure, page_style

LIGHT_PAGE, DARK_PAGE = "#ffffff", "#121212"


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def drawn() -> PageFigure:
    with page_style():
        figure = Figure(figsize=(3, 2))
        figure.subplots().plot([0, 1], label="line")
    return PageFigure(figure, alt='A rising line, "steep" & straight.')


@pytest.fixture
def shown() -> PageFigure:
    return drawn()


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("page", [LIGHT_PAGE, DARK_PAGE])
def test_data_colours_stand_out_on_both_pages(colour: str, page: str) -> None:
    assert contrast(colour, page) >= 3


def test_text_and_axes_take_the_colour_of_the_page(shown: PageFigure) -> None:
    assert "currentColor" in shown.html()
    assert "#010203" not in shown.html()
    assert "#000000" not in shown.html()


def test_the_drawing_has_words_and_fits_a_narrow_page(shown: PageFigure) -> None:
    assert 'role="img" aria-label="A rising line, &quot;steep&quot; &amp; straight."' in shown.html()
    assert "min(288px, 100%)" in shown.html()


def test_the_same_drawing_gives_the_same_page() -> None:
    assert drawn().html() == drawn().html()


def test_print_gets_a_picture(shown: PageFigure) -> None:
    bundle = shown._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert bundle["text/plain"] == shown.alt
