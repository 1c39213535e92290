// The Bloch sphere with gates: what is on the page and what the reader's hand does with it.

import { Bars } from "./views/bars.js";
import { BlochSphere } from "./views/bloch_sphere.js";
import { panel } from "./views/chart.js";
import { bar, button, slider } from "./views/controls.js";
import { html } from "./views/elements.js";
import { degrees, fixedNumber, vectorText } from "./views/numbers.js";
import { Phasors } from "./views/phasors.js";
import { amplitudesOf, applyMatrix, blochOf, effectOf, matrixOf, parseCircuit, stateAfter, trailOf, turnOf, writeCircuit } from "./views/qubit.js";
import { freshSeed, uniform } from "./views/random.js";
import { start, WidgetView } from "./views/widget.js";

const NAMED = ["X", "Y", "Z", "H", "S", "T"];
const TURNING = ["Rx", "Ry", "Rz", "G"];
const MOST_GATES = 60; // as in circuit.py
const TURN_SECONDS = 0.7;
const MOST_SHOTS = 1e6;
const KET_NAMES = ["|0⟩", "|1⟩"];

class BlochView extends WidgetView {
  build() {
    this.gates = this.model.get("gates");
    this.seed = this.model.get("seed") ?? freshSeed();
    this.drawn = 0; // numbers taken from the stream: never the same outcome twice
    this.forget();
    this.part = 1; // of the last gate, on its way while the vector turns
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    const holder = html("div", { class: "ql-sphere-holder" });
    this.sphere = this.drawings(new BlochSphere(holder, { name: "sphere" }));
    this.phasors = new Phasors({ name: "amplitude", names: KET_NAMES });
    this.table = html("table", { class: "ql-amplitudes" });
    this.story = html("p", { class: "ql-story" });
    this.line = html("p", { class: "ql-circuit", "data-value": "circuit" });
    this.root.append(
      html("div", { class: "ql-pair" }, html("div", {}, holder), html("div", { class: "ql-amounts" }, this.phasors.element, this.table)),
      this.line, this.story, this.buildGates(), this.buildMeasurement(),
    );
  }

  buildGates() {
    const press = (name) => button(name === "G" ? this.t("global_gate") : name, () => this.apply(name), { name: `gate-${name}` });
    const named = NAMED.map(press);
    const turning = TURNING.map(press);
    turning[3].setAttribute("aria-label", this.t("global_gate_spoken"));
    this.angle = slider({
      label: this.t("angle"), name: "angle", min: -180, max: 180, step: 5, value: this.value("angle_deg"),
      words: (value) => degrees((value * Math.PI) / 180, 0), onInput: (value) => this.change("angle_deg", value),
    });
    this.undo = button(this.t("undo"), () => this.goTo(parseCircuit(this.value("circuit")).slice(0, -1)), { name: "undo" });
    this.reset = button(this.t("reset"), () => this.goTo([]), { name: "reset" });
    const row = bar(...named, this.undo, this.reset);
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", this.t("gates"));
    const turns = bar(this.angle.element, ...turning);
    turns.setAttribute("role", "group");
    turns.setAttribute("aria-label", this.t("rotations"));
    for (const each of [row, turns]) each.classList.add("ql-gates");
    return html("div", {}, row, turns);
  }

  buildMeasurement() {
    const { element, number, note } = panel(this.t("measurement"), "probabilities");
    this.probabilities = number;
    this.counted = note;
    this.bars = this.drawings(new Bars(element, { name: "outcomes", height: 180 }));
    const measure = (shots) => button(this.t("measure", { shots }), () => this.measureShots(shots), { name: `measure-${shots}` });
    const row = bar(measure(1), measure(100), button(this.t("forget"), () => this.startCounting(), { name: "forget" }));
    return html("div", { class: "ql-measurement" }, row, element);
  }

  // ---- what happens ------------------------------------------------------------------------------------------

