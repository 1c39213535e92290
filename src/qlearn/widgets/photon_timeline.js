// Alice, Bob and Eve, photon by photon. Python supplies probabilities and labels (photon_timeline.py); each photon is
// drawn fresh here. With a kernel, a million photons can be asked of qlearn.physics.

import { bar, button, slider, sliders } from "./views/controls.js";
import { chartPanel } from "./views/chart.js";
import { html } from "./views/elements.js";
import { percent, thousands } from "./views/language.js";
import { PhotonRun, photonAt } from "./views/photons.js";
import { PhotonStage, SLOW_FLIGHT } from "./views/photon_stage.js";
import { PhotonTable } from "./views/photon_table.js";
import { BASIS_SIGN } from "./views/polarisation.js";
import { freshSeed } from "./views/random.js";
import { WidgetView, start } from "./views/widget.js";

const MOST_PHOTONS = 100000;
const SPEEDS = [0.5, 1, 2, 5, 10, 20, 50, 100]; // photons a second
const KERNEL_PULSES = 1000000;

class PhotonTimelineView extends WidgetView {
  // ---- parts -------------------------------------------------------------------------------------------------

  build() {
    this.seed = this.model.get("seed") ?? freshSeed();
    this.speed = 1;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    const stage = html("div", { class: "ql-stage-holder" });
    this.root.append(stage);
    this.stage = new PhotonStage(stage, this.t);
    this.story = html("p", { class: "ql-story" });
    this.table = new PhotonTable(this.t);
    this.root.append(this.story, this.buildBar(), this.buildSliders(), ...this.table.elements);
    this.root.append(this.buildCharts(), this.buildKernel());
    this.drawings(this.stage, this.table, this.errorPanel.chart, this.detectionPanel.chart);
    this.replay(this.model.get("photons"));
  }

  buildBar() {
    this.playButton = button(this.t("play"), () => this.togglePlay(), { primary: true, name: "play" });
    const step = button(this.t("step"), () => this.step(), { name: "step" });
    const send = button(this.t("send", { count: 100 }), () => this.send(100), { name: "send" });
    const again = button(this.t("new_run"), () => this.newRun(), { name: "new-run" });
    this.speedSlider = slider({
      label: this.t("speed"), name: "speed", min: 0, max: SPEEDS.length - 1, step: 1, value: SPEEDS.indexOf(this.speed),
      words: (i) => this.t("per_second", { count: SPEEDS[i] }),
      onInput: (i) => (this.speed = SPEEDS[i]),
    });
    return bar(this.playButton, step, send, again);
  }

  buildSliders() {
    const make = (trait, label, name) => slider({
      label: this.t(label), name, min: 0, max: 100, step: 5, value: 100 * this.value(trait),
      words: (value) => percent(value / 100, 0),
      onInput: (value) => this.askWhatIf(trait, value / 100),
    });
    this.eveSlider = make("intercepted_fraction", "eve_slider", "eve");
    this.lossSlider = make("lost_fraction", "loss_slider", "loss");
    return sliders(this.eveSlider.element, this.lossSlider.element, this.speedSlider.element);
  }

  buildCharts() {
    this.errorPanel = chartPanel(this.t("error_rate"), "error-rate");
    this.detectionPanel = chartPanel(this.t("detection"), "detection");
    return html("div", { class: "ql-charts" }, this.errorPanel.element, this.detectionPanel.element);
  }

  buildKernel() {
    const label = this.t("kernel", { count: thousands(KERNEL_PULSES) });
    this.kernelButton = button(label, () => this.askKernel(), { name: "kernel" });
    this.kernelAnswer = html("p", { class: "ql-kernel-answer", role: "status" });
    this.kernel = html("div", { class: "ql-kernel", hidden: true }, this.kernelButton, this.kernelAnswer);
    return this.kernel;
  }

  // ---- what happens ------------------------------------------------------------------------------------------

  destroyed() {
    this.pause();
    this.stage.clear();
  }

  settings() {
    return {
      seed: this.seed,
      intercepted: this.value("intercepted_fraction"),
      transmittance: 1 - this.value("lost_fraction"),
      probabilities: this.model.get("probabilities"),
    };
  }

