// Correlation of two photons at every pair of angles, beside that of a copy whose answers to H or V were drawn by coins.
// Python supplies ranges and labels (two_qubits.py); every number is a closed form.

import { panel } from "./views/chart.js";
import { Bars } from "./views/bars.js";
import { bar, button, choice, slider, sliders } from "./views/controls.js";
import { html } from "./views/elements.js";
import { HeatMap } from "./views/heat_map.js";
import { percent } from "./views/language.js";
import { coinCopy, correlationMap, correlationOf, correlationSum, covarianceOf, jointOf, meansOf, pairOf } from "./views/qubit_pairs.js";
import { StepsTable } from "./views/steps_table.js";
import { WidgetView, start } from "./views/widget.js";

const STATES = ["bell", "blurred", "noisy", "partly", "separate"];
const PARAMETERS = { blurred: "coherence", noisy: "visibility", partly: "angle_deg", separate: "polarisation_deg" };
const PRESETS = [["both_hv", 0, 0], ["both_da", 45, 45], ["crossed", 0, 45]];
const LATTICE = Array.from({ length: 37 }, (_, i) => -90 + 5 * i);
const AXIS = { from: -90, to: 90, ticks: [-90, -45, 0, 45, 90] };
const SHOWN = 0.005; // what rounds to the same two digits counts as the same

class TwoQubitsView extends WidgetView {
  build() {
    this.ranges = this.model.get("ranges");
    this.verdict = html("p", { class: "ql-verdict" });
    this.root.append(this.buildState(), this.buildAngles(), this.verdict, this.buildDrawings(), this.buildTable());
  }

  buildState() {
    this.state = choice({
      label: this.t("state"), name: "state", value: this.value("state"),
      options: STATES.map((name) => [name, this.t(name)]), onChange: (name) => this.change("state", name),
    });
    this.parameters = Object.fromEntries(Object.values(PARAMETERS).map((trait) => [trait, this.traitSlider(trait, wordsOf(trait))]));
    return html("div", {}, this.state.element, sliders(...Object.values(this.parameters).map(({ element }) => element)));
  }

  buildAngles() {
    this.angles = ["alice_deg", "bob_deg"].map((trait) => this.traitSlider(trait, wordsOf(trait)));
    const buttons = PRESETS.map(([name, alice, bob]) => button(this.t(name), () => this.turn(alice, bob), { name }));
    return html("div", {}, sliders(...this.angles.map(({ element }) => element)), bar(...buttons));
  }

  traitSlider(trait, words) {
    const [min, max, step] = this.ranges[trait];
    return slider({ label: this.t(trait), name: trait, min, max, step, value: this.value(trait), words, onInput: (value) => this.change(trait, value) });
  }

  buildDrawings() {
    this.sides = ["pair", "copy"].map((who) => {
      const [map, answers] = [panel(this.t(`map_${who}`), `map-${who}`), panel(this.t(`answers_${who}`), `answers-${who}`)];
      const place = html("div"); // without padding: a canvas takes its holder's whole width
      map.element.append(place);
      const heat = new HeatMap(place, { name: `map-${who}`, height: 260, onPick: (x, y) => this.turn(...[x, y].map(onStep)) });
      return { who, map, answers, heat, bars: new Bars(answers.element, { name: `answers-${who}` }) };
    });
    this.drawings(...this.sides.flatMap(({ heat, bars }) => [heat, bars]));
    const [one, two] = this.sides;
    return html("div", { class: "ql-charts" }, ...[one.map, two.map, one.answers, two.answers].map(({ element }) => element));
  }

  buildTable() {
    this.table = new StepsTable(["row_beyond", "row_sum", "row_concurrence"].map((name) => [name, this.t(name)]));
    return this.table.element;
  }

  // ---- what happens ------------------------------------------------------------------------------------------------

  turn(alice, bob) {
    this.change("alice_deg", alice);
    this.change("bob_deg", bob);
    this.showAngles();
  }

  showAngles() {
    this.angles[0].show(this.value("alice_deg"));
    this.angles[1].show(this.value("bob_deg"));
  }

  pythonChanged() {
    this.state.show(this.value("state"));
    for (const [trait, control] of Object.entries(this.parameters)) control.show(this.value(trait));
    this.showAngles();
  }

  // ---- what is shown -----------------------------------------------------------------------------------------------

