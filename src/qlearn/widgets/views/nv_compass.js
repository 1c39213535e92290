// The axes of a crystal's NV centres and the field among them, seen from a fixed place.

import { svg } from "./elements.js";

const COMPASS_SIZE = 190;
const COMPASS_REACH = 70; // pixels of an axis, from the middle
const TURNED = 0.2; // rad, so that no axis hides another
const RAISED_BY = 0.3;

/** A drawing in `holder`; `draw` takes axes: [[x, y, z], ...], kinds, field: [x, y, z] of length 0 to 1, description. */
export class NvCompass {
  constructor(holder, { name }) {
    this.picture = svg("svg", {
      class: "ql-chart ql-compass", role: "img", "data-chart": name, height: COMPASS_SIZE, viewBox: `0 0 ${COMPASS_SIZE} ${COMPASS_SIZE}`,
    });
    holder.append(this.picture);
  }

  draw({ axes, kinds, field, description }) {
    const middle = COMPASS_SIZE / 2;
    const parts = axes.map((axis, i) => {
      const [x, y] = onPaper(axis, COMPASS_REACH);
      return svg("line", { class: `ql-line ql-kind-${kinds[i]}`, x1: middle - x, y1: middle - y, x2: middle + x, y2: middle + y });
    });
    parts.push(...fieldArrow(onPaper(field, COMPASS_REACH * 1.15), middle));
    this.picture.setAttribute("aria-label", description);
    this.picture.replaceChildren(...parts);
  }
}

function onPaper([x, y, z], reach) {
  const across = x * Math.cos(TURNED) - y * Math.sin(TURNED);
  const away = x * Math.sin(TURNED) + y * Math.cos(TURNED);
  return [reach * across, -reach * (z * Math.cos(RAISED_BY) - away * Math.sin(RAISED_BY))];
}

function fieldArrow([x, y], middle) {
  const length = Math.hypot(x, y);
  if (length < 2) return [svg("circle", { class: "ql-mark ql-kind-expected", cx: middle, cy: middle, r: 3 })];
  const [ux, uy] = [x / length, y / length];
  const [tipX, tipY] = [middle + x, middle + y];
  const wing = (side) => `${tipX - 9 * ux + side * 5 * uy} ${tipY - 9 * uy - side * 5 * ux}`;
  return [svg("path", { class: "ql-field-arrow", d: `M${middle} ${middle}L${tipX} ${tipY}M${wing(1)}L${tipX} ${tipY}L${wing(-1)}` })];
}
