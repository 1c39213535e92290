// Estimating a phase with N photons: independent, squeezed or entangled, with loss. Python supplies labels and the range
// (phase_estimation.py); curves are closed forms, and every change of a setting draws fresh experiments.

import { chartPanel } from "./views/chart.js";
import { bar, button, choice, slider, sliders } from "./views/controls.js";
import { html } from "./views/elements.js";
import { percent, thousands } from "./views/language.js";
import {
  bestSqueezing, ghzUncertainty, lossBound, productUncertainty, signalMoments, steepestPhase, steepestSlope, uncertaintyOf,
} from "./views/phase_limits.js";
import { drawEstimates, histogramOf, latticeStep, spreadOf } from "./views/phase_runs.js";
import { freshSeed, seedOfRun } from "./views/random.js";
import { plainNumber, powerOfTen } from "./views/scale.js";
import { WidgetView, start } from "./views/widget.js";

const STRATEGIES = ["product", "squeezed", "ghz"];
const STRATEGY_KINDS = { product: "one", squeezed: "three", ghz: "two" };
const RUNS = [10, 20, 50, 100, 200, 500, 1000];
const BINS = 41; // about so many, fewer where estimates come in steps
const FRINGE_POINTS = 300;
const CURVE_POINTS = 48;
const MOST_FRINGES = 8; // more of a GHZ state's fringes would run into each other
const LEAST_TELLING = 20; // complete runs, below which a spread means nothing

class PhaseEstimationView extends WidgetView {
  build() {
    this.seed = this.model.get("seed") ?? freshSeed();
    this.limits = this.model.get("limits");
    this.draws = 0;
    this.root.append(this.buildControls(), this.buildCharts());
  }

  buildControls() {
    const set = (trait) => (value) => this.setAndMeasure(trait, value);
    this.strategy = choice({
      label: this.t("strategy"), name: "strategy", value: this.value("strategy"),
      options: STRATEGIES.map((name) => [name, this.t(name)]), onChange: set("strategy"),
    });
    this.probes = slider({
      label: this.t("probes"), name: "probes", min: 1, max: this.limits.most_probes, step: 1, value: this.value("probes"),
      words: (n) => this.t("photons", { count: n }), onInput: set("probes"),
    });
    this.loss = slider({
      label: this.t("loss"), name: "loss", min: 0, max: 100 * this.limits.most_lost, step: 1, value: 100 * this.value("lost_fraction"),
      words: (value) => percent(value / 100, 0), onInput: (value) => this.setAndMeasure("lost_fraction", value / 100),
    });
    this.squeezing = slider({
      label: this.t("squeezing"), name: "squeezing", min: 0, max: this.limits.most_db, step: 0.5, value: this.value("most_squeezing_db"),
      words: (decibels) => `${decibels} dB`, onInput: set("most_squeezing_db"),
    });
    this.runs = slider({
      label: this.t("runs"), name: "runs", min: 0, max: RUNS.length - 1, step: 1, value: RUNS.indexOf(this.value("runs")),
      words: (i) => thousands(RUNS[i]), onInput: (i) => this.setAndMeasure("runs", RUNS[i]),
    });
    const again = button(this.t("again"), () => this.measureAgain(), { primary: true, name: "again" });
    return html("div", {}, this.strategy.element, sliders(...[this.probes, this.loss, this.squeezing, this.runs].map(({ element }) => element)), bar(again));
  }

  buildCharts() {
    this.limitsPanel = chartPanel(this.t("limits_heading"), "limits", { height: 260 });
    this.fringePanel = chartPanel(this.t("fringe_heading"), "fringe", { height: 220 });
    this.spreadPanel = chartPanel(this.t("spread_heading"), "spread", { height: 220 });
    const panels = [this.limitsPanel, this.fringePanel, this.spreadPanel];
    this.drawings(...panels.map(({ chart }) => chart));
    return html("div", { class: "ql-charts" }, ...panels.map(({ element }) => element));
  }

  // ---- what happens ------------------------------------------------------------------------------------------------

  setAndMeasure(trait, value) {
    this.draws += 1;
    this.change(trait, value);
  }

  measureAgain() {
    this.draws += 1;
    this.changed();
  }

  pythonChanged() {
    this.strategy.show(this.value("strategy"));
    this.probes.show(this.value("probes"));
    this.loss.show(100 * this.value("lost_fraction"));
    this.squeezing.show(this.value("most_squeezing_db"));
    this.runs.show(RUNS.indexOf(this.value("runs")));
    this.draws += 1;
  }

