"""The views that widgets share, each alone in an empty page."""

from __future__ import annotations

import base64
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page

import qlearn.widgets
from e2e.book_pages import call_script
from qlearn.widgets.bundle import bundle_style
from qlearn.widgets.grid import Axis, Grid

VIEWS = Path(qlearn.widgets.__file__).parent / "views"
HOLDER = """(() => {
  document.body.innerHTML = '<section class="ql-widget"><div id="holder" style="width: 400px"></div></section>';
  const style = document.createElement("style");
  style.textContent = argument.style;
  document.head.append(style);
  return document.getElementById("holder");
})()"""
STYLE = {"style": bundle_style(Path("none.css"))}


def bump(x: float, y: float, z: float) -> list[float]:
    return [np.exp(-(x**2)) * np.cos(y) + z, x * y * z]


@pytest.fixture(scope="module")
def grid() -> Grid:
    axes = {"x": Axis(-2.0, 2.0, 9), "y": Axis(0.0, 3.0, 7), "z": Axis(-1.0, 1.0, 3)}
    return Grid(bump, axes, ["bump", "product"])


def test_the_page_interpolates_as_python_does(page: Page, grid: Grid) -> None:
    rng = np.random.default_rng(11)
    places = [{"x": x, "y": y, "z": z} for x, y, z in rng.uniform([-2.5, -0.5, -1.5], [2.5, 3.5, 1.5], (200, 3))]
    places += [{"x": 2.0, "y": 3.0, "z": 1.0}, {"x": -2.0, "y": 0.0, "z": -1.0}]
    trait = grid.to_trait()
    argument = {**trait, "values": base64.b64encode(trait["values"]).decode(), "places": places}
    seen = call_script(
        page,
        VIEWS / "grid.js",
        """(() => {
          const bytes = Uint8Array.from("x" + atob(argument.values), (c) => c.charCodeAt(0));
          const values = new DataView(bytes.buffer, 1);  // an odd start, as a message from a kernel may have
          const grid = it.gridOf({ get: () => ({ ...argument, values }) });
          return argument.places.map((place) => [...grid.at(place)]);
        })()""",
        argument,
    )
    wanted = [grid.interpolate(**place) for place in places]
    np.testing.assert_allclose(seen, wanted, rtol=1e-6, atol=1e-6)


def test_a_line_along_an_axis_goes_from_end_to_end(page: Page, grid: Grid) -> None:
    trait = grid.to_trait()
    argument = {**trait, "values": base64.b64encode(trait["values"]).decode()}
    seen = call_script(
        page,
        VIEWS / "grid.js",
        """(() => {
          const values = new DataView(Uint8Array.from(atob(argument.values), (c) => c.charCodeAt(0)).buffer);
          const grid = it.gridOf({ get: () => ({ ...argument, values }) });
          return grid.line("x", { y: 1, z: 0.5 }, 8).map(([x, found]) => [x, found[0]]);
        })()""",
        argument,
    )
    assert [x for x, _ in seen] == pytest.approx(list(grid.axes["x"].values))
    assert [value for _, value in seen] == pytest.approx(
        [grid.interpolate(x=x, y=1.0, z=0.5)[0] for x in grid.axes["x"].values], abs=1e-6
    )


