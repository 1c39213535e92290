// Teleportation step by step on two Bloch spheres, and many runs counted against what is possible without a pair.
// Python supplies what each outcome does (teleportation.py); outcomes and runs are drawn fresh here.

import { BlochSphere } from "./views/bloch_sphere.js";
import { chartPanel, panel } from "./views/chart.js";
import { bar, button, choice, slider, sliders, toggle } from "./views/controls.js";
import { html } from "./views/elements.js";
import { percent, thousands } from "./views/language.js";
import { degrees, vectorText } from "./views/numbers.js";
import { freshSeed, seedOfRun, uniform } from "./views/random.js";
import { TeleportationRuns, fidelityOf, outcomeOf, scaled, shrinkage, spherePoint } from "./views/teleportation_runs.js";
import { WidgetView, start } from "./views/widget.js";

const STEPS = ["ready", "measured", "heard", "corrected"];
const [READY, MEASURED, HEARD, CORRECTED] = [0, 1, 2, 3];
const STEPS_STREAM = 2 ** 31; // as in teleportation_runs.py
const INPUTS_STREAM = STEPS_STREAM + 1;
const MOST_RUNS = 20000;
const NOTHING = [0, 0, 0];
const NOT_YET = "not-yet";
const BAND_POINTS = 60;

class TeleportationView extends WidgetView {
  build() {
    this.seed = this.model.get("seed") ?? freshSeed();
    this.rules = this.model.get("rules");
    this.signs = this.rules.outcomes.map(({ signs }) => signs);
    this.measurements = 0;
    this.inputs = 0;
    this.series = 0;
    this.outcome = null;
    this.goTo(this.value("step"), { quietly: true });
    this.runs = new TeleportationRuns(seedOfRun(this.seed, 0), this.settings());
    this.runs.add(this.model.get("runs"));
    this.story = html("p", { class: "ql-story" });
    this.root.append(this.buildSteps(), this.buildSpheres(), this.story, this.buildCorrections(), this.buildState(), this.buildPair(), this.buildRuns());
  }

  buildSteps() {
    this.steps = choice({
      label: this.t("steps"), name: "step", value: String(this.value("step")),
      options: STEPS.map((step, i) => [String(i), `${i + 1} ${this.t(`step_${step}`)}`]), onChange: (step) => this.goTo(Number(step)),
    });
    this.next = button("", () => this.goTo((this.value("step") + 1) % STEPS.length), { primary: true, name: "next" });
    return html("div", { class: "ql-stepper" }, this.steps.element, this.next);
  }

  buildSpheres() {
    const place = (name) => {
      const { element, number, note } = panel(this.t(`${name}_heading`), name);
      const holder = html("div", { class: "ql-sphere-holder" });
      element.append(holder);
      const sphere = this.drawings(new BlochSphere(holder, { name, onTurn: () => this.turnBoth(sphere) }));
      return { element, number, note, sphere };
    };
    this.alice = place("alice");
    this.bob = place("bob");
    return html("div", { class: "ql-spheres" }, this.alice.element, this.bob.element);
  }

  buildCorrections() {
    this.corrections = choice({
      label: this.t("corrections"), name: "correction", value: NOT_YET,
      options: [[NOT_YET, this.t("correction_not_yet")], ...this.rules.outcomes.map(({ correction }, i) => [String(i), this.t(`correction_${correction}`)])],
      onChange: (index) => (index === NOT_YET ? this.goTo(HEARD) : this.correct(Number(index))),
    });
    return this.corrections.element;
  }

  buildState() {
    const angle = (trait, min) => slider({
      label: this.t(trait), name: trait, min, max: 180, step: 1, value: this.value(trait),
      words: (value) => degrees((value * Math.PI) / 180, 0), onInput: (value) => this.change(trait, value),
    });
    this.angles = { theta_deg: angle("theta_deg", 0), phi_deg: angle("phi_deg", -180) };
    const another = button(this.t("another"), () => this.drawInput(), { name: "another" });
    const heading = html("p", { class: "ql-heading", text: this.t("state_heading") });
    return html("div", { role: "group", "aria-label": this.t("state_heading") }, heading,
      bar(this.angles.theta_deg.element, this.angles.phi_deg.element, another));
  }

  buildPair() {
    this.quality = slider({
      label: this.t("pair_fidelity"), name: "pair_fidelity", min: 25, max: 100, step: 1, value: 100 * this.value("pair_fidelity"),
      words: (value) => percent(value / 100, 0), onInput: (value) => this.setAndReplay("pair_fidelity", value / 100),
    });
    this.noise = choice({
      label: this.t("noise"), name: "noise", value: this.value("noise"),
      options: [["white", this.t("noise_white")], ["phase", this.t("noise_phase")]], onChange: (noise) => this.setAndReplay("noise", noise),
    });
    const heading = html("p", { class: "ql-heading", text: this.t("pair_heading") });
    return html("div", { role: "group", "aria-label": this.t("pair_heading") }, heading, sliders(this.quality.element, this.noise.element));
  }

