// Secret key against length of fibre. Python holds the link's parameters; the closed forms are in views/key_link.js.

import { bar, button, choice, slider, sliders } from "./views/controls.js";
import { Bars } from "./views/bars.js";
import { chartPanel, panel } from "./views/chart.js";
import { html } from "./views/elements.js";
import { bestDecoyIntensity, bestGllpKey, decoyKey, fibreBound, keyCurve, singlePhotonKey } from "./views/key_link.js";
import { percent } from "./views/language.js";
import { scientific } from "./views/numbers.js";
import { StepsTable } from "./views/steps_table.js";
import { WidgetView, start } from "./views/widget.js";

const LINK_TRAITS = [
  "length_km", "intensity", "background_probability", "detector_efficiency", "misalignment_error", "loss_db_per_km",
  "clock_rate_hz", "error_correction_efficiency",
];
const LOGARITHMIC_TRAITS = new Set(["background_probability", "clock_rate_hz"]);
const SHORT_AXIS = 250;
const LONG_AXIS = 500;
const LOWEST = { [SHORT_AXIS]: 1e-9, [LONG_AXIS]: 1e-12 }; // bits per pulse, by the end of the axis
const STEPS = [
  "step_intensity", "step_transmittance", "step_gain", "step_error", "step_yield", "step_single_error", "step_privacy", "step_leakage",
  "step_key", "step_rate", "step_bound",
];
const SCHEME_KINDS = { decoy: "one", gllp: "two", single: "three" };
const SCHEME_KEYS = { decoy: decoyKey, gllp: bestGllpKey, single: singlePhotonKey };

class KeyRateView extends WidgetView {
  build() {
    this.ranges = this.model.get("ranges");
    this.presets = this.model.get("presets");
    this.curves = new Map();
    this.ratePanel = chartPanel(this.t("chart"), "key", { height: 300 });
    this.drawings(this.ratePanel.chart);
    this.controls = this.buildSliders();
    const presets = this.presets.map((preset) => button(this.t(preset.name), () => this.choose(preset), { name: preset.name }));
    const best = button(this.t("best"), () => this.chooseBest(), { name: "best" });
    const links = html("div", { role: "group", "aria-label": this.t("links") }, bar(...presets));
    const { length_km: distance, ...others } = this.controls;
    this.root.append(
      links, html("div", { class: "ql-charts" }, this.ratePanel.element), sliders(distance.element), this.buildCloser(),
      sliders(...Object.values(others).map(({ element }) => element)), bar(best),
    );
  }

  buildSliders() {
    const words = {
      length_km: (value) => this.t("km", { value: shortNumber(value) }),
      intensity: (value) => this.t("photons", { value: value.toFixed(2) }),
      background_probability: (value) => scientific(10 ** value, 2),
      detector_efficiency: (value) => percent(value),
      misalignment_error: (value) => percent(value),
      loss_db_per_km: (value) => this.t("db", { value: shortNumber(value, 3) }),
      clock_rate_hz: (value) => clockWords(10 ** value),
    };
    const made = Object.keys(words).map((name) => [name, this.traitSlider(name, words[name])]);
    return Object.fromEntries(made);
  }

  traitSlider(name, words) {
    const [min, max, step] = this.ranges[name];
    const isLog = LOGARITHMIC_TRAITS.has(name);
    const onInput = (value) => this.change(name, isLog ? 10 ** value : value);
    return slider({ label: this.t(name), name, min, max, step, words, onInput, value: this.sliderPlace(name) });
  }

  sliderPlace(name) {
    return LOGARITHMIC_TRAITS.has(name) ? Math.log10(this.value(name)) : this.value(name);
  }

  /** The scheme that is looked at more closely: its numbers in a table, its losses as bars. */
  buildCloser() {
    this.scheme = choice({
      label: this.t("scheme"), name: "scheme", value: this.value("scheme"),
      options: Object.keys(SCHEME_KINDS).map((name) => [name, this.t(name)]),
      onChange: (name) => this.change("scheme", name),
    });
    this.stepsPanel = panel(this.t("steps"), "steps");
    this.steps = new StepsTable(STEPS.map((name) => [name, this.t(name)]));
    this.stepsPanel.element.append(this.steps.element);
    this.budgetPanel = panel(this.t("budget"), "budget");
    this.bars = this.drawings(new Bars(this.budgetPanel.element, { name: "budget", height: 300 }));
    const charts = html("div", { class: "ql-charts" }, this.stepsPanel.element, this.budgetPanel.element);
    return html("div", { class: "ql-closer" }, this.scheme.element, charts);
  }

  // ---- what the hand does ------------------------------------------------------------------------------------

  choose({ name: _, ...settings }) {
    for (const [trait, value] of Object.entries(settings)) {
      this.change(trait, value);
      this.controls[trait]?.show(this.sliderPlace(trait));
    }
  }

  chooseBest() {
    const [low, high] = this.ranges.intensity;
    this.change("intensity", bestDecoyIntensity(this.link(), this.value("length_km"), low, high));
    this.controls.intensity.show(this.value("intensity"));
  }

  pythonChanged() {
    for (const name of Object.keys(this.controls)) this.controls[name].show(this.sliderPlace(name));
    this.scheme.show(this.value("scheme"));
  }

  // ---- what is drawn -----------------------------------------------------------------------------------------

  link() {
    return Object.fromEntries(LINK_TRAITS.map((name) => [name, this.value(name)]));
  }

  draw() {
    this.here = SCHEME_KEYS[this.value("scheme")](this.link(), this.value("length_km"));
    this.drawCurves();
    this.drawSteps();
    this.drawBudget();
  }