  /** Everything that the drawings need at the present settings. */
  state() {
    const [strategy, n, mostDb, runs] = ["strategy", "probes", "most_squeezing_db", "runs"].map((trait) => this.value(trait));
    const eta = 1 - this.value("lost_fraction");
    const decibels = strategy === "squeezed" ? bestSqueezing(n, eta, mostDb) : 0;
    const seed = seedOfRun(this.seed, this.draws);
    const { errors, telling } = drawEstimates(seed, this.limits.experiments, { strategy, n, eta, decibels, runs });
    const enough = telling >= LEAST_TELLING;
    return {
      strategy, n, eta, mostDb, runs, decibels, errors, telling, enough, ...(enough ? spreadOf(errors) : { spread: NaN, error: NaN }),
      expected: uncertaintyOf(strategy, n, eta, mostDb), alone: productUncertainty(n, eta),
    };
  }

  // ---- what is shown -----------------------------------------------------------------------------------------------

  draw() {
    this.now = this.state();
    this.drawLimits(this.now);
    this.drawFringe(this.now);
    this.drawSpread(this.now);
  }

  drawLimits({ strategy, n, eta, mostDb, runs, spread, error, expected, alone }) {
    const most = this.limits.most_probes;
    const numbers = [...new Set(Array.from({ length: CURVE_POINTS }, (_, i) => Math.round(most ** (i / (CURVE_POINTS - 1)))))];
    const line = (uncertainty, kind, label) => ({ points: numbers.map((count) => [count, uncertainty(count)]), kind, label: this.t(label) });
    const root = Math.sqrt(runs);
    const { number, note, chart } = this.limitsPanel;
    number.textContent = `${radians(expected)} rad`;
    note.textContent = this.compare(expected, alone);
    chart.draw({
      x: { from: 1, to: most, scale: "log", label: this.t("probes_axis"), ticks: [1, 2, 5, 10, 20, 50, 100] },
      y: { from: 0.005, to: 3, scale: "log", ticks: [0.01, 0.1, 1], format: powerOfTen },
      lines: [
        line((count) => 1 / Math.sqrt(count), "faint", "standard_limit"),
        line((count) => 1 / count, "expected", "heisenberg_limit"),
        line((count) => productUncertainty(count, eta), "one", "product"),
        line((count) => uncertaintyOf("squeezed", count, eta, mostDb), "three", "squeezed"),
        line((count) => ghzUncertainty(count, eta), "two", "ghz"),
        ...(eta < 1 ? [line((count) => lossBound(count, eta), "four", "loss_bound")] : []),
      ],
      marks: [{ x: n, y: spread * root, error: error * root, kind: STRATEGY_KINDS[strategy] }],
      description: this.t("limits_chart", { strategy: this.t(strategy), count: n, expected: radians(expected), alone: radians(alone) }),
    });
  }

  drawFringe({ strategy, n, eta, decibels, runs }) {
    const middle = steepestPhase(strategy, n);
    const reach = strategy === "ghz" ? Math.min(Math.PI / 2, (MOST_FRINGES * Math.PI) / n) : Math.PI / 2;
    const phases = Array.from({ length: FRINGE_POINTS + 1 }, (_, i) => middle + reach * ((2 * i) / FRINGE_POINTS - 1));
    const moments = phases.map((phase) => [phase, signalMoments(strategy, n, eta, decibels, phase)]);
    const slope = steepestSlope(strategy, n, eta, decibels);
    const tangent = steepestTangent(strategy, n, slope, middle, reach);
    const kind = STRATEGY_KINDS[strategy];
    this.fringePanel.number.textContent = this.t("slope", { slope: shortNumber(slope) });
    this.fringePanel.note.textContent = this.fringeNote();
    this.fringePanel.chart.draw({
      x: { from: phases[0], to: phases.at(-1), label: this.t("phase_axis"), format: (phase) => phase.toFixed(reach < 0.6 ? 2 : 1) },
      y: { from: -1, to: 1, ticks: [-1, -0.5, 0, 0.5, 1] },
      bands: [{ points: moments.map(([phase, { mean, variance }]) => aroundMean(phase, mean, Math.sqrt(variance / runs))), kind }],
      lines: [
        { points: moments.map(([phase, { mean }]) => [phase, mean]), kind },
        { points: tangent, kind: "expected", label: this.t("slope_line") },
      ],
      marks: [{ x: middle, y: 0, kind }],
      description: this.t("fringe_chart", { strategy: this.t(strategy), height: shortNumber(steepestHeight(strategy, n, eta, decibels)), slope: shortNumber(slope) }),
    });
  }