  apply(name) {
    const steps = parseCircuit(this.value("circuit"));
    if (steps.length >= MOST_GATES) return;
    steps.push({ name, degrees: TURNING.includes(name) ? this.value("angle_deg") : null });
    this.goTo(steps, { turning: !this.still.matches });
  }

  /** Another circuit is another state: what was counted belongs to the old one. */
  goTo(steps, { turning = false } = {}) {
    this.forget();
    cancelAnimationFrame(this.turning);
    this.part = turning ? 0 : 1;
    this.change("circuit", writeCircuit(steps));
    if (turning) this.turnOn();
  }

  turnOn() {
    let last = performance.now();
    const frame = (now) => {
      this.part = Math.min(1, this.part + Math.max(0, now - last) / 1000 / TURN_SECONDS);
      last = now;
      this.paint();
      if (this.part < 1 && this.root.isConnected) this.turning = requestAnimationFrame(frame);
    };
    this.turning = requestAnimationFrame(frame);
  }

  forget() {
    this.counts = [0, 0];
    this.latest = null;
  }

  startCounting() {
    this.forget();
    this.tellCounts();
  }

  /** Each shot is a qubit of its own, prepared by the same gates: a measured one would stay in its outcome. */
  measureShots(shots) {
    const [, one] = amplitudesOf(stateAfter(parseCircuit(this.value("circuit")), this.gates)).probabilities;
    for (let i = 0; i < shots && this.counts[0] + this.counts[1] < MOST_SHOTS; i += 1) {
      this.latest = Number(uniform(this.seed, this.drawn) < one);
      this.counts[this.latest] += 1;
      this.drawn += 1;
    }
    this.tellCounts();
  }

  tellCounts() {
    this.model.set("counts", { zeros: this.counts[0], ones: this.counts[1] });
    this.changed();
  }

  pythonChanged() {
    this.forget();
    this.part = 1;
    this.angle.show(this.value("angle_deg"));
  }

  destroyed() {
    cancelAnimationFrame(this.turning);
  }

  // ---- what is shown -----------------------------------------------------------------------------------------

  draw() {
    const steps = parseCircuit(this.value("circuit"));
    const before = stateAfter(steps.slice(0, -1), this.gates);
    const state = stateAfter(steps, this.gates);
    this.shown = { state, vector: blochOf(state), ...amplitudesOf(state) };
    const moving = this.part < 1 ? applyMatrix(matrixOf(steps.at(-1), this.gates, this.part), before) : state;
    const turn = steps.length ? turnOf(steps.at(-1), this.gates) : null;
    this.sphere.draw({
      vector: blochOf(moving), trail: trailOf(steps, this.gates, { part: this.part }), axis: turn?.angle ? turn.axis : null,
      description: this.t("sphere", { vector: vectorText(this.shown.vector, 2) }),
    });
    this.drawDials(moving);
    if (this.part === 1 || this.part === 0) this.drawWords(steps, before);
    this.drawOutcomes();
  }

  drawDials(moving) {
    const { sizes, phases } = amplitudesOf(moving);
    const words = sizes.map((size, i) => (Number.isFinite(phases[i]) ? `${fixedNumber(size, 2)} ∠ ${degrees(phases[i], 0)}` : "0"));
    const descriptions = KET_NAMES.map((name, i) => this.t("dial", { name, size: fixedNumber(sizes[i], 2), phase: degrees(phases[i], 0) }));
    this.phasors.draw({ amplitudes: moving, phases, words, descriptions });
  }