  /** A curve is computed anew only when something that it depends on has changed: the cursor and the clock move often. */
  curve(name, to) {
    const { length_km: _, clock_rate_hz: __, intensity, ...link } = this.link();
    const depends = JSON.stringify([to, link, name === "decoy" ? intensity : 0]);
    if (this.curves.get(name)?.depends !== depends) {
      const whole = this.link();
      const keyAt = (km) => SCHEME_KEYS[name](whole, km).secret_bits_per_pulse;
      this.curves.set(name, { depends, points: keyCurve(keyAt, to, name === "gllp" ? 100 : 160) });
    }
    return this.curves.get(name).points;
  }

  drawCurves() {
    const length = this.value("length_km");
    const to = length <= SHORT_AXIS ? SHORT_AXIS : LONG_AXIS;
    const link = this.link();
    const bound = Array.from({ length: 161 }, (_, i) => [(to * i) / 160, fibreBound(link, (to * i) / 160)]);
    const schemes = ["single", "decoy", "gllp"].map((name) => ({ name, points: this.curve(name, to) }));
    const lines = schemes.map(({ name, points }) => ({ points, kind: SCHEME_KINDS[name], label: this.t(`${name}_line`) }));
    const marks = schemes.map(({ name }) => ({ x: length, y: SCHEME_KEYS[name](link, length).secret_bits_per_pulse, kind: SCHEME_KINDS[name] }));
    const { number, note, chart } = this.ratePanel;
    number.textContent = this.keyWords(this.here.secret_bits_per_pulse);
    note.textContent = this.t("chart_note", {
      length: shortNumber(length), scheme: this.t(`${this.value("scheme")}_words`), rate: this.keyWords(this.here.secret_bits_per_second),
    });
    const reaches = schemes.map(({ name, points }) => [name, this.reachWords(points, to)]);
    chart.draw({
      x: { from: 0, to, label: this.t("length_axis") },
      y: { from: LOWEST[to], to: 1, scale: "log" },
      lines: [
        { points: [[length, LOWEST[to]], [length, 1]], kind: "faint" },
        { points: bound, kind: "expected", label: this.t("bound_line") }, ...lines,
      ],
      marks: [{ x: length, y: fibreBound(link, length), kind: "expected" }, ...marks],
      description: this.t("rate_chart", Object.fromEntries(reaches)),
    });
  }

  reachWords(points, to) {
    if (!points.length) return this.t("reach_none");
    const last = points.at(-1)[0];
    return this.t(last < to ? "reach" : "reach_beyond", { length: last.toFixed(0) });
  }

  keyWords(bits) {
    return bits > 0 ? scientific(bits) : this.t("none");
  }

  drawSteps() {
    const here = this.here;
    this.steps.show({
      step_intensity: shortNumber(here.intensity, 4), step_transmittance: scientific(here.transmittance), step_gain: scientific(here.gain),
      step_error: percent(here.error_rate, 2), step_yield: scientific(here.single_photon_yield),
      step_single_error: percent(here.single_photon_error_rate, 2), step_privacy: scientific(here.privacy_amplification),
      step_leakage: scientific(here.leakage), step_key: this.keyWords(here.secret_bits_per_pulse),
      step_rate: this.keyWords(here.secret_bits_per_second),
      step_bound: scientific(fibreBound(this.link(), this.value("length_km"))),
    });
  }

  /** Each loss as a share of the sifted bits; with no key left they add up to more than all of them. */
  drawBudget() {
    const sifted = 0.5 * this.here.gain;
    const shares = {
      tagged: 1 - this.here.untagged_gain / this.here.gain, privacy: this.here.privacy_amplification / sifted,
      leakage: this.here.leakage / sifted, key: this.here.secret_bits_per_pulse / sifted,
    };
    const kinds = { tagged: "two", privacy: "four", leakage: "error", key: "one" };
    const words = Object.fromEntries(Object.entries(shares).map(([name, share]) => [name, percent(Math.max(0, share))]));
    const { number, note } = this.budgetPanel;
    number.textContent = words.key;
    note.textContent = shares.key > 0 ? this.t("budget_note", { left: words.key }) : this.t("budget_none");
    this.bars.draw({
      bars: Object.keys(shares).map((name) => ({ label: this.t(`bar_${name}`), value: shares[name], kind: kinds[name], text: words[name] })),
      y: { to: 1.25, ticks: [0, 0.5, 1], format: (value) => percent(value, 0) },
      description: this.t("budget_chart", words),
    });
  }

  summary() {
    const here = this.here;
    return this.t("summary", {
      length: shortNumber(this.value("length_km")), scheme: this.t(`${this.value("scheme")}_words`),
      gain: scientific(here.gain), error: percent(here.error_rate, 2), yield: scientific(here.single_photon_yield),
      single_error: percent(here.single_photon_error_rate, 2), leakage: scientific(here.leakage),
      privacy: scientific(here.privacy_amplification), key: this.keyWords(here.secret_bits_per_pulse),
      rate: this.keyWords(here.secret_bits_per_second), bound: scientific(fibreBound(this.link(), this.value("length_km"))),
    });
  }
}

function shortNumber(value, digits = 1) {
  return String(Number(value.toFixed(digits)));
}

function clockWords(hertz) {
  const [size, unit] = hertz >= 0.9995e9 ? [1e9, "GHz"] : [1e6, "MHz"];
  return `${Number((hertz / size).toPrecision(3))} ${unit}`;
}

export default {
  render: ({ model, el }) => start(KeyRateView, { model, el, name: "key-rate", traits: [...LINK_TRAITS, "scheme"] }),
};