  /** Play the same photons again under the present settings, up to number `photons`. */
  replay(photons) {
    this.stage.clear();
    this.run = new PhotonRun(this.settings());
    for (let i = 0; i < photons; i += 1) this.run.add();
    this.launched = this.run.sent;
    this.eveSlider.show(100 * this.value("intercepted_fraction"));
    this.lossSlider.show(100 * this.value("lost_fraction"));
  }

  pythonChanged() {
    this.replay(this.run.sent);
  }

  /** What would have become of the same photons with another setting? */
  askWhatIf(trait, value) {
    this.traits.set(trait, value);
    this.replay(this.run.sent);
    this.changed();
  }

  save() {
    this.model.set("counts", this.run.counts());
    super.save();
  }

  newRun() {
    this.pause();
    this.seed = freshSeed();
    this.replay(0);
    this.changed();
  }

  send(photons) {
    this.stage.clear();
    for (let i = 0; i < photons && this.run.sent < MOST_PHOTONS; i += 1) this.run.add();
    this.launched = this.run.sent;
    this.changed();
  }

  step() {
    this.pause();
    this.launch(1.6);
  }

  launch(seconds) {
    if (this.launched >= MOST_PHOTONS) return this.pause();
    const photon = photonAt(this.launched, this.run.settings);
    this.launched += 1;
    const land = () => {
      this.run.add();
      this.changed();
    };
    if (this.still.matches || seconds === 0) return land();
    if (seconds >= SLOW_FLIGHT) this.story.textContent = this.tellDeparture(photon);
    return this.stage.launch(photon, seconds, land);
  }

  togglePlay() {
    if (this.playing) return this.pause();
    this.playing = true;
    this.playButton.textContent = this.t("pause");
    let last = performance.now();
    let due = 1; // the first photon leaves at once
    const tick = (now) => {
      if (!this.playing || !this.root.isConnected) return;
      due += Math.min(0.25, (now - last) / 1000) * this.speed;
      last = now;
      // one photon a frame is seen flying; when more are due, the others arrive at once
      for (let first = true; due >= 1; due -= 1, first = false) {
        // the rest of a photon's time is for reading what became of it
        this.launch(first ? Math.max(0.35, 0.6 / this.speed) : 0);
      }
      requestAnimationFrame(tick);
    };
    return requestAnimationFrame(tick);
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.playButton.textContent = this.t("play");
    this.changed();
  }

  // ---- what is shown -----------------------------------------------------------------------------------------

  draw() {
    const last = this.run.sent ? photonAt(this.run.sent - 1, this.run.settings) : null;
    this.stage.show(this.run.settings.intercepted, last);
    const flying = this.stage.told?.photon;
    this.story.textContent = flying ? this.tellDeparture(flying) : last ? this.tellStory(last) : this.t("story_none");
    this.table.draw(this.run);
    this.drawErrorRate();
    this.drawDetection();
  }

  tellDeparture({ index, alice }) {
    return this.t("story_flying", { photon: index + 1, alice_bit: alice.bit, alice_basis: BASIS_SIGN[alice.basis] });
  }

  tellStory({ index, alice, eve, bob, verdict }) {
    const sameBasis = eve && eve.basis === alice.basis;
    const how = { kept: eve ? (sameBasis ? "kept_known" : "kept_lucky") : "kept" }[verdict] ?? verdict;
    return this.t(`story_${how}`, {
      photon: index + 1, alice_bit: alice.bit, alice_basis: BASIS_SIGN[alice.basis], bob_bit: bob.bit,
      bob_basis: BASIS_SIGN[bob.basis], eve_basis: eve ? BASIS_SIGN[eve.basis] : "",
    });
  }

  axis() {
    const to = 10 ** Math.max(2, Math.ceil(Math.log10(this.run.keptCount + 1)));
    return { from: 1, to, scale: "log", label: this.t("compared_bits"), format: (bits) => thousands(Math.round(bits)) };
  }

