// A Bell test with four analysers, against the reader's own plan. Python supplies bounds and labels (chsh.py); the rounds
// are drawn fresh here. What is measured at one setting says nothing of another: turning a dial starts a run of its own.

import { chartPanel } from "./views/chart.js";
import { ChshRun, chshOf, expectedCorrelators, planProducts, winsRound } from "./views/chsh_rounds.js";
import { bar, button, choice, slider } from "./views/controls.js";
import { Dial } from "./views/dial.js";
import { html } from "./views/elements.js";
import { percent, thousands } from "./views/language.js";
import { Player } from "./views/player.js";
import { freshSeed, seedOfRun } from "./views/random.js";
import { WidgetView, start } from "./views/widget.js";

const MOST_ROUNDS = 20000;
const ROUNDS_A_SECOND = 60;
const ROUNDS_AT_ONCE = 1000; // for readers who want less motion
const DIALS = ["alice_0_deg", "alice_1_deg", "bob_0_deg", "bob_1_deg"];
const PLAYERS = ["alice_0", "alice_1", "bob_0", "bob_1"];
const PAIR_NAMES = ["a₀b₀", "a₀b₁", "a₁b₀", "a₁b₁"];
const BAND_POINTS = 60;

class ChshView extends WidgetView {
  build() {
    this.seed = this.model.get("seed") ?? freshSeed();
    this.runs = 0;
    this.bounds = this.model.get("bounds");
    this.run = new ChshRun(seedOfRun(this.seed, 0), this.settings());
    this.run.add(this.model.get("rounds"));
    this.story = html("p", { class: "ql-story" });
    this.root.append(this.buildPlan(), this.buildDials(), this.buildBar(), this.story, this.buildCharts());
  }

  buildDials() {
    this.dials = DIALS.map((trait, i) => new Dial({
      label: this.t(`dial_${PLAYERS[i]}`), name: PLAYERS[i], kind: i < 2 ? "one" : "two", value: this.value(trait),
      onInput: (value) => this.setAndReplay(trait, value),
    }));
    this.visibility = slider({
      label: this.t("visibility"), name: "visibility", min: 0, max: 100, step: 1, value: 100 * this.value("visibility"),
      words: (value) => percent(value / 100, 0), onInput: (value) => this.setAndReplay("visibility", value / 100),
    });
    const heading = html("p", { class: "ql-heading", text: this.t("pair_heading") });
    const dials = html("div", { class: "ql-dials" }, ...this.dials.map(({ element }) => element));
    const best = button(this.t("best_angles"), () => this.turnToBest(), { name: "best" });
    return html("div", { role: "group", "aria-label": this.t("pair_heading") }, heading, dials, bar(this.visibility.element, best));
  }

  buildBar() {
    let due = 0;
    this.player = new Player({
      t: this.t,
      onFrame: (seconds) => {
        due = Number.isFinite(seconds) ? due + seconds * ROUNDS_A_SECOND : ROUNDS_AT_ONCE;
        const whole = Math.floor(due);
        due -= whole;
        return this.play(whole);
      },
    });
    const one = button(this.t("one_round"), () => this.play(1), { name: "one" });
    const many = button(this.t("many_rounds", { count: 100 }), () => this.play(100), { name: "hundred" });
    const more = button(this.t("many_rounds", { count: thousands(1000) }), () => this.play(1000), { name: "thousand" });
    const again = button(this.t("start_over"), () => this.replay(0), { name: "again" });
    return bar(this.player.element, one, many, more, again);
  }

  buildCharts() {
    this.valuePanel = chartPanel(this.t("value_heading"), "chsh", { height: 250 });
    this.pairsPanel = chartPanel(this.t("pairs_heading"), "correlators", { height: 220 });
    this.scorePanel = chartPanel(this.t("score_heading"), "score", { height: 220 });
    const panels = [this.valuePanel, this.pairsPanel, this.scorePanel];
    this.drawings(...panels.map(({ chart }) => chart));
    return html("div", { class: "ql-charts" }, ...panels.map(({ element }) => element));
  }

  buildPlan() {
    this.planChoices = PLAYERS.map((player, i) => choice({
      label: this.t(`plan_${player}`), name: `plan-${player.replace("_", "-")}`, value: this.value("plan")[i],
      options: [["+", this.t("answer_plus")], ["-", this.t("answer_minus")]],
      onChange: (sign) => this.change("plan", this.value("plan").slice(0, i) + sign + this.value("plan").slice(i + 1)),
    }));
    const heading = html("p", { class: "ql-heading", text: this.t("plan_heading") });
    const choices = html("div", { class: "ql-plan" }, ...this.planChoices.map(({ element }) => element));
    return html("div", { class: "ql-plan-place", role: "group", "aria-label": this.t("plan_heading") }, heading, choices);
  }