@pytest.mark.parametrize(
    ("axis", "ticks", "words"),
    [
        ("{from: 0, to: 1}", [0, 0.2, 0.4, 0.6, 0.8, 1], ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        ("{from: -3, to: 3}", [-3, -2, -1, 0, 1, 2, 3], [*("\N{MINUS SIGN}" + n for n in "321"), *"0123"]),
        ("{from: 0, to: 0.013}", [0, 0.0025, 0.005, 0.0075, 0.01, 0.0125], None),
        ("{from: 1e-9, to: 1, scale: 'log'}", [1e-8, 1e-6, 1e-4, 1e-2, 1], ["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "1"]),
        ("{from: 1, to: 1000, scale: 'log'}", [1, 10, 100, 1000], ["1", "10", "100", "1000"]),
    ],
)
def test_an_axis_has_round_ticks(page: Page, axis: str, ticks: list[float], words: list[str] | None) -> None:
    ask = f"(() => {{ const s = it.scaleOf({axis}, 0, 100); return [s.ticks, s.ticks.map(s.format)]; }})()"
    seen, written = call_script(page, VIEWS / "scale.js", ask)
    assert seen == pytest.approx(ticks)
    if words is not None:
        assert written == words


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("0.0364 ± 2.1 % of 3 mT", "0.0364_±_2.1_% of 3_mT"),
        ("3.18 \u00d7 10⁻⁵ bits, +38 mHz", "3.18_\u00d7_10⁻⁵_bits, +38_mHz"),
        ("97.07 MHz에서", "97.07_MHz에서"),
        ("20 Seoul, 5 steps, - ± -, 1 Tesla", "20 Seoul, 5 steps, - ± -, 1 Tesla"),
    ],
)
def test_no_line_ends_between_a_number_and_its_unit(page: Page, text: str, kept: str) -> None:
    said = call_script(page, VIEWS / "language.js", "it.labelsFor({ en: { a: argument } }, 'en')('a')", text)
    assert str(said).replace("\u00a0", "_") == kept


@pytest.mark.parametrize("width", [180, 300, 600])
def test_ticks_that_are_written_are_evenly_spaced_and_do_not_touch(page: Page, width: int) -> None:
    written = call_script(
        page,
        VIEWS / "chart.js",
        f"""(() => {{
          const chart = new it.Chart({HOLDER.replace("400px", f"{width}px")}, {{ name: "test" }});
          const x = {{ from: -0.06, to: 0.06, ticks: [-0.05, -0.025, 0, 0.025, 0.05], label: "phase" }};
          chart.draw({{ x, y: {{ from: 0, to: 1, ticks: [] }}, description: "a line" }});
          return [...document.querySelectorAll("text.ql-tick")].slice(0, -1)
            .map((text) => [Number(text.textContent.replace("\u2212", "-")), text.getBBox().x, text.getBBox().width]);
        }})()""",
        STYLE,
    )
    values = [value for value, _, _ in written]
    step = round((values[-1] - values[-2]) / 0.025)
    assert values == pytest.approx([0.05 - 0.025 * i for i in range(0, 5, step)][::-1])
    assert all(left[1] + left[2] < right[1] for left, right in pairwise(written))


def test_a_line_breaks_where_a_value_is_missing_and_keys_name_the_lines(page: Page) -> None:
    path, keys, label = call_script(
        page,
        VIEWS / "chart.js",
        f"""(() => {{
          const chart = new it.Chart({HOLDER}, {{ name: "test" }});
          const points = [[0, 0], [1, 1], [2, NaN], [3, 1], [4, 9], [5, 0]];
          chart.draw({{ x: {{ from: 0, to: 5, label: "time" }}, y: {{ from: 0, to: 1 }}, description: "a line",
            lines: [{{ points, kind: "one", label: "first" }}, {{ points: [], kind: "two" }}] }});
          const path = document.querySelector(".ql-line.ql-kind-one").getAttribute("d");
          return [path, document.querySelector(".ql-keys-of-lines").innerText.trim(),
            chart.picture.getAttribute("aria-label")];
        }})()""",
        STYLE,
    )
    assert path.count("M") == 3
    assert path.count("L") == 1
    assert (keys, label) == ("first", "a line")


def test_the_sphere_turns_by_hand_and_by_keys_and_keeps_its_lengths(page: Page) -> None:
    before, dragged, keyed, length = call_script(
        page,
        VIEWS / "bloch_sphere.js",
        f"""(() => {{
          const sphere = new it.BlochSphere({HOLDER}, {{ name: "test" }});
          sphere.draw({{ vector: [0, 0, 1], description: "up" }});
          const element = sphere.canvas.element;
          element.setPointerCapture = () => {{}};
          const before = [sphere.azimuth, sphere.elevation];
          const pointer = (kind, x, y) => element.dispatchEvent(
            new PointerEvent(kind, {{ clientX: x, clientY: y, pointerId: 1 }}));
          pointer("pointerdown", 0, 0); pointer("pointermove", 50, 20); pointer("pointerup", 50, 20);
          pointer("pointermove", 400, 400);
          const dragged = [sphere.azimuth, sphere.elevation];
          element.dispatchEvent(new KeyboardEvent("keydown", {{ key: "ArrowLeft" }}));
          const [x, y, depth] = sphere.project([0.6, 0.48, 0.64]);
          const scale = 0.39 * sphere.canvas.width;
          const half = sphere.canvas.width / 2;
          const length = Math.hypot((x - half) / scale, (y - half) / scale, depth);
          return [before, dragged, [sphere.azimuth, sphere.elevation], length];
        }})()""",
        STYLE,
    )
    assert dragged == pytest.approx([before[0] + 0.5, before[1] + 0.2])
    assert keyed[0] == pytest.approx(dragged[0] - np.pi / 24)
    assert length == pytest.approx(1.0)


def test_seen_from_the_front_y_points_to_the_right_and_z_up(page: Page) -> None:
    places = call_script(
        page,
        VIEWS / "bloch_sphere.js",
        f"""(() => {{
          const sphere = new it.BlochSphere({HOLDER}, {{ name: "test" }});
          sphere.azimuth = 0; sphere.elevation = 0;
          return [[1, 0, 0], [0, 1, 0], [0, 0, 1]].map((end) => sphere.project(end));
        }})()""",
        STYLE,
    )
    (x, y, z) = np.array(places) - [200, 200, 0]
    assert x == pytest.approx([0, 0, 1])
    assert y == pytest.approx([0.39 * 400, 0, 0])
    assert z == pytest.approx([0, -0.39 * 400, 0])


def test_the_colours_of_a_map_get_lighter_all_the_way(page: Page) -> None:
    colours = call_script(page, VIEWS / "heat_map.js", "Array.from({ length: 101 }, (_, i) => it.heatColour(i / 100))")
    light = (np.array(colours) / 255) ** 2.2 @ [0.2126, 0.7152, 0.0722]
    assert (np.diff(light) > 0).all()


def test_a_map_paints_its_rows_upwards(page: Page) -> None:
    low, high = call_script(
        page,
        VIEWS / "heat_map.js",
        f"""(() => {{
          const map = new it.HeatMap({HOLDER}, {{ name: "test" }});
          map.draw({{ values: [0, 0, 1, 1], rows: 2, columns: 2, x: {{ from: 0, to: 1, label: "x" }},
            y: {{ from: 0, to: 1, label: "y" }}, from: 0, to: 1, label: "z", description: "two rows" }});
          const cells = map.cells.getContext("2d");
          return [1, 0].map((y) => [...cells.getImageData(0, y, 1, 1).data].slice(0, 3));
        }})()""",
        STYLE,
    )
    assert sum(low) < sum(high)


def test_a_map_that_is_pressed_tells_the_place_and_keeps_it_inside(page: Page) -> None:
    picked = call_script(
        page,
        VIEWS / "heat_map.js",
        f"""(() => {{
          const picked = [];
          const map = new it.HeatMap({HOLDER}, {{ name: "test", height: 254, onPick: (x, y) => picked.push([x, y]) }});
          const axis = {{ from: -1, to: 3, label: "" }};
          map.draw({{ values: [0, 0, 1, 1], rows: 2, columns: 2, from: 0, to: 1, label: "z", description: "two rows",
            x: axis, y: {{ ...axis, from: 1, to: 100, scale: "log" }} }});
          const element = map.canvas.element;
          element.setPointerCapture = () => null;
          const box = element.getBoundingClientRect();
          for (const [x, y, button] of [[54, 212, 0], [190, 112, 0], [399, 0, 0], [190, 112, 2]]) {{
            const place = {{ clientX: box.left + x, clientY: box.top + y, button }};
            element.dispatchEvent(new PointerEvent("pointerdown", place));
          }}
          return picked;
        }})()""",
        STYLE,
    )
    # 54 pixels are left of the map, 74 right of it; 12 above, 42 below
    np.testing.assert_allclose(picked, [[-1, 1], [1, 10], [3, 100]], atol=1e-6)


def test_bars_stand_on_zero_and_show_their_error(page: Page) -> None:
    heights, error = call_script(
        page,
        VIEWS / "bars.js",
        f"""(() => {{
          const bars = new it.Bars({HOLDER}, {{ name: "test" }});
          bars.draw({{ bars: [{{ label: "0", value: 0.5, error: 0.1 }}, {{ label: "1", value: 1 }}], y: {{ to: 1 }},
            description: "two bars" }});
          const heights = [...document.querySelectorAll(".ql-column")].map((it) => it.getAttribute("height"));
          return [heights.map(Number), document.querySelectorAll(".ql-error-bar").length];
        }})()""",
        STYLE,
    )
    assert heights[1] == pytest.approx(2 * heights[0])
    assert error == 1


def test_a_strip_gives_room_by_length_and_puts_the_hand_in_its_place(page: Page) -> None:
    widths, hands = call_script(
        page,
        VIEWS / "strip.js",
        f"""(() => {{
          const strip = new it.Strip({HOLDER}, {{ name: "test" }});
          const segments = [{{ label: "a", length: 1 }}, {{ label: "b", length: 3, kind: "faint" }}];
          const hands = [0, 1, 2.5, 4].map((now) => {{
            strip.draw({{ segments, now, description: "two" }});
            return Number(document.querySelector(".ql-now").getAttribute("x1"));
          }});
          const widths = [...document.querySelectorAll(".ql-segment")].map((it) => Number(it.getAttribute("width")));
          return [widths, hands];
        }})()""",
        STYLE,
    )
    assert sum(widths) == pytest.approx(400 - 16)
    assert widths[1] - 10 == pytest.approx(3 * (widths[0] - 10))
    assert hands == pytest.approx([8, 8 + widths[0], 8 + widths[0] + widths[1] / 2, 392])


def test_a_player_stops_at_the_end_and_jumps_where_less_motion_is_wanted(page: Page) -> None:
    ask = """(async () => {
      const seconds = [];
      let stops = 0;
      const player = new it.Player({ t: (name) => name, onFrame: (s) => { seconds.push(s); return seconds.length < 3; },
        onStop: () => { stops += 1; } });
      document.body.append(player.element);
      player.element.click();
      const began = player.element.textContent;
      const frame = () => new Promise(requestAnimationFrame);
      for (let i = 0; player.playing && i < 600; i += 1) await frame();
      for (let i = 0; i < 5; i += 1) await frame();
      return [seconds.length, seconds.every((s) => s <= 0.1), stops, began, player.element.textContent];
    })()"""
    assert call_script(page, VIEWS / "player.js", ask) == [3, True, 1, "pause", "play"]
    page.emulate_media(reduced_motion="reduce")
    frames, _, stops, began, after = call_script(page, VIEWS / "player.js", ask)
    assert (frames, stops, began, after) == (1, 1, "play", "play")


def test_controls_have_names_and_call_back(page: Page) -> None:
    seen = call_script(
        page,
        VIEWS / "controls.js",
        """(() => {
          const heard = [];
          const say = (name) => (value) => heard.push([name, value]);
          const one = it.slider({ label: "Speed", name: "speed", min: 0, max: 10, step: 1, value: 4,
            words: (v) => `${v} m/s`, onInput: say("input"), onRelease: say("release") });
          const two = it.toggle({ label: "Noise", name: "noise", value: false, onChange: say("noise") });
          const three = it.choice({ label: "Pulse", name: "pulse", value: "x",
            options: [["x", "about x"], ["y", "about y"]], onChange: say("pulse") });
          document.body.append(one.element, two.element, three.element);
          const range = document.querySelector("input[type=range]");
          range.value = 7;
          for (const event of ["input", "change"]) range.dispatchEvent(new Event(event));
          document.querySelector("[data-control=noise]").click();
          document.querySelector("[data-option=y]").click();
          one.show(2); two.show(false); three.show("x");
          return [heard, range.getAttribute("aria-valuetext"), document.querySelector("output").textContent,
            document.querySelector("[data-control=noise]").getAttribute("aria-pressed"),
            document.querySelector("[data-option=x]").checked];
        })()""",
    )
    heard = [["input", 7], ["release", 7], ["noise", True], ["pulse", "y"]]
    assert seen == [heard, "2 m/s", "2 m/s", "false", True]
    assert page.get_by_role("slider", name="Speed").count() == 1
    assert page.get_by_role("button", name="Noise").count() == 1
    assert page.get_by_role("group", name="Pulse").get_by_role("radio", name="about y").count() == 1
