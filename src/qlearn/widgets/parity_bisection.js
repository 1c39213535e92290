// Two short keys that nearly agree, corrected by parities told aloud (Cascade), and what that costs. Python supplies
// labels and limits (parity_bisection.py); keys are drawn fresh here, and every step is played from them.

import { chartPanel, panel } from "./views/chart.js";
import { bar, button, slider, sliders, toggle } from "./views/controls.js";
import { html } from "./views/elements.js";
import { percent } from "./views/language.js";
import { ParityBlocks } from "./views/parity_blocks.js";
import { PASSES, ParityRun, keyBudget, parityCount } from "./views/parity_runs.js";
import { Player } from "./views/player.js";
import { freshSeed, seedOfRun } from "./views/random.js";
import { powerOfTen } from "./views/scale.js";
import { StepsTable } from "./views/steps_table.js";
import { WidgetView, start } from "./views/widget.js";

const LENGTHS = [16, 32, 64, 128, 256];
const STEPS_PER_SECOND = 2.5;
const HASHED_BITS = 16; // shown of the hashed keys
const ROWS = ["key", "photons", "told", "tag", "margin"];

class ParityBisectionView extends WidgetView {
  build() {
    this.seed = this.model.get("seed") ?? freshSeed();
    this.limits = this.model.get("limits");
    this.keys = 0;
    this.story = html("p", { class: "ql-story" });
    this.blocks = new ParityBlocks(this.t);
    this.root.append(this.buildBar(), this.story, this.blocks.element, this.buildSliders(), this.buildPanels());
    this.drawRun();
    this.position = Math.min(this.value("step") ?? this.run.endOf(0), this.run.steps.length);
  }

  buildBar() {
    this.player = new Player({ t: this.t, onFrame: (seconds) => this.playOn(seconds) });
    const step = button(this.t("step"), () => this.goTo(this.position + 1), { name: "step" });
    const pass = button(this.t("pass"), () => this.goTo(this.endOfPass()), { name: "pass" });
    const end = button(this.t("end"), () => this.goTo(Infinity), { name: "end" });
    const again = button(this.t("again"), () => this.goTo(0), { name: "again" });
    const fresh = button(this.t("fresh"), () => this.newKeys(), { name: "fresh" });
    this.shown = toggle({ label: this.t("errors_shown"), name: "errors_shown", value: this.value("errors_shown"), onChange: (is) => this.change("errors_shown", is) });
    return bar(this.player.element, step, pass, end, again, fresh, this.shown.element);
  }

  buildSliders() {
    this.rate = slider({
      label: this.t("error_rate"), name: "error_rate", min: 0, max: 100 * this.limits.most_errors, step: 1, value: 100 * this.value("error_rate"),
      words: (value) => percent(value / 100, 0), onInput: (value) => this.setAndRun("error_rate", value / 100),
    });
    this.length = slider({
      label: this.t("key_bits"), name: "key_bits", min: 0, max: LENGTHS.length - 1, step: 1, value: LENGTHS.indexOf(this.value("key_bits")),
      words: (i) => this.t("bits", { count: LENGTHS[i] }), onInput: (i) => this.setAndRun("key_bits", LENGTHS[i]),
    });
    this.block = slider({
      label: this.t("block_bits"), name: "block_bits", min: 2, max: this.limits.most_block, step: 1, value: this.value("block_bits"),
      words: (value) => this.t("bits", { count: Math.min(value, this.value("key_bits") / 2) }), onInput: (value) => this.setAndRun("block_bits", value),
    });
    this.digits = slider({
      label: this.t("failure"), name: "failure_digits", min: 1, max: this.limits.most_digits, step: 1, value: this.value("failure_digits"),
      words: (value) => powerOfTen(10 ** -value), onInput: (value) => this.change("failure_digits", value),
    });
    return sliders(...[this.rate, this.length, this.block, this.digits].map(({ element }) => element));
  }

