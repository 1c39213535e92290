// A canvas that is sharp on every screen and takes the page's colours.

import { html } from "./elements.js";

export class Canvas {
  constructor(holder, { name, height, kind = "", focusable = false }) {
    this.holder = holder;
    this.fixedHeight = height;
    const attributes = { class: `ql-canvas ${kind}`, role: "img", "data-chart": name, tabindex: focusable ? 0 : null };
    this.element = html("canvas", attributes);
    holder.append(this.element);
    this.pen = this.element.getContext("2d");
    this.measure();
  }

  /** Fit to the holder; reading a size makes the browser lay out the page, so only when its width changes. */
  measure() {
    const style = getComputedStyle(this.element);
    const most = Number.parseFloat(style.maxWidth) || Infinity;
    this.width = Math.max(160, Math.min(most, this.holder.clientWidth));
    this.height = this.fixedHeight ?? this.width;
    const dots = Math.min(3, window.devicePixelRatio || 1);
    this.element.width = Math.round(this.width * dots);
    this.element.height = Math.round(this.height * dots);
    this.element.style.height = `${this.height}px`;
    this.element.style.width = `${this.width}px`;
    this.pen.setTransform(dots, 0, 0, dots, 0, 0);
  }

  /** Wipe it and give a function from the name of a colour, such as "text", to the colour of the present theme. */
  start(description) {
    this.element.setAttribute("aria-label", description);
    this.pen.clearRect(0, 0, this.width, this.height);
    const style = getComputedStyle(this.element);
    const known = new Map();
    return (name) => {
      if (!known.has(name)) known.set(name, style.getPropertyValue(`--ql-${name}`).trim() || style.color);
      return known.get(name);
    };
  }
}
