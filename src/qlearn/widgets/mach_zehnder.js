// A Mach-Zehnder interferometer, photon by photon. Python supplies settings and labels (mach_zehnder.py); the clicks are
// drawn fresh here. Clicks belong to the marker with which they were made: turning it starts a run of its own.

import { chartPanel } from "./views/chart.js";
import { bar, button, slider, sliders } from "./views/controls.js";
import { html } from "./views/elements.js";
import { InterferometerBench } from "./views/interferometer_bench.js";
import { ClickRun, PHASES, PHASE_STEP, chanceOfFirst, markerDistinguishability, markerVisibility } from "./views/interferometer_clicks.js";
import { percent, thousands } from "./views/language.js";
import { fixedNumber } from "./views/numbers.js";
import { Player } from "./views/player.js";
import { freshSeed, seedOfRun } from "./views/random.js";
import { WidgetView, start } from "./views/widget.js";

const MOST_PHOTONS = 50000;
const PHOTONS_A_SECOND = 20;
const PHOTONS_AT_ONCE = 100; // for readers who want less motion
const SCANNED = 20; // photons at each phase
const CURVE_STEP = 5; // degrees
const CIRCLE = Array.from({ length: 91 }, (_, i) => [markerDistinguishability(i), markerVisibility(i)]);

class MachZehnderView extends WidgetView {
  build() {
    this.seed = this.model.get("seed") ?? freshSeed();
    this.runs = 0;
    this.run = new ClickRun(seedOfRun(this.seed, 0), this.value("marker_deg"));
    this.run.scan(PHASES.map(() => this.model.get("photons")));
    const place = html("div", { class: "ql-bench-place" });
    this.bench = this.drawings(new InterferometerBench(place, this.t));
    this.story = html("p", { class: "ql-story" });
    this.root.append(place, this.buildSliders(), this.buildBar(), this.story, this.buildCharts());
  }

  buildSliders() {
    this.phase = slider({
      label: this.t("phase"), name: "phase", min: 0, max: 360, step: PHASE_STEP, value: this.value("phase_deg"),
      words: inDegrees, onInput: (value) => this.change("phase_deg", value),
    });
    this.marker = slider({
      label: this.t("marker"), name: "marker", min: 0, max: 90, step: 1, value: this.value("marker_deg"),
      words: inDegrees, onInput: (value) => this.setMarker(value),
    });
    return sliders(this.phase.element, this.marker.element);
  }

  buildBar() {
    let due = 0;
    this.player = new Player({
      t: this.t,
      onFrame: (seconds) => {
        due = Number.isFinite(seconds) ? due + seconds * PHOTONS_A_SECOND : PHOTONS_AT_ONCE;
        const whole = Math.floor(due);
        due -= whole;
        return this.send(whole);
      },
    });
    const one = button(this.t("one_photon"), () => this.bench.launch(() => this.send(1)), { name: "one" });
    const many = button(this.t("hundred_photons", { count: 100 }), () => this.send(100), { name: "hundred" });
    const scan = button(this.t("scan"), () => this.scan(), { name: "scan" });
    const again = button(this.t("start_over"), () => this.startRun(PHASES.map(() => 0)), { name: "again" });
    return bar(this.player.element, one, many, scan, again);
  }

  buildCharts() {
    this.fringePanel = chartPanel(this.t("fringe_heading"), "fringe", { height: 250 });
    this.tradePanel = chartPanel(this.t("trade_heading"), "trade", { height: 250 });
    const panels = [this.fringePanel, this.tradePanel];
    this.drawings(...panels.map(({ chart }) => chart));
    return html("div", { class: "ql-charts" }, ...panels.map(({ element }) => element));
  }

  // ---- what happens ------------------------------------------------------------------------------------------------

  get setting() {
    return Math.round(this.value("phase_deg") / PHASE_STEP);
  }

  /** Send so many photons at the present phase; false when no more fit. */
  send(photons) {
    this.run.send(this.setting, Math.min(photons, MOST_PHOTONS - this.run.photons));
    if (photons) this.changed();
    return this.run.photons < MOST_PHOTONS;
  }

  scan() {
    if (this.run.photons + SCANNED * PHASES.length > MOST_PHOTONS) return;
    this.run.scan(PHASES.map(() => SCANNED));
    this.changed();
  }

  /** Forget all clicks and send so many fresh photons at each phase. */
  startRun(totals) {
    this.runs += 1;
    this.run = new ClickRun(seedOfRun(this.seed, this.runs), this.value("marker_deg"));
    this.run.scan(totals);
    this.changed();
  }

  setMarker(value) {
    this.change("marker_deg", value);
    this.startRun(this.run.totals);
  }