  buildPanels() {
    this.cost = chartPanel(this.t("cost_heading"), "cost", { height: 220 });
    this.drawings(this.cost.chart);
    this.budget = panel(this.t("budget_heading"), "budget");
    this.table = new StepsTable(ROWS.map((row) => [row, this.t(`row_${row}`)]));
    this.hashed = html("div", { class: "ql-hashed", role: "img", "data-chart": "hashed" });
    this.budget.element.append(this.table.element, html("p", { class: "ql-note", text: this.t("hashed_heading") }), this.hashed);
    return html("div", { class: "ql-charts" }, this.cost.element, this.budget.element);
  }

  // ---- what happens ------------------------------------------------------------------------------------------------

  destroyed() {
    this.player.pause();
  }

  drawRun() {
    const [bits, rate, block] = ["key_bits", "error_rate", "block_bits"].map((trait) => this.value(trait));
    this.run = new ParityRun(seedOfRun(this.seed, this.keys), { bits, rate, block });
  }

  goTo(step) {
    this.player.pause();
    this.stand(step);
  }

  stand(step) {
    this.position = Math.min(step, this.run.steps.length);
    this.change("step", this.position);
  }

  /** The first end of a pass that lies ahead; behind the last one the comparison of the keys. */
  endOfPass() {
    const ends = Array.from({ length: PASSES }, (_, pass) => this.run.endOf(pass));
    return ends.find((end) => end > this.position) ?? Infinity;
  }

  playOn(seconds) {
    const last = this.run.steps.length;
    if (seconds === Infinity) this.stand(last);
    else {
      if (this.position === last) this.stand(0);
      this.due = (this.due ?? 0) + seconds * STEPS_PER_SECOND;
      const whole = Math.floor(this.due);
      this.due -= whole;
      if (whole) this.stand(this.position + whole);
    }
    return this.position < last;
  }

  newKeys() {
    this.keys += 1;
    this.rerun();
    this.changed();
  }

  setAndRun(trait, value) {
    this.traits.set(trait, value);
    this.rerun();
    this.changed();
  }

  /** Other keys or blocks: a run that was watched to its end stays there, so that its cost can be followed. */
  rerun() {
    this.player.pause();
    const wasDone = this.position === this.run.steps.length;
    this.drawRun();
    this.position = wasDone ? this.run.steps.length : this.run.endOf(0);
    this.traits.set("step", this.position);
    this.block.show(this.value("block_bits")); // a short key cuts the block
  }

  pythonChanged() {
    this.rate.show(100 * this.value("error_rate"));
    this.length.show(LENGTHS.indexOf(this.value("key_bits")));
    this.block.show(this.value("block_bits"));
    this.digits.show(this.value("failure_digits"));
    this.shown.show(this.value("errors_shown"));
    this.drawRun();
    this.position = Math.min(this.value("step") ?? this.run.endOf(0), this.run.steps.length);
  }

  // ---- what is shown -----------------------------------------------------------------------------------------------

  draw() {
    this.state = this.run.after(this.position);
    const [bits, rate, digits] = ["key_bits", "error_rate", "failure_digits"].map((trait) => this.value(trait));
    this.money = keyBudget({ bits, rate, told: this.state.told, digits });
    this.story.textContent = this.tellStory();
    this.blocks.draw({ run: this.run, state: this.state, everything: this.value("errors_shown") });
    this.drawCost();
    this.drawBudget(bits);
  }

  tellStory() {
    const { step, odd, left, hidden } = this.state;
    if (!step) return this.t("story_start", { bits: this.value("key_bits"), rate: percent(this.value("error_rate"), 0) });
    const values = {
      pass: step.pass + 1, block: step.block + 1, blocks: this.run.passes[step.pass].length, size: this.run.passes[step.pass][0].length,
      more: parityCount(this.run.passes, step.pass), odd: odd.length, left, hidden, rest: step.last - step.first, position: step.position + 1, tag: this.money.tag,
    };
    const parts = [this.t(this.storyOf(step), values)];
    if (!step.fresh) parts.push(this.t("story_known"));
    if (step.kind === "correct" && odd.some(({ pass }) => pass !== step.pass)) parts.push(this.t("story_back", { odd: odd.length }));
    if (step.kind !== "verify" && !odd.length) parts.push(this.t(left ? "story_hidden" : "story_clean", values));
    return parts.join(" ");
  }