  buildRuns() {
    const { element, number, note, chart } = chartPanel(this.t("runs_heading"), "runs", { height: 250 });
    this.panel = { number, note, chart: this.drawings(chart) };
    const more = (count) => button(this.t("more_runs", { count: thousands(count) }), () => this.addRuns(count), { name: `runs-${count}` });
    this.told = toggle({ label: this.t("told"), name: "told", value: this.value("told"), onChange: (told) => this.setAndReplay("told", told) });
    const heading = html("p", { class: "ql-heading", text: this.t("many_heading") });
    const controls = bar(more(100), more(1000), button(this.t("start_over"), () => this.replay(0), { name: "again" }), this.told.element);
    return html("div", { role: "group", "aria-label": this.t("many_heading") }, heading, controls, html("div", { class: "ql-charts" }, element));
  }

  // ---- what happens ------------------------------------------------------------------------------------------------

  settings() {
    return { noise: this.value("noise"), pairFidelity: this.value("pair_fidelity"), told: this.value("told"), signs: this.signs };
  }

  /** A step of the run: Alice measures on the way from the first step, and every time she does, chance decides. */
  goTo(step, { quietly = false } = {}) {
    if (step === READY) this.outcome = null;
    else if (this.outcome === null) this.drawOutcome();
    this.applied = this.outcome; // the corrections are numbered like the outcomes that ask for them
    if (!quietly) this.change("step", step);
  }

  drawOutcome() {
    this.outcome = outcomeOf(uniform(seedOfRun(this.seed, STEPS_STREAM), this.measurements));
    this.measurements += 1;
  }

  /** Whatever the bits say, Bob does this; without them he gambles. */
  correct(index) {
    if (this.outcome === null) this.drawOutcome();
    this.applied = index;
    this.change("step", CORRECTED);
  }

  drawInput() {
    const draw = (slot) => uniform(seedOfRun(this.seed, INPUTS_STREAM), 2 * this.inputs + slot);
    const [x, y, z] = spherePoint(draw(0), draw(1));
    this.inputs += 1;
    const angles = { theta_deg: Math.acos(z), phi_deg: Math.atan2(y, x) };
    for (const [trait, angle] of Object.entries(angles)) {
      this.change(trait, Math.round((180 * angle) / Math.PI));
      this.angles[trait].show(this.value(trait));
    }
  }

  addRuns(count) {
    this.runs.add(Math.min(count, MOST_RUNS - this.runs.runs));
    this.changed();
  }

  /** Another pair is another experiment: count as many fresh runs. */
  replay(count) {
    this.series += 1;
    this.runs = new TeleportationRuns(seedOfRun(this.seed, this.series), this.settings());
    this.runs.add(count);
    this.changed();
  }

  setAndReplay(trait, value) {
    this.change(trait, value);
    this.replay(this.runs.runs);
  }

  turnBoth(turned) {
    for (const { sphere } of [this.alice, this.bob]) {
      if (sphere === turned) continue;
      [sphere.azimuth, sphere.elevation] = [turned.azimuth, turned.elevation];
      sphere.draw(sphere.shown);
    }
  }

  pythonChanged() {
    for (const [trait, { show }] of Object.entries(this.angles)) show(this.value(trait));
    this.quality.show(100 * this.value("pair_fidelity"));
    this.noise.show(this.value("noise"));
    this.told.show(this.value("told"));
    this.goTo(this.value("step"), { quietly: true });
    this.replay(this.runs.runs);
  }

  // ---- what is shown -----------------------------------------------------------------------------------------------

  /** What Alice sends, what the right correction leaves of it, and the four vectors that Bob's qubit may have before. */
  vectors() {
    const [theta, phi] = ["theta_deg", "phi_deg"].map((trait) => (this.value(trait) * Math.PI) / 180);
    const sent = [Math.sin(theta) * Math.cos(phi), Math.sin(theta) * Math.sin(phi), Math.cos(theta)];
    const arrived = scaled(sent, shrinkage(this.value("noise"), this.value("pair_fidelity")));
    return { sent, arrived, possible: this.signs.map((signs) => scaled(arrived, signs)) };
  }

  /** What Bob can say of his qubit at this step. */
  held({ possible }) {
    const step = this.value("step");
    if (step <= MEASURED) return NOTHING;
    return step === HEARD ? possible[this.outcome] : scaled(possible[this.outcome], this.signs[this.applied]);
  }