  draw() {
    const state = this.value("state");
    const [alice, bob] = [this.value("alice_deg"), this.value("bob_deg")];
    for (const [trait, { element }] of Object.entries(this.parameters)) element.hidden = PARAMETERS[state] !== trait;
    const parameter = this.value(PARAMETERS[state] ?? "coherence");
    const pair = pairOf(state, parameter);
    this.now = { alice, bob, pair, copy: coinCopy(pair) };
    this.findMaps(`${state} ${parameter}`);
    for (const side of this.sides) this.drawSide(side);
    this.verdict.textContent = this.judge();
    this.table.show({ row_beyond: signed(covarianceOf(pair, alice, bob)), row_sum: correlationSum(pair).toFixed(2), row_concurrence: pair.concurrence.toFixed(2) });
  }

  /** Maps change with the pair, not while a hand turns an analyser. */
  findMaps(depends) {
    if (this.maps?.depends === depends) return;
    const { pair, copy } = this.now;
    this.maps = { depends, pair: correlationMap(pair, LATTICE), copy: correlationMap(copy, LATTICE) };
  }

  drawSide({ who, map, answers, heat, bars }) {
    const { alice, bob } = this.now;
    const one = this.now[who];
    const both = signed(correlationOf(one, alice, bob));
    const joint = jointOf(one, alice, bob);
    const [alicePlus, bobPlus] = meansOf(one, alice, bob).map((mean) => percent((1 + mean) / 2, 0));
    const name = this.t(who);
    map.number.textContent = `E = ${both}`;
    answers.note.textContent = this.t("alone", { alice: alicePlus, bob: bobPlus });
    heat.draw({
      values: this.maps[who], rows: LATTICE.length, columns: LATTICE.length, from: -1, to: 1, label: "E",
      x: { ...AXIS, label: this.t("alice_axis") }, y: { ...AXIS, label: this.t("bob_axis") }, marks: [{ x: alice, y: bob }],
      description: this.t("map_chart", { who: name, alice: degrees(alice), bob: degrees(bob), value: both }),
    });
    bars.draw({
      bars: ["++", "+−", "−+", "−−"].map((label, i) => ({ label, value: joint[i], text: percent(joint[i], 0), kind: who === "pair" ? "one" : "two" })),
      y: { to: 1, ticks: [0, 0.5, 1], format: (part) => percent(part, 0) },
      description: this.t("answers_chart", { who: name, values: joint.map((part) => percent(part, 0)).join(", ") }),
    });
  }

  /** In words: is there more than chance, and could coins that were tossed for H or V have done it? */
  judge() {
    const { alice, bob, pair, copy } = this.now;
    const [mine, coins] = [jointOf(pair, alice, bob), jointOf(copy, alice, bob)];
    const same = mine.every((part, i) => Math.abs(part - coins[i]) < SHOWN);
    const chance = Math.abs(covarianceOf(pair, alice, bob)) < SHOWN;
    return `${this.t(chance ? "verdict_chance" : "verdict_beyond")} ${this.t(same ? "verdict_same" : "verdict_differ")}`;
  }

  summary() {
    const { alice, bob, pair, copy } = this.now;
    const [alicePlus, bobPlus] = meansOf(pair, alice, bob).map((mean) => percent((1 + mean) / 2));
    const parameter = PARAMETERS[this.value("state")];
    const state = parameter ? `${this.t(this.value("state"))} (${wordsOf(parameter)(this.value(parameter))})` : this.t("bell");
    return this.t("summary", {
      state, alice: degrees(alice), bob: degrees(bob), pair: signed(correlationOf(pair, alice, bob)), copy: signed(correlationOf(copy, alice, bob)),
      beyond: signed(covarianceOf(pair, alice, bob)), alice_plus: alicePlus, bob_plus: bobPlus,
      sum: correlationSum(pair).toFixed(2), concurrence: pair.concurrence.toFixed(2),
    });
  }
}

function wordsOf(trait) {
  return trait.endsWith("_deg") ? degrees : (part) => percent(part, 0);
}

function degrees(value) {
  return `${value.toFixed(1).replace("-", "\u2212")}°`;
}

/** Two digits, and no minus before a zero. */
function signed(value) {
  return (Math.abs(value) < SHOWN ? 0 : value).toFixed(2).replace("-", "\u2212");
}

/** A picked angle on the sliders' steps. */
function onStep(angle) {
  return 2.5 * Math.round(angle / 2.5) + 0; // no minus zero
}

export default {
  render: ({ model, el }) => start(TwoQubitsView, {
    model, el, name: "two-qubits", traits: ["state", "coherence", "visibility", "angle_deg", "polarisation_deg", "alice_deg", "bob_deg"],
  }),
};