  storyOf({ kind, pass }) {
    if (kind === "verify") return this.state.left ? "story_unequal" : "story_equal";
    return kind === "parities" && pass > 0 ? "story_shuffled" : `story_${kind}`;
  }

  drawCost() {
    const { told, left } = this.state;
    const points = [[0, this.run.errors]];
    for (let i = 0; i < this.position; i += 1) {
      const step = this.run.steps[i];
      const now = points.at(-1)[1];
      points.push([step.told, now]);
      if (step.kind === "correct") points.push([step.told, now - 1]);
    }
    const top = Math.max(2, this.run.errors);
    const { number, note, chart } = this.cost;
    number.textContent = this.t("told", { told });
    note.textContent = this.t("limit_note", { limit: this.money.limit.toFixed(1) });
    chart.draw({
      x: { from: 0, to: 1.08 * Math.max(this.run.told, this.money.limit, 4), label: this.t("told_axis") },
      y: { from: 0, to: 1.05 * top, ticks: wholeTicks(top) },
      lines: [
        { points: [[this.money.limit, 0], [this.money.limit, 1.05 * top]], kind: "expected", label: this.t("limit_line") },
        { points, kind: "one", label: this.t("left_line") },
      ],
      marks: [{ x: told, y: left, kind: "one" }],
      description: this.t("cost_chart", { told, left, errors: this.run.errors, limit: this.money.limit.toFixed(1) }),
    });
  }

  drawBudget(bits) {
    const { limit, tag, margin, secret } = this.money;
    const { step, left, told } = this.state;
    this.budget.number.textContent = this.t("secret", { secret });
    this.budget.note.textContent = this.t(step?.kind !== "verify" ? "if_equal" : left ? "dropped" : secret ? "kept" : "used_up");
    const less = (number, digits = 0) => `−${number.toFixed(digits)}`;
    this.table.show({ key: String(bits), photons: less(limit, 1), told: less(told), tag: less(tag), margin: less(margin, 1) });
    this.drawHashed(secret);
  }

  /** What hashing would make of both keys now: one error is enough to spoil half of all bits. */
  drawHashed(secret) {
    const [alice, bob] = this.run.hashed(this.state, secret, HASHED_BITS);
    const isWrong = (i) => alice[i] !== bob[i];
    const bit = (value, i) => html("span", { class: isWrong(i) ? "ql-wrong" : null, text: value });
    const row = (who, bits) => html("div", {}, html("span", { class: "ql-who", text: this.t(who) }), ...bits.map(bit), bits.length < secret ? " …" : "");
    this.hashed.replaceChildren(...(secret ? [row("alice", alice), row("bob", bob)] : [this.t("nothing")]));
    this.hashed.setAttribute("aria-label", this.t("hashed_spoken", { bits: alice.length, wrong: alice.filter((_, i) => isWrong(i)).length }));
  }

  summary() {
    const { told, left, hidden } = this.state;
    return this.t("summary", {
      step: this.position, steps: this.run.steps.length, told, limit: this.money.limit.toFixed(1), left, hidden, errors: this.run.errors,
      secret: this.money.secret, bits: this.value("key_bits"),
    });
  }

  /** A screen reader hears each step's story; while steps follow by themselves it hears nothing. */
  spoken() {
    return this.player.playing ? null : `${this.story.textContent} ${this.words.textContent}`;
  }
}

/** Whole numbers up to `top`, about five of them. */
function wholeTicks(top) {
  const step = Math.ceil(top / 5);
  return Array.from({ length: Math.floor(top / step) + 1 }, (_, i) => i * step);
}

export default {
  render: ({ model, el }) => start(ParityBisectionView, {
    model, el, name: "parity-bisection", traits: ["error_rate", "key_bits", "block_bits", "failure_digits", "errors_shown", "step"],
  }),
};
