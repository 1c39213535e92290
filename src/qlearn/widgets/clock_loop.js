// A clock loop locking on a fringe. Python supplies ranges and labels (clock_loop.py); the oscillator's noise and the atoms'
// choices are drawn here. A slider plays the same noise again with another setting; "Another run" draws it anew.

import { allanCurve } from "./views/allan.js";
import { chartPanel } from "./views/chart.js";
import { ClockRun, FlickerNoise, fringeNumber, lookProbability, lookUncertainty } from "./views/clock_run.js";
import { bar, button, choice, slider, sliders } from "./views/controls.js";
import { html } from "./views/elements.js";
import { percent, thousands } from "./views/language.js";
import { fixedNumber, scientific } from "./views/numbers.js";
import { Player } from "./views/player.js";
import { freshSeed, seedOfRun } from "./views/random.js";
import { powerOfTen } from "./views/scale.js";
import { WidgetView, start } from "./views/widget.js";

const ATOMS = ["strontium", "caesium"];
const LOG_TRAITS = new Set(["atoms", "floor_hz"]);
const LOOKS_A_SECOND = 16;
const LOOKS_AT_ONCE = 100; // for a button, and for readers who want less motion
const REACH = 4; // Hz on either side of the fringe chart
const FRINGE_POINTS = 320;
const MOST_POINTS = 500; // of a line against time
const LEAST_LOOKS = 8; // below which an Allan deviation means nothing
const SMALLEST = 1e-20; // what a logarithmic axis has at its foot, at most

class ClockLoopView extends WidgetView {
  build() {
    this.seed = this.model.get("seed") ?? freshSeed();
    this.limits = this.model.get("limits");
    this.ranges = this.model.get("ranges");
    this.runs = 0;
    this.drawNoise();
    this.startRun(this.model.get("looks"));
    this.root.append(this.buildControls(), this.buildBar(), this.buildCharts());
  }

  buildControls() {
    this.atom = choice({
      label: this.t("atom"), name: "atom", value: this.value("atom"), options: ATOMS.map((name) => [name, this.t(name)]),
      onChange: (name) => this.change("atom", name),
    });
    const words = {
      atoms: (power) => thousands(Math.round(10 ** power)),
      ramsey_s: (time) => `${time.toFixed(2)} s`,
      gain: (gain) => gain.toFixed(2),
      floor_hz: (power) => hertz(10 ** power),
      drift_hz_per_s: (drift) => this.t("millihertz_a_second", { value: (1000 * drift).toFixed(1) }),
    };
    this.controls = Object.fromEntries(Object.entries(words).map(([name, say]) => [name, this.traitSlider(name, say)]));
    return html("div", {}, this.atom.element, sliders(...Object.values(this.controls).map(({ element }) => element)));
  }

  traitSlider(name, words) {
    const [min, max, step] = this.ranges[name];
    const onInput = (place) => this.setAndReplay(name, LOG_TRAITS.has(name) ? valueAt(name, place) : place);
    return slider({ label: this.t(name), name, min, max, step, words, onInput, value: this.sliderPlace(name) });
  }

  sliderPlace(name) {
    return LOG_TRAITS.has(name) ? Math.log10(this.value(name)) : this.value(name);
  }

  buildBar() {
    let due = 0;
    this.player = new Player({
      t: this.t,
      onFrame: (seconds) => {
        due = Number.isFinite(seconds) ? due + seconds * LOOKS_A_SECOND : LOOKS_AT_ONCE;
        const whole = Math.floor(due);
        due -= whole;
        return this.look(whole);
      },
    });
    const two = button(this.t("two_looks"), () => this.look(2 - (this.run.looks % 2)), { name: "two" });
    const many = button(this.t("many_looks", { count: LOOKS_AT_ONCE }), () => this.look(LOOKS_AT_ONCE), { name: "hundred" });
    const again = button(this.t("start_over"), () => this.replay(0), { name: "again" });
    const other = button(this.t("another_run"), () => this.anotherRun(), { name: "another" });
    return bar(this.player.element, two, many, again, other);
  }

  buildCharts() {
    this.fringePanel = chartPanel(this.t("fringe_heading"), "fringe", { height: 230 });
    this.offsetPanel = chartPanel(this.t("offset_heading"), "offset", { height: 230 });
    this.allanPanel = chartPanel(this.t("allan_heading"), "allan", { height: 280 });
    const panels = [this.fringePanel, this.offsetPanel, this.allanPanel];
    this.drawings(...panels.map(({ chart }) => chart));
    return html("div", { class: "ql-charts" }, ...panels.map(({ element }) => element));
  }

  // ---- what happens ------------------------------------------------------------------------------------------------

  drawNoise() {
    const seed = seedOfRun(this.seed, this.runs);
    this.noise = new FlickerNoise(seedOfRun(seed, 0));
    this.atomsSeed = seedOfRun(seed, 1);
  }

