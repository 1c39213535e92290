// The drawing of a Mach-Zehnder interferometer: both arms are lit, and the detector that clicked last.

import { svg } from "./elements.js";

const HEIGHT = 236;
const TOP = 74;
const BOTTOM = 176;
const NARROW = 480;
const FLIGHT = 0.8; // s
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

export class InterferometerBench {
  constructor(holder, t) {
    this.t = t;
    this.holder = holder;
    this.picture = svg("svg", { class: "ql-bench", height: HEIGHT, role: "img" });
    this.scenery = svg("g");
    this.flights = svg("g");
    this.picture.append(this.scenery, this.flights);
    holder.append(this.picture);
    this.measure();
  }

  /** Fit the bench to its holder; to be called when the page's width changes. */
  measure() {
    this.width = Math.max(260, this.holder.clientWidth);
    this.isNarrow = this.width < NARROW;
    const edge = this.isNarrow ? 74 : Math.max(110, (this.width - 380) / 2);
    [this.left, this.right] = [edge, this.width - edge];
    this.picture.setAttribute("viewBox", `0 0 ${this.width} ${HEIGHT}`);
  }

  /** `phase` and `marker` in degrees, clicks at both detectors at this phase, and the detector that clicked last or null. */
  draw({ phase, marker, clicks, last, description }) {
    const middle = (this.left + this.right) / 2;
    this.picture.setAttribute("aria-label", description);
    this.scenery.replaceChildren(
      this.beam(`M34 ${BOTTOM}H${this.left}`, "one"),
      this.beam(`M${this.left} ${BOTTOM}V${TOP}H${this.right}`, "one"),
      this.beam(`M${this.left} ${BOTTOM}H${this.right}V${TOP}`, "two"),
      this.beam(`M${this.right} ${TOP}H${this.width - 44}M${this.right} ${TOP}V34`, "faint"),
      this.plate(this.left, BOTTOM, "ql-splitter"), this.plate(this.right, TOP, "ql-splitter"),
      this.plate(this.left, TOP, "ql-mirror"), this.plate(this.right, BOTTOM, "ql-mirror"),
      this.source(),
      this.text(middle, TOP - 12, this.t("arm", { number: 0 }), "ql-kind-one"),
      this.text(middle, BOTTOM + 34, this.t("arm", { number: 1 }), "ql-kind-two"),
      ...this.box(middle, BOTTOM, this.t("phase_sign"), `${phase}°`),
      ...this.box(this.right, (TOP + BOTTOM) / 2, this.t("marker_sign"), `${marker}°`),
      this.polarisation(middle + (this.isNarrow ? 0 : 60), TOP, 0, "one"),
      ...this.detector(this.width - 44, TOP, 90, 0, clicks[0], last === 0),
      ...this.detector(this.right, 34, 0, 1, clicks[1], last === 1),
      this.polarisation(this.right, TOP + 25, marker, "two"),
    );
  }

  /** Let a photon fly, then call `onLanding`. It is in both arms, so both have a mark; where it clicks is not known yet. */
  launch(onLanding) {
    if (STILL.matches) {
      onLanding();
      return;
    }
    const marks = ["one", "two"].map((kind) => svg("circle", { class: `ql-flying ql-kind-${kind}`, r: 8 }));
    this.flights.append(...marks);
    let start = null;
    const frame = (now) => {
      start ??= now;
      const progress = (now - start) / 1000 / FLIGHT;
      if (progress < 1 && this.picture.isConnected) {
        [TOP, BOTTOM].forEach((height, arm) => {
          const [x, y] = this.placeInArm(progress, height);
          marks[arm].setAttribute("transform", `translate(${x} ${y})`);
        });
        requestAnimationFrame(frame);
        return;
      }
      marks.forEach((mark) => mark.remove());
      if (this.picture.isConnected) onLanding();
    };
    requestAnimationFrame(frame);
  }

  /** Where light is at a part, 0 to 1, of its way from the source to the second beam splitter, through the arm at `height`. */
  placeInArm(part, height) {
    const corners = [[23, BOTTOM], [this.left, BOTTOM], height === TOP ? [this.left, TOP] : [this.right, BOTTOM], [this.right, TOP]];
    const lengths = corners.slice(1).map(([x, y], i) => Math.hypot(x - corners[i][0], y - corners[i][1]));
    let left = part * lengths.reduce((sum, length) => sum + length, 0);
    for (const [i, length] of lengths.entries()) {
      const share = Math.min(1, left / length);
      if (share < 1 || i === lengths.length - 1) return corners[i].map((from, axis) => from + share * (corners[i + 1][axis] - from));
      left -= length;
    }
    return corners.at(-1);
  }

  beam(path, kind) {
    return svg("path", { class: `ql-beam ql-kind-${kind}`, d: path });
  }

  /** A plate at 45 degrees to the beams. */
  plate(x, y, kind) {
    return svg("line", { class: kind, x1: x - 15, y1: y + 15, x2: x + 15, y2: y - 15 });
  }

  source() {
    const box = svg("rect", { class: "ql-part", x: 8, y: BOTTOM - 15, width: 30, height: 30, rx: 8 });
    const dot = svg("circle", { class: "ql-photon-dot ql-kind-one", cx: 23, cy: BOTTOM, r: 5 });
    return svg("g", {}, box, dot, this.text(8, BOTTOM + 34, this.t("source"), "", "start"));
  }

  box(x, y, title, value) {
    const half = Math.max(26, 4.6 * Math.max(title.length * (title.charCodeAt(0) > 0x1100 ? 1.7 : 1), value.length) + 4);
    return [
      svg("rect", { class: "ql-part", x: x - half, y: y - 19, width: 2 * half, height: 38, rx: 8 }),
      this.text(x, y - 4, title), this.text(x, y + 12, value, "ql-strong"),
    ];
  }

  /** The direction in which the light of an arm is polarised. */
  polarisation(x, y, angle, kind) {
    const head = "M-11 0H11M-11 0l5 -4M-11 0l5 4M11 0l-5 -4M11 0l-5 4";
    return svg("path", { class: `ql-polarised ql-kind-${kind}`, d: head, transform: `translate(${x} ${y}) rotate(${-angle})` });
  }

  detector(x, y, turn, number, count, clicked) {
    const shape = svg("path", {
      class: clicked ? "ql-detector ql-clicked" : "ql-detector", d: "M-15 0H15V-4A15 15 0 0 0 -15 -4Z",
      transform: `translate(${x} ${y}) rotate(${turn})`,
    });
    const name = `D${number === 0 ? "₀" : "₁"}`;
    if (number === 0) return [shape, this.text(this.width - 10, y - 24, `${name} ${count}`, "ql-strong ql-count-0", "end")];
    return [shape, this.text(x + 22, y - 8, `${name} ${count}`, "ql-strong ql-count-1", "start")];
  }

  text(x, y, text, kind = "", anchor = "middle") {
    return svg("text", { class: `ql-sign ${kind}`, x, y, "text-anchor": anchor, text });
  }
}
