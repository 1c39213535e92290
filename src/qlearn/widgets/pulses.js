// The pulse sequencer: what is on the page and what the reader's hand does with it. Times in us, frequencies in MHz.

import { durationOf, gaussianEnsemble, meanWay, ratesOf, sequenceOf, signalOf, spreadOf, vectorsAt, weightedMean } from "./views/bloch_equations.js";
import { BlochSphere } from "./views/bloch_sphere.js";
import { chartPanel } from "./views/chart.js";
import { choice, slider, sliders } from "./views/controls.js";
import { html } from "./views/elements.js";
import { fixedNumber, vectorText } from "./views/numbers.js";
import { Player } from "./views/player.js";
import { Strip } from "./views/strip.js";
import { start, WidgetView } from "./views/widget.js";

const TRAITS = ["sequence", "rabi_mhz", "detuning_mhz", "pulse_us", "free_us", "t1_us", "t_phi_us", "t2_star_us", "moment"];
const KINDS = ["rabi", "ramsey", "echo"];
const NOISE = ["t2_star_us", "t_phi_us", "t1_us"];
const SIGNAL_POINTS = 201;
const WAY_POINTS = 60; // a segment; one pulse alone gets four times as many
const PLAY_SECONDS = 8; // a whole sequence
const TURN = 2 * Math.PI;
// the cloud: parts of a standard deviation below which 1/24, 3/24 ... 23/24 of the runs lie
const CLOUD = [-1.732, -1.15, -0.812, -0.549, -0.319, -0.105, 0.105, 0.319, 0.549, 0.812, 1.15, 1.732];

class PulsesView extends WidgetView {
  build() {
    this.known = new Map(); // what the last settings gave: playing changes only the moment
    const holder = html("div", { class: "ql-sphere-holder" });
    this.sphere = this.drawings(new BlochSphere(holder, { name: "sphere" }));
    const stripHolder = html("div", { class: "ql-strip-holder" });
    this.strip = this.drawings(new Strip(stripHolder, { name: "sequence" }));
    this.during = chartPanel(this.t("during"), "during", { height: 180 });
    this.signal = chartPanel(this.t("signal"), "signal", { height: 210 });
    this.drawings(this.during.chart, this.signal.chart);
    this.player = new Player({ t: this.t, onFrame: (seconds) => this.playOn(seconds), onStop: () => this.changed() });
    this.root.append(
      this.buildSequence(), stripHolder, this.buildTime(),
      html("div", { class: "ql-pair" }, html("div", {}, holder, html("p", { class: "ql-note", text: this.t("cloud") })), html("div", {}, this.during.element)),
      this.signal.element, this.buildNoise(),
    );
  }

  buildSequence() {
    const options = KINDS.map((kind) => [kind, this.t(kind)]);
    this.kind = choice({
      label: this.t("sequence"), name: "sequence", options, value: this.value("sequence"),
      onChange: (kind) => {
        this.player.pause();
        this.change("sequence", kind);
      },
    });
    return this.kind.element;
  }

  /** A slider of a trait with Python's range. */
  range(trait, words) {
    const [min, max, step] = this.model.get("ranges")[trait];
    return slider({ label: this.t(trait), name: trait, min, max, step, value: this.value(trait), words, onInput: (value) => this.change(trait, value) });
  }

  /** A slider over the stops of a time constant; the last one is never. */
  stops(trait) {
    const times = this.model.get("time_constants")[trait];
    const words = (i) => this.timeText(this.value(trait) === times[i] || this.stopOf(trait, times) !== i ? times[i] : this.value(trait));
    return slider({
      label: this.t(trait), name: trait, min: 0, max: times.length - 1, step: 1, value: this.stopOf(trait, times), words,
      onInput: (i) => this.change(trait, times[i]),
    });
  }

  /** The stop nearest to the trait's value, which Python may have set between two of them. */
  stopOf(trait, times) {
    const value = this.value(trait);
    if (value === null) return times.length - 1;
    const distance = (i) => Math.abs(Math.log(times[i] / value));
    return times.reduce((best, time, i) => (time !== null && distance(i) < distance(best) ? i : best), 0);
  }

  timeText(time) {
    return time === null ? this.t("never") : `${fixedNumber(time, Number.isInteger(time) ? 0 : 1)} µs`;
  }

  buildTime() {
    this.sliders = {
      pulse_us: this.range("pulse_us", (value) => `${fixedNumber(value, 2)} µs`),
      free_us: this.range("free_us", (value) => `${fixedNumber(value, 1)} µs`),
      moment: this.range("moment", (value) => `${fixedNumber(value * this.duration(), 2)} µs`),
    };
    const play = html("div", { class: "ql-play" }, this.player.element, this.sliders.moment.element);
    return html("div", {}, play, sliders(this.sliders.pulse_us.element, this.sliders.free_us.element));
  }