  /** A run from its first look at the present settings, with the noise that is there. */
  startRun(looks) {
    this.run = new ClockRun(this.noise, this.atomsSeed, {
      atoms: this.value("atoms"), ramsey: this.value("ramsey_s"), gain: this.value("gain"),
      floor: this.value("floor_hz"), drift: this.value("drift_hz_per_s"),
    });
    this.run.advance(looks);
  }

  replay(looks = this.run.looks) {
    this.startRun(looks);
    this.changed();
  }

  setAndReplay(name, value) {
    this.change(name, value);
    this.startRun(this.run.looks);
  }

  anotherRun() {
    this.runs += 1;
    this.drawNoise();
    this.replay();
  }

  /** Look so many times more; false when no more fit. */
  look(looks) {
    this.run.advance(Math.min(looks, this.limits.most_looks - this.run.looks));
    if (looks) this.changed();
    return this.run.looks < this.limits.most_looks;
  }

  pythonChanged() {
    this.atom.show(this.value("atom"));
    for (const name of Object.keys(this.controls)) this.controls[name].show(this.sliderPlace(name));
    this.startRun(this.run.looks);
  }

  destroyed() {
    this.player.pause();
  }

  // ---- what is shown -----------------------------------------------------------------------------------------------

  draw() {
    this.now = this.state();
    this.drawFringe(this.now);
    this.drawOffsets(this.now);
    this.drawDeviations(this.now);
  }

  state() {
    const { looks, free, locked, ramsey, atoms, meanOffset } = this.run;
    const frequency = this.limits.transitions[this.value("atom")];
    const enough = looks >= LEAST_LOOKS;
    const curve = (offsets) => (enough ? allanCurve(offsets).map(({ factor, deviation, error }) => ({ factor, deviation: deviation / frequency, error: error / frequency })) : []);
    const tau = enough ? 2 ** Math.floor(Math.log2(looks / 4)) : NaN;
    const [freeCurve, lockedCurve] = [curve(free), curve(locked)];
    const at = (points) => points.find(({ factor }) => factor === tau)?.deviation ?? NaN;
    const limit = (time) => lookUncertainty(atoms, ramsey) / frequency / Math.sqrt(time);
    return {
      looks, free, locked, ramsey, atoms, meanOffset, frequency, enough, tau, freeCurve, lockedCurve, limit,
      lockedAt: at(lockedCurve), freeAt: at(freeCurve), fringe: enough ? fringeNumber(meanOffset, ramsey) : 0,
    };
  }

  drawFringe({ looks, ramsey, atoms, locked, free }) {
    const pair = this.run.pair;
    const here = looks ? locked.at(-1) : 0;
    const middle = Math.abs(here) < REACH - 1 ? 0 : Math.round(here);
    const [from, to] = [middle - REACH, middle + REACH];
    const curve = Array.from({ length: FRINGE_POINTS + 1 }, (_, i) => {
      const offset = from + ((to - from) * i) / FRINGE_POINTS;
      return [offset, lookProbability(offset, ramsey)];
    });
    const quarter = 1 / (4 * ramsey);
    const error = 1 / (2 * Math.sqrt(atoms));
    const post = (offset, kind, label) => ({ points: [[offset, 0], [offset, 1]], kind, label: this.t(label) });
    const { number, note, chart } = this.fringePanel;
    number.textContent = this.t("width", { width: (1 / (2 * ramsey)).toFixed(2) });
    note.textContent = pair
      ? this.t("pair_note", { upper: percent(pair.upper.share, 0), lower: percent(pair.lower.share, 0), estimate: hertz(pair.estimate, true) })
      : this.t("no_pair");
    chart.draw({
      x: { from, to, label: this.t("offset_axis") },
      y: { from: -0.03, to: 1.03, ticks: [0, 0.25, 0.5, 0.75, 1], format: (share) => percent(share, 0) },
      lines: [
        { points: curve, kind: "expected", label: this.t("fringe_line") },
        ...(looks ? [post(free.at(-1), "one", "free_line"), post(here, "two", "locked_line")] : []),
        { points: [], kind: "four", label: this.t("upper_look") }, { points: [], kind: "three", label: this.t("lower_look") },
      ],
      marks: pair ? [
        { x: pair.upper.offset + quarter, y: pair.upper.share, error, kind: "four" },
        { x: pair.lower.offset - quarter, y: pair.lower.share, error, kind: "three" },
      ] : [],
      description: this.t("fringe_chart", { width: (1 / (2 * ramsey)).toFixed(2), here: hertz(here, true) }),
    });
  }