  // ---- what happens ------------------------------------------------------------------------------------------------

  settings() {
    const [a0, a1, b0, b1] = DIALS.map((trait) => this.value(trait));
    return { alice: [a0, a1], bob: [b0, b1], visibility: this.value("visibility") };
  }

  plan() {
    return [...this.value("plan")].map((sign) => (sign === "+" ? 1 : -1));
  }

  /** Play so many more rounds; false when no more fit. */
  play(rounds) {
    this.run.add(Math.min(rounds, MOST_ROUNDS - this.run.rounds));
    if (rounds) this.changed();
    return this.run.rounds < MOST_ROUNDS;
  }

  /** Forget the results and play fresh rounds at the present settings. */
  replay(rounds) {
    this.runs += 1;
    this.run = new ChshRun(seedOfRun(this.seed, this.runs), this.settings());
    this.run.add(rounds);
    this.changed();
  }

  setAndReplay(trait, value) {
    this.change(trait, value);
    this.replay(this.run.rounds);
  }

  turnToBest() {
    this.bounds.best_angles_deg.forEach((angle, i) => {
      this.change(DIALS[i], angle);
      this.dials[i].show(angle);
    });
    this.replay(this.run.rounds);
  }

  pythonChanged() {
    DIALS.forEach((trait, i) => this.dials[i].show(this.value(trait)));
    this.visibility.show(100 * this.value("visibility"));
    this.planChoices.forEach((one, i) => one.show(this.value("plan")[i]));
    this.replay(this.run.rounds);
  }

  destroyed() {
    this.player.pause();
  }

  // ---- what is shown -----------------------------------------------------------------------------------------------

  draw() {
    this.expected = expectedCorrelators(this.settings());
    this.drawValue();
    this.drawPairs();
    this.drawScore();
    this.story.textContent = this.tellRound();
  }

  drawValue() {
    const { rounds, value, standardError, trail } = this.run;
    const expected = chshOf(this.expected);
    const to = 10 ** Math.max(2, Math.ceil(Math.log10(rounds + 1)));
    const across = (height) => [[1, height], [to, height]];
    const from = Math.min(expected, Number.isFinite(value) ? value - standardError : 0) < -0.05 ? -4 : 0;
    const spread = Math.sqrt(4 * this.expected.reduce((sum, mean) => sum + 1 - mean ** 2, 0));
    const band = Array.from({ length: BAND_POINTS }, (_, i) => {
      const n = 4 * (to / 4) ** (i / (BAND_POINTS - 1)); // no pair of questions has an error bar before the fourth round
      return [n, expected - spread / Math.sqrt(n), expected + spread / Math.sqrt(n)];
    });
    const { number, note, chart } = this.valuePanel;
    number.textContent = this.valueText();
    note.textContent = this.aboveText();
    chart.draw({
      x: { from: 1, to, scale: "log", label: this.t("rounds_axis"), format: (n) => thousands(Math.round(n)) },
      y: { from, to: 4 }, bands: [{ points: band, kind: "seen" }],
      lines: [
        { points: across(this.bounds.quantum), kind: "three", label: this.t("quantum_bound", { bound: this.bounds.quantum.toFixed(2) }) },
        { points: across(this.bounds.local), kind: "two", label: this.t("local_bound", { bound: this.bounds.local }) },
        { points: across(expected), kind: "expected", label: this.t("expected_line", { value: signed(expected) }) },
        { points: [...trail, [rounds, value]], kind: "seen" },
      ],
      marks: rounds ? [{ x: rounds, y: value, error: standardError }] : [],
      description: this.t("value_chart", { rounds: thousands(rounds), value: this.valueText(), expected: signed(expected) }),
    });
  }

