// The last photons as a table, a column each, and under it the latest bits of both sifted keys.

import { html } from "./elements.js";
import { photonAt, VERDICT } from "./photons.js";
import { arrow, cross, icon } from "./polarisation.js";

// widths in pixels, as in the style sheet
const COLUMN = 33;
const COLUMN_FIVE_DIGITS = 43;
const KEY_BIT = 21;
const NAMES = 96;
const NAMES_NARROW = 66;
const SIGNS = { kept: "✓", error: "✗", dropped: "≠", lost: "○" };

export class PhotonTable {
  constructor(t) {
    this.t = t;
    this.table = html("table", { class: "ql-table" });
    this.keys = html("div", { class: "ql-keys", role: "img" });
    const legend = html("p", { class: "ql-legend" });
    for (const verdict of [VERDICT.KEPT, VERDICT.ERROR, VERDICT.DROPPED, VERDICT.LOST]) {
      legend.append(html("span", {}, verdictSign(verdict), ` ${t(`legend_${verdict}`)}`));
    }
    const heading = html("p", { class: "ql-heading", text: t("keys") });
    this.elements = [
      html("div", { class: "ql-block" }, this.table, legend),
      html("div", { class: "ql-block" }, heading, this.keys),
    ];
    this.space = 0;
  }

  /** Count how many photons and bits fit; to be called when the page's width changes. */
  measure() {
    const width = this.elements[0].clientWidth;
    this.space = width - (width < 460 ? NAMES_NARROW : NAMES);
  }

  draw(run) {
    this.drawTable(run);
    this.drawKeys(run);
  }

  drawTable({ sent, settings }) {
    const columns = Math.max(5, Math.floor(this.space / (sent < 10000 ? COLUMN : COLUMN_FIVE_DIGITS)));
    const photons = [];
    for (let i = Math.max(0, sent - columns); i < sent; i += 1) photons.push(photonAt(i, settings));
    const head = ({ index }) => html("th", { scope: "col", text: index + 1 });
    this.table.replaceChildren(
      html("caption", { text: this.t("table", { photons: photons.length }) }),
      this.row("photon", photons, head),
      this.row("alice", photons, ({ alice }) => this.stateCell(alice)),
      this.row("eve", photons, ({ eve }) => (eve ? this.stateCell(eve) : cell("ql-faint", this.t("not_measured"), "·"))),
      this.row("bob", photons, ({ bob }) => this.bobCell(bob)),
      this.row("result", photons, ({ verdict }) => cell(`ql-result ql-${verdict}`, this.t(`legend_${verdict}`), verdictSign(verdict))),
    );
  }

  row(label, photons, makeCell) {
    return html("tr", {}, html("th", { scope: "row", text: this.t(label) }), ...photons.map(makeCell));
  }

  words({ basis, bit }) {
    return this.t(`state_${basis}${bit}`);
  }

  stateCell(state) {
    return cell("", this.words(state), icon(arrow(state)), digit(state.bit));
  }

  bobCell(bob) {
    const spoken = bob.bit === null ? this.t("legend_lost") : this.words(bob);
    return cell("", spoken, icon(cross(bob.basis)), digit(bob.bit ?? "–"));
  }

  drawKeys({ kept, settings }) {
    const room = Math.max(8, Math.floor(this.space / KEY_BIT));
    const shown = kept.slice(-room).map((index) => photonAt(index, settings));
    const bit = (photon, value) => html("span", { class: `ql-key-bit ql-${photon.verdict}`, text: value });
    const strip = (who, bits) => html("div", { class: "ql-strip" }, html("span", { class: "ql-who", text: this.t(who) }), ...bits);
    this.keys.replaceChildren(
      strip("alice", shown.map((photon) => bit(photon, photon.alice.bit))),
      strip("bob", shown.map((photon) => bit(photon, photon.bob.bit))),
    );
    const wrong = shown.filter(({ verdict }) => verdict === VERDICT.ERROR).length;
    this.keys.setAttribute("aria-label", this.t("keys_spoken", { bits: shown.length, errors: wrong }));
  }
}

function cell(kind, spoken, ...shown) {
  return html("td", { class: kind }, ...shown, html("span", { class: "ql-unseen", text: spoken }));
}

function digit(value) {
  return html("span", { class: "ql-digit", "aria-hidden": "true", text: value });
}

function verdictSign(verdict) {
  return html("span", { class: `ql-sign ql-${verdict}`, "aria-hidden": "true", text: SIGNS[verdict] });
}
