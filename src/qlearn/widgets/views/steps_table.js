// A table of named numbers that is filled anew while a hand drags: its rows are made once.

import { html } from "./elements.js";

/** Rows [[name, label], ...]; `show` takes { name: text }. A row carries its name as data-step. */
export class StepsTable {
  constructor(rows) {
    this.cells = new Map(rows.map(([name]) => [name, html("td")]));
    const body = rows.map(([name, label]) =>
      html("tr", { "data-step": name }, html("th", { scope: "row", text: label }), this.cells.get(name)));
    this.element = html("table", { class: "ql-steps" }, html("tbody", {}, ...body));
  }

  show(values) {
    for (const [name, text] of Object.entries(values)) this.cells.get(name).textContent = text;
  }
}