  drawErrorRate() {
    const { keptCount: kept, errorRate, standardError, expectedErrorRate: expected, errorsAfter } = this.run;
    const x = this.axis();
    const points = steps(1, kept).map((n) => [n, errorsAfter[n] / n]);
    const band = steps(1, x.to).map((n) => {
      const spread = Math.sqrt((expected * (1 - expected)) / n);
      return [n, expected - spread, expected + spread];
    });
    const { number, note, chart } = this.errorPanel;
    // all right or all wrong: the formula's ± 0 would claim too much
    number.textContent = percent(errorRate) + (standardError > 0 ? ` ± ${percent(standardError)}` : "");
    note.textContent = this.t("expected", { rate: percent(expected) });
    chart.draw({
      x, y: { from: 0, to: 0.5, format: wholePercent }, bands: expected ? [{ points: band, kind: "seen" }] : [],
      lines: [{ kind: "expected", points: [[1, expected], [x.to, expected]] }, { kind: "seen", points }],
      marks: kept ? [{ x: kept, y: errorRate, error: standardError }] : [],
      description: this.t("error_chart", { rate: number.textContent, expected: percent(expected), bits: kept }),
    });
  }

  drawDetection() {
    const { keptCount: kept } = this.run;
    const x = this.axis();
    const { number, note, chart } = this.detectionPanel;
    number.textContent = detectionText(this.run.detectionAfter(kept));
    note.textContent = this.t(this.run.expectedErrorRate ? "after_bits" : "no_eve", { bits: thousands(kept) });
    chart.draw({
      x, y: { from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1], format: wholePercent },
      lines: [{ kind: "expected", points: steps(1, x.to).map((n) => [n, this.run.detectionAfter(n)]) }],
      marks: kept ? [{ x: kept, y: this.run.detectionAfter(kept) }] : [],
      description: this.t("detection_chart", { probability: number.textContent, bits: kept }),
    });
  }

  summary() {
    const { sent, intercepted, arrived, kept, errors } = this.run.counts();
    return this.t("summary", {
      sent: thousands(sent), intercepted: thousands(intercepted), arrived: thousands(arrived), kept: thousands(kept), errors: thousands(errors),
      rate: this.errorPanel.number.textContent, expected: percent(this.run.expectedErrorRate), detection: this.detectionPanel.number.textContent,
    });
  }

  /** A screen reader hears the last photon's story too; while photons fly by it hears nothing. */
  spoken() {
    return this.playing ? null : `${this.story.textContent} ${this.words.textContent}`;
  }

  // ---- the kernel --------------------------------------------------------------------------------------------

  askKernel() {
    this.kernelButton.disabled = true;
    this.kernelAnswer.textContent = this.t("kernel_wait");
    // the settings go along: a saved trait may still be on its way when this message arrives
    const settings = Object.fromEntries(this.traits.values);
    this.model.send({ kind: "simulate", pulses: KERNEL_PULSES, ...settings });
  }

  heardKernel(message) {
    this.kernel.hidden = false;
    if (message.kind !== "counts") return;
    this.kernelButton.disabled = false;
    const { error_rate: rate, error_rate_standard_error: error, expected_error_rate: expected, ...counts } = message;
    const values = Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, thousands(value)]));
    this.kernelAnswer.textContent = this.t("kernel_answer", {
      ...values, rate: `${percent(rate, 3)} ± ${percent(error, 3)}`, expected: percent(expected, 3),
    });
  }
}

/** Whole numbers from 1 to `to`, dense enough for a smooth line on a logarithmic axis. */
function steps(from, to, most = 160) {
  if (to < from) return [];
  const all = Array.from({ length: most }, (_, i) => Math.round(from * (to / from) ** (i / (most - 1))));
  return [...new Set(all)];
}

function wholePercent(part) {
  return percent(part, 0);
}

/** A probability near one keeps its digits: 99.9999 %, not 100 %. */
function detectionText(probability) {
  const missing = 1 - probability;
  if (missing < 1e-9) return "> 99.9999999 %";
  const digits = missing < 0.01 ? Math.floor(-Math.log10(missing)) - 1 : 1;
  return percent(probability, digits);
}

export default {
  render: ({ model, el }) => start(PhotonTimelineView, {
    model, el, name: "photon-timeline", traits: ["intercepted_fraction", "lost_fraction"],
  }),
};