  pythonChanged() {
    this.phase.show(this.value("phase_deg"));
    this.marker.show(this.value("marker_deg"));
    this.startRun(this.run.totals);
  }

  destroyed() {
    this.player.pause();
  }

  // ---- what is shown -----------------------------------------------------------------------------------------------

  draw() {
    this.told = markerDistinguishability(this.value("marker_deg"));
    this.expected = markerVisibility(this.value("marker_deg"));
    this.drawBench();
    this.drawFringe();
    this.drawTrade();
    this.story.textContent = this.tellPhoton();
  }

  clicksHere() {
    const first = this.run.firsts[this.setting];
    return [first, this.run.totals[this.setting] - first].map(thousands);
  }

  drawBench() {
    const clicks = this.clicksHere();
    const [phase, marker] = [this.value("phase_deg"), this.value("marker_deg")];
    this.bench.draw({
      phase, marker, clicks, last: this.run.last?.detector ?? null,
      description: this.t("bench", { phase: inDegrees(phase), marker: inDegrees(marker), first: clicks[0], second: clicks[1] }),
    });
  }

  drawFringe() {
    const [first, second] = this.clicksHere();
    const curve = Array.from({ length: 360 / CURVE_STEP + 1 }, (_, i) => [CURVE_STEP * i, chanceOfFirst(CURVE_STEP * i, this.value("marker_deg"))]);
    const marks = PHASES.map((phase, i) => {
      const { share, error } = this.run.shareAt(i);
      return { x: phase, y: share, error, kind: i === this.setting ? "two" : "seen" };
    });
    const { number, note, chart } = this.fringePanel;
    number.textContent = this.t("visibility_number", { value: this.visibilityText() });
    note.textContent = this.t("fringe_note", { phase: inDegrees(this.value("phase_deg")), first, second });
    chart.draw({
      x: { from: -8, to: 368, ticks: [0, 90, 180, 270, 360], format: (phase) => `${phase}°`, label: this.t("fringe_axis") },
      y: { from: -0.03, to: 1.03, ticks: [0, 0.25, 0.5, 0.75, 1], format: (share) => percent(share, 0) },
      lines: [
        { points: curve, kind: "expected", label: this.t("expected_line") },
        { points: [[-8, 0.5], [368, 0.5]], kind: "faint", label: this.t("coin_line") },
      ],
      marks,
      description: this.t("fringe_chart", { value: this.visibilityText(), expected: fixedNumber(this.expected, 2) }),
    });
  }

  drawTrade() {
    const { value, error } = this.run.visibility;
    const { number, note, chart } = this.tradePanel;
    number.textContent = this.t("trade_number", { told: fixedNumber(this.told, 2) });
    note.textContent = this.t("trade_note", { right: this.rightText() });
    chart.draw({
      x: { from: -0.05, to: 1.05, ticks: [0, 0.25, 0.5, 0.75, 1], label: this.t("trade_axis") },
      y: { from: -0.25, to: 1.25, ticks: [0, 0.25, 0.5, 0.75, 1] },
      bands: [{ points: CIRCLE.map(([told, most]) => [told, most, 1.25]), kind: "three" }],
      lines: [{ points: CIRCLE, kind: "three", label: this.t("circle_line") }],
      marks: [{ x: this.told, y: value, error }],
      description: this.t("trade_chart", { value: this.visibilityText(), told: fixedNumber(this.told, 2) }),
    });
  }

  visibilityText() {
    const { value, error } = this.run.visibility;
    return Number.isFinite(value) ? `${fixedNumber(value, 2)} ± ${error.toFixed(2)}` : "–";
  }

  rightText() {
    return percent((1 + this.told) / 2, 0);
  }

  tellPhoton() {
    if (!this.run.last) return this.t("story_none");
    const { setting, detector } = this.run.last;
    return this.t("story", { number: thousands(this.run.photons), phase: inDegrees(PHASES[setting]), detector: detector === 0 ? "D₀" : "D₁" });
  }

  summary() {
    const { value, error } = this.run.visibility;
    const [first, second] = this.run.clicks;
    return this.t("summary", {
      photons: thousands(this.run.photons), first: thousands(first), second: thousands(second),
      marker: inDegrees(this.value("marker_deg")), value: fixedNumber(value, 2), error: fixedNumber(error, 2),
      expected: fixedNumber(this.expected, 2), right: this.rightText(),
    });
  }
}

function inDegrees(value) {
  return `${value}°`;
}

export default {
  render: ({ model, el }) => start(MachZehnderView, { model, el, name: "mach-zehnder", traits: ["phase_deg", "marker_deg"] }),
};
