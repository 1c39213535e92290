// A polariser's dial: a bar through the middle of a circle, turned by hand or by keys. An analyser turned by 180° is the
// same one, so angles run from -90° to 90° and go on at the other end.

import { html, svg } from "./elements.js";

const RADIUS = 44;
const SNAP = 0.5; // degrees
const KEY_STEPS = { ArrowRight: 2.5, ArrowUp: 2.5, ArrowLeft: -2.5, ArrowDown: -2.5, PageUp: 22.5, PageDown: -22.5 };
const KEY_ENDS = { Home: -90, End: 90 };
const FINE = 0.2; // with the shift key

/** The same analyser's angle above -90 and up to 90 degrees, in half degrees. */
export function foldAngle(degrees) {
  const folded = degrees - 180 * Math.ceil((degrees - 90) / 180);
  return Math.round(folded / SNAP) * SNAP + 0; // no minus zero
}

export function degreesText(degrees) {
  return `${degrees.toFixed(1).replace("-", "\u2212")}°`;
}

/** `onInput(value)` follows the hand, `onRelease()` is called when it lets go. `show` turns the dial without calling back. */
export class Dial {
  constructor({ label, name, kind, value, onInput, onRelease = () => {} }) {
    this.onInput = onInput;
    this.onRelease = onRelease;
    this.hand = svg("g", {}, ...handle());
    this.picture = svg("svg", { viewBox: "-60 -60 120 120", "aria-hidden": "true" }, ...face(), this.hand);
    this.face = html("div", {
      class: `ql-dial ql-kind-${kind}`, role: "slider", tabindex: 0, "aria-label": label,
      "aria-valuemin": -90, "aria-valuemax": 90, "data-control": name,
    }, this.picture);
    this.reading = html("output", { class: "ql-value" });
    this.element = html("div", { class: "ql-dial-place" }, html("div", { class: "ql-dial-head" }, html("span", { text: label }), this.reading), this.face);
    this.listen();
    this.show(value);
  }

  show(value) {
    this.value = value;
    this.hand.setAttribute("transform", `rotate(${-value})`);
    this.reading.textContent = degreesText(value);
    this.face.setAttribute("aria-valuenow", value);
    this.face.setAttribute("aria-valuetext", degreesText(value));
  }

  listen() {
    this.face.addEventListener("keydown", (event) => this.key(event));
    this.face.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.face.setPointerCapture(event.pointerId);
      this.face.focus({ preventScroll: true });
      this.follow(event);
    });
    this.face.addEventListener("pointermove", (event) => {
      if (this.face.hasPointerCapture(event.pointerId)) this.follow(event);
    });
    this.face.addEventListener("pointerup", () => this.onRelease());
  }

  key(event) {
    const step = KEY_STEPS[event.key];
    if (step === undefined && !(event.key in KEY_ENDS)) return;
    event.preventDefault();
    this.turn(step === undefined ? KEY_ENDS[event.key] : this.value + step * (event.shiftKey ? FINE : 1));
    this.onRelease();
  }

  follow(event) {
    const box = this.picture.getBoundingClientRect();
    const across = event.clientX - (box.left + box.width / 2);
    const up = box.top + box.height / 2 - event.clientY;
    if (Math.hypot(across, up) > 4) this.turn((Math.atan2(up, across) * 180) / Math.PI);
  }

  turn(degrees) {
    const value = degrees === -90 ? -90 : foldAngle(degrees);
    if (value === this.value) return;
    this.show(value);
    this.onInput(value);
  }
}

function* face() {
  yield svg("circle", { class: "ql-dial-face", r: RADIUS + 10 });
  for (let angle = 0; angle < 360; angle += 22.5) {
    const long = angle % 90 === 0;
    yield svg("line", { class: "ql-dial-tick", x1: long ? RADIUS : RADIUS + 4, x2: RADIUS + 9, transform: `rotate(${angle})` });
  }
}

function* handle() {
  yield svg("line", { class: "ql-dial-bar", x1: -RADIUS + 6, x2: RADIUS - 6 });
  yield svg("circle", { class: "ql-dial-knob", cx: RADIUS - 6, r: 9 });
}
