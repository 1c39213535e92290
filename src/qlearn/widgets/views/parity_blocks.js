// A short key in blocks, Alice's bits above Bob's, and under each block what both say of its parity.

import { html } from "./elements.js";

const SIGNS = { even: "=", odd: "≠", unknown: "?" };

/** Blocks in `holder`; `draw` takes a ParityRun, its state after some steps, and whether Alice's bits are shown. */
export class ParityBlocks {
  constructor(t) {
    this.t = t;
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
    this.blocks.replaceChildren(...run.passes[pass].map((members, number) => {
      const candidates = number === block && kind !== "correct" ? members.slice(first, last) : [];
      const pairs = members.map((position) => this.pair(position, { run, state, everything, candidates }));
      const verdict = isKnown ? (odd.has(number) ? "odd" : "even") : "unknown";
      const classes = ["ql-parity-block", `ql-${verdict}`, number === block ? "ql-busy" : ""].join(" ");
      return html("div", { class: classes }, html("div", { class: "ql-pairs" }, ...pairs), this.parities(members, { run, state, verdict }));
    }));
    this.blocks.setAttribute("aria-label", this.t("blocks_spoken", {
      pass: pass + 1, blocks: run.passes[pass].length, size: run.passes[pass][0].length, odd: isKnown ? odd.size : "?",
    }));
  }

  pair(position, { run, state, everything, candidates }) {
    const isWrong = Boolean(state.wrong[position]);
    const classes = ["ql-pair"];
    if (everything && isWrong) classes.push("ql-wrong");
    if (candidates.includes(position)) classes.push("ql-candidate");
    if (state.fixed.has(position)) classes.push("ql-fixed");
    const bit = Number(run.alice[position]);
    return html("span", { class: classes.join(" "), title: this.t("bit", { position: position + 1 }) },
      html("span", { text: everything ? bit : "·" }), html("span", { text: bit ^ Number(isWrong) }));
  }

  parities(members, { run, state, verdict }) {
    const parity = (bits) => members.reduce((sum, position) => sum ^ Number(bits[position]), 0);
    const alice = parity(run.alice);
    const bob = alice ^ parity(state.wrong);
    return html("div", { class: `ql-parities ql-parity-${verdict}`, text: `${verdict === "unknown" ? "?" : alice} ${SIGNS[verdict]} ${bob}` });
  }
}