  buildNoise() {
    Object.assign(this.sliders, {
      rabi_mhz: this.range("rabi_mhz", (value) => `${fixedNumber(value, 1)} MHz`),
      detuning_mhz: this.range("detuning_mhz", (value) => `${fixedNumber(value, 2)} MHz`),
    });
    for (const trait of NOISE) this.sliders[trait] = this.stops(trait);
    const row = sliders(...["rabi_mhz", "detuning_mhz", ...NOISE].map((trait) => this.sliders[trait].element));
    row.classList.add("ql-settings");
    return row;
  }

  // ---- what happens ------------------------------------------------------------------------------------------

  playOn(seconds) {
    const from = this.value("moment") >= 1 ? 0 : this.value("moment");
    this.traits.set("moment", Math.min(1, from + seconds / PLAY_SECONDS));
    this.paint();
    return this.value("moment") < 1;
  }

  pythonChanged() {
    this.kind.show(this.value("sequence"));
    for (const trait of ["rabi_mhz", "detuning_mhz", "pulse_us", "free_us"]) this.sliders[trait].show(this.value(trait));
    const times = this.model.get("time_constants");
    for (const trait of NOISE) this.sliders[trait].show(this.stopOf(trait, times[trait]));
  }

  destroyed() {
    this.player.pause();
  }

  // ---- what it is --------------------------------------------------------------------------------------------

  segments(kind = this.value("sequence")) {
    const time = this.value(kind === "rabi" ? "pulse_us" : "free_us");
    return sequenceOf(kind, { rabi: TURN * this.value("rabi_mhz"), time });
  }

  duration() {
    return durationOf(this.segments());
  }

  rates() {
    return ratesOf({ t1: this.value("t1_us"), tPhi: this.value("t_phi_us") });
  }

  members() {
    return gaussianEnsemble(TURN * this.value("detuning_mhz"), spreadOf(this.value("t2_star_us")));
  }

  /** A result that is kept until one of the traits it depends on changes. */
  keep(name, traits, make) {
    const key = traits.map((trait) => this.value(trait)).join(" ");
    if (this.known.get(name)?.key !== key) this.known.set(name, { key, value: make() });
    return this.known.get(name).value;
  }

  wayOfMean() {
    const traits = TRAITS.filter((trait) => trait !== "moment");
    const points = this.value("sequence") === "rabi" ? 4 * WAY_POINTS : WAY_POINTS;
    return this.keep("way", traits, () => meanWay(this.segments(), this.members(), this.rates(), points));
  }

  /** Points of the signal's line for a kind of sequence, against the length of its pulse or free time. */
  signalLine(kind) {
    const [, longest] = this.model.get("ranges")[kind === "rabi" ? "pulse_us" : "free_us"];
    const step = longest / (SIGNAL_POINTS - 1);
    const settings = { rabi: TURN * this.value("rabi_mhz") };
    return this.keep(kind, ["rabi_mhz", "detuning_mhz", ...NOISE], () =>
      [...signalOf(kind, settings, this.members(), this.rates(), { step, count: SIGNAL_POINTS })].map((one, i) => [i * step, one]));
  }

  // ---- what is shown -----------------------------------------------------------------------------------------

  draw() {
    const kind = this.value("sequence");
    this.sliders.moment.show(this.value("moment"));
    for (const [trait, isRabi] of [["pulse_us", true], ["free_us", false]]) this.sliders[trait].element.hidden = isRabi !== (kind === "rabi");
    const segments = this.segments();
    const total = durationOf(segments);
    const now = this.value("moment") * total;
    const [members, rates] = [this.members(), this.rates()];
    const vector = weightedMean(vectorsAt(segments, members, rates, now), members);
    this.shown = { now, total, vector, end: (1 - this.wayOfMean().vectors.at(-1)[2]) / 2 };
    this.shown.length = Math.hypot(...this.shown.vector);
    this.drawStrip(segments);
    this.drawSphere(segments, rates);
    this.drawDuring();
    this.drawSignal(kind);
  }

  drawStrip(segments) {
    const named = segments.map(({ time, label, kind }) => ({ label: this.t(`segment_${label}`), length: time, kind }));
    this.strip.draw({
      segments: named, now: this.shown.now, format: (time) => `${fixedNumber(time, 2)} µs`,
      description: named.map(({ label, length }) => `${label} ${fixedNumber(length, 2)} µs`).join(", "),
    });
  }

  drawSphere(segments, rates) {
    const { vector, now, length } = this.shown;
    const [mean, spread] = [TURN * this.value("detuning_mhz"), spreadOf(this.value("t2_star_us"))];
    const runs = spread ? CLOUD.map((part) => ({ detuning: mean + spread * part })) : [];
    const { times, vectors } = this.wayOfMean();
    const past = vectors.filter((_, i) => times[i] < now);
    this.sphere.draw({
      vector, trail: [...past, vector], cloud: vectorsAt(segments, runs, rates, now), axis: axisAt(segments, now, mean),
      description: this.t("sphere", { vector: vectorText(vector, 2), length: fixedNumber(length, 2) }),
    });
  }

