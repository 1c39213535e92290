// A short key in blocks, Alice's bits above Bob's, and under each block what both say of its parity.

import { html } from "./elements.js";

const SIGNS = { even: "=", odd: "≠", unknown: "?" };

/** Blocks in `holder`; `draw` takes a ParityRun, its state after some steps, and whether Alice's bits are shown. */
export class ParityBlocks {
  constructor(t) {
    this.t = t;
    this.pairs = [];
    this.frames = [];
    this.blocks = html("div", { class: "ql-parity-blocks", role: "img", "data-chart": "blocks" });
    const sample = (kind, name) => html("span", {}, html("span", { class: `ql-sample ${kind}`, "aria-hidden": "true" }), ` ${t(name)}`);
    const legend = html("p", { class: "ql-legend" }, html("span", { text: t("legend_rows") }), sample("ql-wrong", "legend_wrong"),
      sample("ql-candidate", "legend_candidate"), sample("ql-fixed", "legend_fixed"));
    this.element = html("div", { class: "ql-block-view" }, this.blocks, legend);
  }

  draw({ run, state, everything }) {
    const pass = Math.max(0, state.step?.pass ?? 0);
    const odd = new Set(state.odd.filter((one) => one.pass === pass).map(({ block }) => block));
    const { block, first, last, kind } = state.step ?? { block: -1, kind: "start" };
    const isKnown = state.pass >= pass;
    this.arrange(run.passes[pass]);
    run.passes[pass].forEach((members, number) => {
      const candidates = new Set(number === block && kind !== "correct" ? members.slice(first, last) : []);
      for (const position of members) this.drawPair(position, { run, state, everything, candidates });
      const verdict = isKnown ? (odd.has(number) ? "odd" : "even") : "unknown";
      const { element, parities } = this.frames[number];
      write(element, "className", ["ql-parity-block", `ql-${verdict}`, number === block ? "ql-busy" : ""].join(" "));
      write(parities, "className", `ql-parities ql-parity-${verdict}`);
      write(parities, "textContent", this.parities(members, { run, state, verdict }));
    });
    this.blocks.setAttribute("aria-label", this.t("blocks_spoken", {
      pass: pass + 1, blocks: run.passes[pass].length, size: run.passes[pass][0].length, odd: isKnown ? odd.size : "?",
    }));
  }

  /** Put the pairs into their blocks; as long as the blocks stay the same, nothing is built. */
  arrange(blocks) {
    if (this.arranged === blocks) return;
    this.arranged = blocks;
    this.frames = blocks.map((members) => {
      const parities = html("div");
      const pairs = html("div", { class: "ql-pairs" }, ...members.map((position) => this.pair(position).element));
      return { element: html("div", {}, pairs, parities), parities };
    });
    this.blocks.replaceChildren(...this.frames.map(({ element }) => element));
  }

  /** The pair of bits at a position, made once. */
  pair(position) {
    if (!this.pairs[position]) {
      const [above, below] = [html("span"), html("span")];
      const element = html("span", { title: this.t("bit", { position: position + 1 }) }, above, below);
      this.pairs[position] = { element, above, below };
    }
    return this.pairs[position];
  }

  drawPair(position, { run, state, everything, candidates }) {
    const isWrong = Boolean(state.wrong[position]);
    const classes = ["ql-pair"];
    if (everything && isWrong) classes.push("ql-wrong");
    if (candidates.has(position)) classes.push("ql-candidate");
    if (state.fixed.has(position)) classes.push("ql-fixed");
    const bit = Number(run.alice[position]);
    const { element, above, below } = this.pair(position);
    write(element, "className", classes.join(" "));
    write(above, "textContent", everything ? String(bit) : "·");
    write(below, "textContent", String(bit ^ Number(isWrong)));
  }

  parities(members, { run, state, verdict }) {
    const parity = (bits) => members.reduce((sum, position) => sum ^ Number(bits[position]), 0);
    const alice = parity(run.alice);
    const bob = alice ^ parity(state.wrong);
    return `${verdict === "unknown" ? "?" : alice} ${SIGNS[verdict]} ${bob}`;
  }
}

/** Set a property that is to change; writing the same again would cost the browser a layout. */
function write(element, property, value) {
  if (element[property] !== value) element[property] = value;
}