  drawOffsets({ looks, free, locked, meanOffset, fringe, enough, ramsey, frequency }) {
    const stride = Math.max(1, Math.ceil(looks / MOST_POINTS));
    const line = (offsets) => offsets.map((offset, look) => [look, offset]).filter(([look]) => look % stride === 0);
    const most = looks ? Math.max(...free.map(Math.abs), ...locked.map(Math.abs)) : 0;
    const reach = 1.1 * Math.max(most, 0.001);
    const end = Math.max(looks - 1, 16);
    const { number, note, chart } = this.offsetPanel;
    number.textContent = enough ? this.t("off_number", { offset: hertz(meanOffset, true) }) : "–";
    note.textContent = this.whereWords({ fringe, enough, meanOffset, frequency });
    const wrong = fringe === 0 ? [] : [{ points: [[0, fringe / ramsey], [end, fringe / ramsey]], kind: "expected", label: this.t("wrong_line", { fringe: signed(fringe) }) }];
    chart.draw({
      x: { from: 0, to: end, label: this.t("time_axis") },
      y: { from: -reach, to: reach, format: (value) => fixedNumber(value, reach < 0.12 ? 3 : reach < 1.2 ? 2 : 1) },
      lines: [
        { points: [[0, 0], [end, 0]], kind: "faint", label: this.t("atoms_line") },
        { points: line(free), kind: "one", label: this.t("free_line") },
        { points: line(locked), kind: "two", label: this.t("locked_line") }, ...wrong,
      ],
      description: this.t("offset_chart", { looks, free: hertz(looks ? free.at(-1) : 0, true), locked: hertz(looks ? locked.at(-1) : 0, true) }),
    });
  }

  whereWords({ fringe, enough, meanOffset, frequency }) {
    if (!enough) return this.t("too_few", { count: LEAST_LOOKS });
    const fraction = scientific(meanOffset / frequency, 2);
    return fringe === 0 ? this.t("right_fringe", { fraction }) : this.t("wrong_fringe", { fringe: signed(fringe), fraction });
  }

  drawDeviations({ enough, tau, freeCurve, lockedCurve, lockedAt, freeAt, limit }) {
    const end = 2 ** Math.max(4, freeCurve.length ? Math.log2(freeCurve.at(-1).factor) + 1 : 0);
    const all = [limit(1), limit(end), ...[...freeCurve, ...lockedCurve].map(({ deviation }) => deviation)].filter((value) => value > SMALLEST);
    const decade = (value, round) => 10 ** round(Math.log10(value));
    const points = (curve) => curve.map(({ factor, deviation }) => [factor, deviation]);
    const marks = (curve, kind) => curve.map(({ factor, deviation, error }) => ({ x: factor, y: deviation, error, kind }));
    const { number, note, chart } = this.allanPanel;
    number.textContent = enough ? this.t("allan_number", { deviation: scientific(lockedAt, 2), tau }) : "–";
    note.textContent = enough ? this.t("allan_note", { free: scientific(freeAt, 2), limit: scientific(limit(tau), 2) }) : this.t("too_few", { count: LEAST_LOOKS });
    chart.draw({
      x: { from: 0.8, to: 1.25 * end, scale: "log", label: this.t("tau_axis"), ticks: [1, 10, 100, 1000].filter((tick) => tick < end), format: String },
      y: { from: decade(Math.min(...all), Math.floor), to: decade(Math.max(...all), Math.ceil), scale: "log", format: powerOfTen },
      lines: [
        { points: [[0.8, limit(0.8)], [1.25 * end, limit(1.25 * end)]], kind: "expected", label: this.t("limit_line") },
        { points: points(freeCurve), kind: "one", label: this.t("free_line") },
        { points: points(lockedCurve), kind: "two", label: this.t("locked_line") },
      ],
      marks: [...marks(freeCurve, "one"), ...marks(lockedCurve, "two")],
      description: this.t("allan_chart", { tau: enough ? tau : "–", locked: scientific(lockedAt, 2), free: scientific(freeAt, 2), limit: scientific(limit(enough ? tau : 1), 2) }),
    });
  }

  summary() {
    const { looks, enough, tau, lockedAt, freeAt, limit, meanOffset, fringe, atoms, ramsey } = this.now;
    const settings = { atom: this.t(this.value("atom")), atoms: thousands(atoms), ramsey: ramsey.toFixed(2), gain: this.value("gain").toFixed(2), looks: thousands(looks) };
    if (!enough) return this.t("summary_too_few", settings);
    return this.t("summary", {
      ...settings, tau, locked: scientific(lockedAt, 2), free: scientific(freeAt, 2), limit: scientific(limit(tau), 2),
      offset: hertz(meanOffset, true), fringe: signed(fringe),
    });
  }
}

function valueAt(name, place) {
  return name === "atoms" ? Math.round(10 ** place) : 10 ** place;
}

/** A frequency in Hz or mHz with two or three digits, with its sign when asked. */
function hertz(value, isSigned = false) {
  const sign = isSigned && value > 0 ? "+" : "";
  const size = Math.abs(value);
  const text = size >= 0.9995 ? `${fixedNumber(value, 2)} Hz` : `${fixedNumber(1000 * value, size < 0.01 ? 1 : 0)} mHz`;
  return /^[\d.]*[1-9]/.test(text.replace("\u2212", "")) ? sign + text : text;
}

function signed(number) {
  return number > 0 ? `+${number}` : String(number).replace("-", "\u2212");
}

export default {
  render: ({ model, el }) => start(ClockLoopView, {
    model, el, name: "clock-loop", traits: ["atom", "atoms", "ramsey_s", "gain", "floor_hz", "drift_hz_per_s"],
  }),
};