  drawDuring() {
    const { now, total, vector, length, end } = this.shown;
    const { times, vectors } = this.wayOfMean();
    const { number, note, chart } = this.during;
    const height = (1 - vector[2]) / 2;
    number.textContent = `P(1) = ${fixedNumber(height)}`;
    note.textContent = this.t("length_note", { length: fixedNumber(length), time: fixedNumber(now, 2) });
    chart.draw({
      x: { from: 0, to: total || 1, label: this.t("time_axis") }, y: { from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1] },
      lines: [
        { kind: "one", label: "P(1)", points: times.map((time, i) => [time, (1 - vectors[i][2]) / 2]) },
        { kind: "three", label: this.t("length_line"), points: times.map((time, i) => [time, Math.min(1, Math.hypot(...vectors[i]))]) },
      ],
      marks: [{ x: now, y: height, kind: "one" }, { x: now, y: Math.min(1, length), kind: "three" }],
      description: this.t("during_chart", { end: fixedNumber(end), total: fixedNumber(total, 2), length: fixedNumber(length) }),
    });
  }

  drawSignal(kind) {
    const { end } = this.shown;
    const isRabi = kind === "rabi";
    const trait = isRabi ? "pulse_us" : "free_us";
    const { number, note, chart } = this.signal;
    number.textContent = `P(1) = ${fixedNumber(end)}`;
    note.textContent = this.t(isRabi ? "signal_note_rabi" : "signal_note", { time: fixedNumber(this.value(trait), isRabi ? 2 : 1) });
    const colours = { rabi: "one", ramsey: "two", echo: "one" };
    const shown = isRabi ? ["rabi"] : ["ramsey", "echo"];
    const lines = shown.map((one) => ({ kind: colours[one], label: this.t(one), points: this.signalLine(one) }));
    lines.push({ kind: "expected", label: this.t(isRabi ? "rabi_formula" : "memoryless"), points: isRabi ? this.formulaLine() : this.limitLine() });
    chart.draw({
      x: { from: 0, to: this.model.get("ranges")[trait][1], label: this.t(isRabi ? "pulse_axis" : "free_axis") },
      y: { from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1] }, lines,
      marks: [{ x: this.value(trait), y: end, kind: colours[kind] }],
      description: this.t("signal_chart", { end: fixedNumber(end), time: fixedNumber(this.value(trait), 2) }),
    });
  }

  /** Rabi's formula for the mean detuning, without any noise. */
  formulaLine() {
    const frequency = Math.hypot(this.value("rabi_mhz"), this.value("detuning_mhz"));
    const most = (this.value("rabi_mhz") / frequency) ** 2;
    return this.signalLine("rabi").map(([time]) => [time, most * Math.sin(Math.PI * frequency * time) ** 2]);
  }

  /** What an echo with perfect pulses would show: memoryless noise stays. */
  limitLine() {
    const { transverse } = this.rates();
    return this.signalLine("echo").map(([time]) => [time, (1 + Math.exp(-transverse * time)) / 2]);
  }

  summary() {
    const { now, total, vector, length, end } = this.shown;
    const kind = this.value("sequence");
    const free = this.value("free_us");
    const [{ transverse }, spread] = [this.rates(), spreadOf(this.value("t2_star_us"))];
    const frequency = Math.hypot(this.value("rabi_mhz"), this.value("detuning_mhz"));
    return this.t(kind === "rabi" ? "summary_rabi" : "summary", {
      kind: this.t(kind), end: fixedNumber(end), total: fixedNumber(total, 2), now: fixedNumber(now, 2), vector: vectorText(vector), length: fixedNumber(length),
      memoryless: fixedNumber(Math.exp(-transverse * free)), static: fixedNumber(Math.exp(-((spread * free) ** 2) / 2)),
      frequency: fixedNumber(frequency), most: fixedNumber((this.value("rabi_mhz") / frequency) ** 2),
    });
  }
}

/** Unit vector about which the mean run turns at a time, or null where nothing turns it. */
function axisAt(segments, now, detuning) {
  let passed = 0;
  const segment = segments.find(({ time }) => (passed += time) >= now) ?? segments.at(-1);
  const axis = [segment.rabi * Math.cos(segment.phase), segment.rabi * Math.sin(segment.phase), detuning];
  const size = Math.hypot(...axis);
  return size ? axis.map((part) => part / size) : null;
}

export default { render: ({ model, el }) => start(PulsesView, { model, el, name: "pulses", traits: TRAITS }) };
