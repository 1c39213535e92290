// The spectrum of an NV centre in a magnetic field. Python has computed the lines on a grid (nv_spectrum.py); the dips
// are drawn here, and the field is read back from them as an experiment would.

import { bar, choice, slider, sliders, toggle } from "./views/controls.js";
import { chartPanel, panel } from "./views/chart.js";
import { html } from "./views/elements.js";
import { gridOf } from "./views/grid.js";
import { percent } from "./views/language.js";
import { NvCompass } from "./views/nv_compass.js";
import { axialShares, dipSensitivity, fieldFromLines, linesFrom, spectrumPoints } from "./views/nv_lines.js";
import { StepsTable } from "./views/steps_table.js";
import { WidgetView, start } from "./views/widget.js";

const NV_TRAITS = [
  "field_mt", "polar_angle_deg", "azimuth_deg", "linewidth_mhz", "contrast", "temperature_shift_k", "all_orientations", "window_mhz",
];
const KINDS = ["one", "two", "three", "four"];
const FAN_STEPS = 60;
const DEGREE = Math.PI / 180;

class NvSpectrumView extends WidgetView {
  build() {
    this.constants = this.model.get("constants");
    this.grid = gridOf(this.model);
    this.exactly = new Map();
    this.spectrum = chartPanel(this.t("spectrum"), "spectrum", { height: 260 });
    this.fan = chartPanel(this.t("fan"), "fan", { height: 330 });
    this.drawings(this.spectrum.chart, this.fan.chart);
    this.controls = this.buildSliders();
    const { azimuth_deg: azimuth, field_mt: field, polar_angle_deg: polar, ...others } = this.controls;
    this.azimuth = azimuth.element;
    this.root.append(
      html("div", { class: "ql-charts" }, this.spectrum.element), this.buildChoices(), sliders(field.element, polar.element, azimuth.element),
      html("div", { class: "ql-charts" }, this.fan.element, this.buildReading()),
      sliders(...Object.values(others).map(({ element }) => element)),
    );
  }

  buildChoices() {
    const [wide, close] = this.constants.windows_mhz;
    this.window = choice({
      label: this.t("window"), name: "window_mhz", value: this.value("window_mhz"),
      options: [[wide, this.t("wide")], [close, this.t("close")]],
      onChange: (value) => this.change("window_mhz", value),
    });
    this.all = toggle({
      label: this.t("all_orientations"), name: "all_orientations", value: this.value("all_orientations"),
      onChange: (value) => this.change("all_orientations", value),
    });
    return html("div", { class: "ql-bar ql-nv-choices" }, this.window.element, bar(this.all.element));
  }

  buildSliders() {
    const words = {
      field_mt: (value) => `${value.toFixed(2)} mT`,
      polar_angle_deg: (value) => `${plain(value)}°`,
      azimuth_deg: (value) => `${plain(value)}°`,
      linewidth_mhz: (value) => `${value.toFixed(1)} MHz`,
      contrast: (value) => percent(value, 0),
      temperature_shift_k: (value) => `${value > 0 ? "+" : ""}${plain(value)} K`,
    };
    return Object.fromEntries(Object.keys(words).map((name) => {
      const [min, max, step] = this.constants.ranges[name];
      return [name, slider({
        label: this.t(name), name, min, max, step, value: this.value(name), words: words[name],
        onInput: (value) => this.change(name, value), onRelease: () => this.places().forEach((place) => this.askExact(place)),
      })];
    }));
  }

  buildReading() {
    this.reading = panel(this.t("reading"), "reading");
    this.compass = new NvCompass(this.reading.element, { name: "compass" });
    this.table = new StepsTable(["row_both", "row_angle", "row_smallest"].map((name) => [name, this.t(name)]));
    this.reading.element.append(html("p", { class: "ql-note", text: this.t("compass_note") }), this.table.element);
    return this.reading.element;
  }