  drawWords(steps, before) {
    const { state, sizes, phases, probabilities } = this.shown;
    const cell = (text) => html("td", { text });
    const head = ["state", "amplitude", "size", "phase", "square"].map((label) => html("th", { scope: "col", text: this.t(label) }));
    const rows = KET_NAMES.map((name, i) => html("tr", {}, html("th", { scope: "row", text: name }),
      cell(complexText(state[i])), cell(fixedNumber(sizes[i])), cell(degrees(phases[i], 0)), cell(fixedNumber(probabilities[i]))));
    const totals = html("tr", { class: "ql-total" }, html("th", { scope: "row", text: this.t("sum") }),
      cell(""), cell(fixedNumber(sizes[0] + sizes[1])), cell(""), cell(fixedNumber(probabilities[0] + probabilities[1])));
    this.table.replaceChildren(html("thead", {}, html("tr", {}, ...head)), html("tbody", {}, ...rows, totals));
    this.line.textContent = ["|0⟩", ...steps.map((step) => gateText(step))].join(" → ");
    this.story.textContent = this.tellStory(steps, before);
    this.undo.disabled = this.reset.disabled = steps.length === 0;
  }

  tellStory(steps, before) {
    if (!steps.length) return this.t("story_start");
    const step = steps.at(-1);
    const { kind, phase } = effectOf(before, this.shown.state);
    const { axis, angle } = turnOf(step, this.gates);
    const name = axis.filter((part) => Math.abs(part) > 0.5).length > 1 ? this.t("axis_xz") : this.t(["axis_x", "axis_y", "axis_z"][axis.findIndex((part) => part > 0.5)]);
    return this.t(`story_${kind}`, {
      gate: gateText(step), phase: degrees(phase, 0), angle: degrees(angle, 0), axis: name,
      before: fixedNumber(amplitudesOf(before).probabilities[0]), after: fixedNumber(this.shown.probabilities[0]),
    });
  }

  drawOutcomes() {
    const { probabilities } = this.shown;
    const shots = this.counts[0] + this.counts[1];
    const fractions = this.counts.map((count) => count / shots);
    const error = Math.sqrt((fractions[0] * fractions[1]) / shots);
    const bars = [0, 1].flatMap((i) => [
      { label: `P(${i})`, value: probabilities[i], kind: "one", text: fixedNumber(probabilities[i], 2) },
      { label: this.t("counted_bar", { outcome: i }), value: shots ? fractions[i] : 0, error: shots ? error : 0, kind: "two", text: shots ? fixedNumber(fractions[i], 2) : "–" },
    ]);
    this.probabilities.textContent = `P(0) = ${fixedNumber(probabilities[0])}, P(1) = ${fixedNumber(probabilities[1])}`;
    this.counted.textContent = shots
      ? this.t("counted", { shots, latest: this.latest, zeros: this.counts[0], fraction: fixedNumber(fractions[0]), error: error > 0 ? ` ± ${fixedNumber(error)}` : "" })
      : this.t("not_counted");
    this.bars.draw({
      bars, y: { to: 1, ticks: [0, 0.25, 0.5, 0.75, 1] },
      description: `${this.probabilities.textContent}. ${this.counted.textContent}`,
    });
  }

  summary() {
    const { sizes, relative, vector, global } = this.shown;
    return this.t("summary", {
      probabilities: this.probabilities.textContent, zero: fixedNumber(sizes[0]), one: fixedNumber(sizes[1]),
      relative: degrees(relative), global: degrees(global), vector: vectorText(vector), counted: this.counted.textContent,
    });
  }
}

function gateText({ name, degrees: angle }) {
  if (angle === null) return name;
  const turn = degrees((angle * Math.PI) / 180, 0);
  return name === "G" ? `e^(i ${turn})` : `${name}(${turn})`;
}

/** An amplitude as a + bi, without parts that are nothing. */
function complexText([re, im]) {
  const [a, b] = [fixedNumber(re, 2), fixedNumber(Math.abs(im), 2)];
  if (Number(b) === 0) return a;
  const sign = im < 0 ? "\u2212" : "";
  if (fixedNumber(Math.abs(re), 2) === "0.00") return `${sign}${b}i`;
  return `${a} ${im < 0 ? "\u2212" : "+"} ${b}i`;
}

export default { render: ({ model, el }) => start(BlochView, { model, el, name: "bloch", traits: ["circuit", "angle_deg"] }) };