  drawPairs() {
    const { correlators, correlatorErrors } = this.run;
    const pieces = (means) => means.flatMap((mean, i) => [[i + 0.7, mean], [i + 1.3, mean], [i + 1.3, NaN]]);
    const plan = planProducts(this.plan());
    const values = correlators.map((mean, i) => `${PAIR_NAMES[i]}: ${withError(mean, correlatorErrors[i])}`).join("; ");
    const planned = plan.map((product, i) => `${PAIR_NAMES[i]}: ${product === 1 ? "+1" : "\u22121"}`).join("; ");
    this.pairsPanel.note.textContent = this.t("pairs_note");
    this.pairsPanel.chart.draw({
      x: { from: 0.4, to: 4.6, ticks: [1, 2, 3, 4], format: (i) => PAIR_NAMES[i - 1], label: this.t("pairs_axis") },
      y: { from: -1, to: 1, ticks: [-1, -0.5, 0, 0.5, 1] },
      lines: [
        { points: [[0.4, 0], [4.6, 0]], kind: "faint" },
        { points: pieces(this.expected), kind: "expected", label: this.t("expected_by_physics") },
        { points: pieces(plan), kind: "two", label: this.t("your_plan") },
      ],
      marks: correlators.map((mean, i) => ({ x: i + 1, y: mean, error: correlatorErrors[i] })),
      description: this.t("pairs_chart", { values, planned }),
    });
  }

  drawScore() {
    const { rounds } = this.run;
    const rates = this.scores();
    const errors = rates.map((rate) => Math.sqrt((rate * (1 - rate)) / rounds));
    const across = (height) => [[0.4, height], [2.6, height]];
    const { number, note, chart } = this.scorePanel;
    const [photons, plan] = rates.map((rate, i) => `${percent(rate)} ± ${percent(errors[i])}`);
    number.textContent = `${percent(rates[0])} : ${percent(rates[1])}`;
    note.textContent = this.t("score_note", { photonsError: percent(errors[0]), planError: percent(errors[1]), photons: thousands(this.run.wins), plan: thousands(this.run.planWins(this.plan())), rounds: thousands(rounds) });
    chart.draw({
      x: { from: 0.4, to: 2.6, ticks: [1, 2], format: (i) => this.t(i === 1 ? "photons" : "your_plan"), label: this.t("score_axis") },
      y: { from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1], format: (rate) => percent(rate, 0) },
      lines: [
        { points: across(this.bounds.quantum_win), kind: "three", label: this.t("quantum_win", { bound: percent(this.bounds.quantum_win) }) },
        { points: across(this.bounds.local_win), kind: "two", label: this.t("local_win", { bound: percent(this.bounds.local_win, 0) }) },
      ],
      marks: rates.map((rate, i) => ({ x: i + 1, y: rate, error: errors[i], kind: i ? "two" : "one" })),
      description: this.t("score_chart", { photons, plan }),
    });
  }

  scores() {
    return [this.run.wins, this.run.planWins(this.plan())].map((wins) => wins / this.run.rounds);
  }

  valueText() {
    return `S = ${withError(this.run.value, this.run.standardError)}`;
  }

  /** How far beyond the best plan, in standard errors. */
  aboveText() {
    const { value, standardError } = this.run;
    if (!Number.isFinite(value)) return this.t("not_yet");
    const beyond = Math.abs(value) - this.bounds.local;
    if (!(beyond > 0)) return this.t("within");
    if (!(standardError > 0)) return this.t("above_no_error"); // all answers alike: the formula's ± 0 claims too much
    const errors = beyond / standardError;
    return errors < 0.05 ? this.t("within") : this.t("above", { count: errors.toFixed(1) });
  }

  tellRound() {
    if (!this.run.rounds) return this.t("story_none");
    const { x, y, a, b } = this.run.last;
    const plan = this.plan();
    const [mine, yours] = [plan[x], plan[2 + y]];
    const verdict = (isEqual) => this.t(winsRound(x, y, isEqual) ? "won" : "lost");
    const sign = (value) => (value === 1 ? "+1" : "\u22121");
    return this.t("story", {
      round: thousands(this.run.rounds), alice: x, bob: y, a: sign(1 - 2 * a), b: sign(1 - 2 * b), photons: verdict(a === b),
      plan_a: sign(mine), plan_b: sign(yours), plan: verdict(mine === yours),
    });
  }

  summary() {
    const [photons, plan] = this.scores();
    return this.t("summary", {
      rounds: thousands(this.run.rounds), value: signed(this.run.value), error: this.run.standardError.toFixed(2),
      expected: signed(chshOf(this.expected)), local: this.bounds.local, quantum: this.bounds.quantum.toFixed(2),
      photons: percent(photons), plan: percent(plan),
    }).replaceAll("NaN", "–");
  }
}

function signed(value) {
  return Number.isFinite(value) ? value.toFixed(2).replace("-", "\u2212") : "–";
}

function withError(value, error) {
  return Number.isFinite(value) ? `${signed(value)} ± ${error.toFixed(2)}` : "–";
}

export default {
  render: ({ model, el }) => start(ChshView, { model, el, name: "chsh", traits: [...DIALS, "visibility", "plan"] }),
};