  pythonChanged() {
    for (const [name, control] of Object.entries(this.controls)) control.show(this.value(name));
    this.window.show(this.value("window_mhz"));
    this.all.show(this.value("all_orientations"));
  }

  /** With a kernel: the lines as QuTiP finds them at this very place. */
  heardExact(at, values) {
    this.exactly.set(placeKey(at), values);
    this.redraw();
  }

  // ---- the lines -----------------------------------------------------------------------------------------------

  shares() {
    const all = axialShares(this.constants.axes, this.value("polar_angle_deg") * DEGREE, this.value("azimuth_deg") * DEGREE);
    return this.value("all_orientations") ? all : all.slice(0, 1);
  }

  places(field = this.value("field_mt")) {
    return this.shares().map((share) => ({ field_squared_mt2: field * field, axial_share: share }));
  }

  linesAt(place) {
    return linesFrom(this.exactly.get(placeKey(place)) ?? this.grid.at(place), this.splittingWithoutField());
  }

  splittingWithoutField() {
    return this.constants.zero_field_splitting_mhz + this.constants.temperature_mhz_per_k * this.value("temperature_shift_k");
  }

  draw() {
    this.centres = this.places().map((place) => this.linesAt(place));
    this.azimuth.hidden = !this.value("all_orientations");
    this.drawSpectrum();
    this.drawFan();
    this.drawReading();
  }

  drawSpectrum() {
    const d = this.constants.zero_field_splitting_mhz;
    const [from, to] = [d - this.value("window_mhz"), d + this.value("window_mhz")];
    const [width, contrast] = [this.value("linewidth_mhz"), this.value("contrast")];
    const points = spectrumPoints(from, to, this.centres, width, contrast);
    const { lower, upper, splitting } = this.centres[0];
    const { number, note, chart } = this.spectrum;
    number.textContent = `${splitting.toFixed(2)} MHz`;
    note.textContent = this.t("dips", { lower: lower.toFixed(2), upper: upper.toFixed(2) });
    const deepest = Math.ceil(20 * contrast + 1e-9) / 10;
    chart.draw({
      x: { from, to, label: this.t("frequency_axis") },
      y: { from: 1 - deepest, to: 1, format: (value) => percent(value, 0) },
      lines: [
        ...this.centres.flatMap((lines, i) => [lines.lower, lines.upper].map((line) => ({ points: [[line, 1 - deepest], [line, 1 - 0.93 * deepest]], kind: KINDS[i] }))),
        { points, kind: "seen" },
      ],
      description: this.t("spectrum_chart", { lower: lower.toFixed(1), upper: upper.toFixed(1), dips: 2 * this.centres.length }),
    });
  }

  /** Lines at every size of the field; they change with its direction and the temperature, not while its size is dragged. */
  fanLines(sizes, d) {
    const depends = `${this.shares()} ${d}`;
    if (this.fanFor?.depends !== depends) {
      this.fanFor = { depends, found: sizes.map((size) => this.places(size).map((place) => linesFrom(this.grid.at(place), d))) };
    }
    return this.fanFor.found;
  }

  drawFan() {
    const most = this.constants.ranges.field_mt[1];
    const sizes = Array.from({ length: FAN_STEPS + 1 }, (_, i) => (most * i) / FAN_STEPS);
    const d = this.splittingWithoutField();
    const along = Math.cos(this.value("polar_angle_deg") * DEGREE) * this.constants.gamma_mhz_per_mt;
    const found = this.fanLines(sizes, d);
    const branch = (kind, name) => ({ points: sizes.map((size, i) => [size, found[i][kind][name]]), kind: KINDS[kind] });
    const field = this.value("field_mt");
    const [from, to] = [2550, 3200];
    this.fan.chart.draw({
      x: { from: 0, to: most, label: this.t("field_axis") },
      y: { from, to },
      lines: [
        { points: [[field, from], [field, to]], kind: "faint" },
        ...[-1, 1].map((sign) => ({ points: sizes.map((size) => [size, d + sign * along * size]), kind: "expected", label: sign > 0 ? this.t("along_only") : null })),
        ...this.centres.flatMap((_, kind) => [branch(kind, "lower"), branch(kind, "upper")]),
      ],
      marks: this.centres.flatMap(({ lower, upper }, i) => [lower, upper].map((y) => ({ x: field, y, kind: KINDS[i] }))),
      description: this.t("fan_chart", { angle: plain(this.value("polar_angle_deg")) }),
    });
  }