  draw() {
    const step = this.value("step");
    const vectors = this.vectors();
    const held = this.held(vectors);
    this.shown = { held, fidelity: fidelityOf(vectors.sent, held) };
    const mine = step === READY ? vectors.sent : NOTHING;
    this.alice.number.textContent = vectorText(mine, 2);
    this.alice.note.textContent = this.t(step === READY ? "alice_has" : "alice_spent");
    this.alice.sphere.draw({
      vector: mine, others: step === READY ? [] : [vectors.sent], description: this.t("alice_sphere", { sent: vectorText(vectors.sent, 2), now: vectorText(mine, 2) }),
    });
    this.bob.number.textContent = this.t("bob_fidelity", { fidelity: percent(this.shown.fidelity) });
    this.bob.note.textContent = this.t(["bob_half", "bob_four", "bob_target", "bob_target"][step]);
    this.bob.sphere.draw({
      vector: held, others: [[], vectors.possible, [vectors.sent], [vectors.sent]][step],
      description: this.t("bob_sphere", { now: vectorText(held, 2), fidelity: percent(this.shown.fidelity) }),
    });
    this.steps.show(String(step));
    this.corrections.show(step === CORRECTED ? String(this.applied) : NOT_YET);
    this.next.textContent = this.t(["next_measure", "next_bits", "next_correct", "next_again"][step]);
    this.story.textContent = this.tellStep(step);
    this.drawRuns();
  }

  tellStep(step) {
    if (step === READY) return this.t("story_ready");
    const { bell, bits, correction } = this.rules.outcomes[this.outcome];
    const done = this.rules.outcomes[this.applied].correction;
    const name = ["story_ready", "story_measured", "story_heard", this.verdict()][step];
    return this.t(name, { outcome: this.t(`bell_${bell}`), bits, correction: this.t(`correction_${correction}`), done: this.t(`correction_${done}`) });
  }

  /** Whether Bob did what the bits ask for, and if not, whether it shows: Z leaves a vector along z alone. */
  verdict() {
    if (this.applied === this.outcome) return "story_right";
    const { arrived } = this.vectors();
    return this.shown.held.every((part, i) => Math.abs(part - arrived[i]) < 1e-9) ? "story_harmless" : "story_wrong";
  }

  drawRuns() {
    const { runs, mean, standardError, trail, expected } = this.runs;
    const limit = this.rules.classical_limit;
    const to = 10 ** Math.max(3, Math.ceil(Math.log10(runs + 1)));
    const across = (height) => [[10, height], [to, height]];
    const spread = Math.sqrt(expected * (1 - expected));
    const band = Array.from({ length: BAND_POINTS }, (_, i) => {
      const n = 10 * (to / 10) ** (i / (BAND_POINTS - 1));
      return [n, expected - spread / Math.sqrt(n), Math.min(1, expected + spread / Math.sqrt(n))];
    });
    const { number, note, chart } = this.panel;
    number.textContent = this.meanText();
    note.textContent = this.aboveText();
    chart.draw({
      x: { from: 10, to, scale: "log", label: this.t("runs_axis"), format: (n) => thousands(Math.round(n)) },
      y: { from: 0.3, to: 1, ticks: [0.4, 0.6, 0.8, 1], format: (part) => percent(part, 0) }, bands: [{ points: band, kind: "seen" }],
      lines: [
        { points: across(limit), kind: "two", label: this.t("limit_line", { limit: percent(limit) }) },
        { points: across(expected), kind: "expected", label: this.t("expected_line", { expected: percent(expected) }) },
        { points: [...trail, [runs, mean]], kind: "seen", label: this.t("seen_line") },
      ],
      marks: runs >= 10 ? [{ x: runs, y: mean, error: standardError }] : [],
      description: this.t("runs_chart", { runs: thousands(runs), mean: this.meanText(), expected: percent(expected), limit: percent(limit) }),
    });
  }

  meanText() {
    const { runs, mean, standardError } = this.runs;
    return runs ? `${(100 * mean).toFixed(1)} ± ${percent(standardError)}` : "–";
  }

  /** How far the mean lies above what is possible without a pair. */
  aboveText() {
    const { runs, mean, standardError } = this.runs;
    if (!runs) return this.t("not_yet");
    const errors = (mean - this.rules.classical_limit) / standardError;
    if (!(errors > 0)) return this.t("below");
    return Number.isFinite(errors) ? this.t("above", { errors: errors.toFixed(1) }) : this.t("above_no_error");
  }

  summary() {
    const { runs, expected } = this.runs;
    return this.t("summary", {
      step: this.value("step") + 1, held: vectorText(this.shown.held, 2), fidelity: percent(this.shown.fidelity), runs: thousands(runs),
      pair: percent(this.value("pair_fidelity"), 0), mean: this.meanText(), expected: percent(expected), limit: percent(this.rules.classical_limit),
    });
  }
}

export default {
  render: ({ model, el }) => start(TeleportationView, {
    model, el, name: "teleportation", traits: ["theta_deg", "phi_deg", "pair_fidelity", "noise", "told", "step"],
  }),
};