  fringeNote() {
    const { strategy, n, eta, decibels } = this.now;
    if (strategy === "ghz") return this.t("complete", { part: percentOf(eta ** n) });
    return strategy === "squeezed" ? this.t("squeezing_used", { decibels: decibels.toFixed(1) }) : this.t("arriving", { part: percent(eta, 0) });
  }

  drawSpread({ strategy, n, eta, runs, errors, enough, telling, spread, expected, alone }) {
    const root = Math.sqrt(runs);
    const reach = (4 * alone) / root;
    const { counts, outside, width, from } = histogramOf(errors, reach, BINS, latticeStep({ strategy, n, eta, runs }));
    const steps = counts.flatMap((count, i) => [[from + i * width, count], [from + (i + 1) * width, count]]);
    const bell = (sigma) => Array.from({ length: 201 }, (_, i) => {
      const x = reach * (i / 100 - 1);
      return [x, (errors.length * width * Math.exp(-((x / sigma) ** 2) / 2)) / (Math.sqrt(2 * Math.PI) * sigma)];
    });
    const curves = { alone: bell(alone / root), expected: bell(expected / root) };
    const top = 1.12 * Math.max(8, ...(enough ? counts : []), ...curves.alone.map(([, height]) => height), ...curves.expected.map(([, height]) => height));
    const { number, note, chart } = this.spreadPanel;
    number.textContent = enough ? `${radians(spread)} rad` : "–";
    note.textContent = enough ? this.t("spread_note", { count: errors.length, runs: thousands(runs), expected: radians(expected / root), outside }) : this.t("too_few", { count: telling });
    chart.draw({
      x: { from: -reach, to: reach, label: this.t("error_axis"), format: shortNumber }, y: { from: 0, to: top },
      lines: [
        { points: curves.alone, kind: "faint", label: this.t("product_expected") },
        { points: curves.expected, kind: "expected", label: this.t("strategy_expected") },
        ...(enough ? [{ points: steps, kind: STRATEGY_KINDS[strategy] }] : []),
      ],
      description: this.t("spread_chart", { spread: number.textContent, expected: radians(expected / root) }),
    });
  }

  compare(expected, alone) {
    const factor = alone / expected;
    if (Math.abs(factor - 1) < 0.005) return this.t("as_good");
    return this.t(factor > 1 ? "better" : "worse", { factor: shortNumber(Math.max(factor, 1 / factor)) });
  }

  summary() {
    const { strategy, n, eta, runs, spread, expected, alone, enough, telling, errors } = this.now;
    const common = { strategy: this.t(strategy), count: n, lost: percent(1 - eta, 0), expected: radians(expected), alone: radians(alone), runs: thousands(runs) };
    if (!enough) return this.t("summary_too_few", { ...common, telling, all: thousands(errors.length * runs) });
    return this.t("summary", { ...common, experiments: errors.length, spread: radians(spread * Math.sqrt(runs)) });
  }
}

function steepestHeight(strategy, n, eta, decibels) {
  return Math.abs(signalMoments(strategy, n, eta, decibels, 0).mean);
}

/** A straight line along the fringe at its steepest point, as far as it stays inside the chart. */
function steepestTangent(strategy, n, slope, middle, reach) {
  const folds = strategy === "ghz" ? n : 1;
  const falls = Math.sin(folds * middle) > 0 ? -1 : 1;
  const far = Math.min(reach, 1 / Math.max(slope, 1e-9));
  return [[middle - far, -falls * slope * far], [middle + far, falls * slope * far]];
}

function aroundMean(x, mean, spread) {
  return [x, mean - spread, mean + spread];
}

/** Three digits that matter; very small and very large numbers with a power of ten. */
function shortNumber(value) {
  if (value === 0 || !Number.isFinite(value)) return Number.isFinite(value) ? "0" : "∞";
  const size = Math.abs(value);
  if (size >= 0.001 && size < 10000) return plainNumber(Number(value.toPrecision(3)));
  const [digits, power] = value.toExponential(1).split("e").map(Number);
  return `${plainNumber(digits)} × ${powerOfTen(10 ** power)}`;
}

/** An uncertainty with three digits; beyond a few turns of the phase nothing is known, and a number would pretend. */
function radians(value) {
  if (!(value < 10)) return "> 10";
  return value >= 0.001 ? value.toPrecision(3) : shortNumber(value);
}

function percentOf(part) {
  return part >= 0.001 ? percent(part) : `${shortNumber(100 * part)} %`;
}

export default {
  render: ({ model, el }) => start(PhaseEstimationView, {
    model, el, name: "phase-estimation", traits: ["strategy", "probes", "lost_fraction", "most_squeezing_db", "runs"],
  }),
};