  /** What an experiment reads that knows only the two dips and takes D for what it is at room temperature. */
  readings() {
    const { gamma_mhz_per_mt: gamma, zero_field_splitting_mhz: d, photons_per_second: photons } = this.constants;
    const { lower, upper, splitting, upperWeight } = this.centres[0];
    const depth = (this.value("contrast") * upperWeight) / this.centres.length;
    return {
      set: this.value("field_mt"), along: this.value("field_mt") * Math.cos(this.value("polar_angle_deg") * DEGREE),
      fromSplitting: splitting / (2 * gamma), both: fieldFromLines(lower, upper, d, gamma),
      smallest: 1e6 * dipSensitivity(this.value("linewidth_mhz"), depth, photons, gamma),
    };
  }

  readingWords() {
    const { along, fromSplitting, both, smallest } = this.readings();
    return {
      along: `${along.toFixed(3)} mT`, splitting: `${fromSplitting.toFixed(3)} mT`,
      both: both ? `${both.field.toFixed(3)} mT` : this.t("no_field"),
      angle: both ? `${(both.angle / DEGREE).toFixed(1)}°` : this.t("no_field"), smallest: `${Number(smallest.toPrecision(3))} nT`,
    };
  }

  drawReading() {
    const words = this.readingWords();
    this.reading.number.textContent = words.splitting;
    this.reading.note.textContent = this.t("reading_note", { along: words.along });
    this.table.show({ row_both: words.both, row_angle: words.angle, row_smallest: words.smallest });
    const [polar, azimuth] = [this.value("polar_angle_deg") * DEGREE, this.value("azimuth_deg") * DEGREE];
    const size = this.value("field_mt") / this.constants.ranges.field_mt[1];
    const length = size ? 0.35 + 0.65 * size : 0; // a weak field still shows where it points
    this.compass.draw({
      axes: this.constants.axes.slice(0, this.centres.length), kinds: KINDS,
      field: [Math.sin(polar) * Math.cos(azimuth), Math.sin(polar) * Math.sin(azimuth), Math.cos(polar)].map((part) => part * length),
      description: this.t("compass_chart", { angle: plain(this.value("polar_angle_deg")) }),
    });
  }

  summary() {
    const { lower, upper, splitting } = this.centres[0];
    const words = this.readingWords();
    const one = this.t("summary", {
      field: this.value("field_mt").toFixed(2), polar: plain(this.value("polar_angle_deg")), lower: lower.toFixed(2), upper: upper.toFixed(2),
      splitting: splitting.toFixed(2), read: words.splitting, both: words.both, angle: words.angle, smallest: words.smallest,
    });
    if (this.centres.length === 1) return one;
    const others = this.centres.slice(1).map((lines) => `${lines.lower.toFixed(1)} / ${lines.upper.toFixed(1)}`).join(", ");
    return `${one} ${this.t("summary_others", { others })}`;
  }
}

function plain(value) {
  return String(Number(value.toFixed(1))).replace("-", "−");
}

/** A place of the grid as a key: the kernel sends numbers back as it got them. */
function placeKey({ field_squared_mt2: squared, axial_share: share }) {
  return `${squared} ${share}`;
}

export default {
  render: ({ model, el }) => start(NvSpectrumView, { model, el, name: "nv-spectrum", traits: NV_TRAITS }),
};
