// The Bloch sphere on a canvas: state, its trail, an ensemble of thin vectors, other possible states, an axis of rotation. Drag, or the arrow
// keys, turn the view; a change of view is no change of the state.

import { Canvas } from "./canvas.js";

const TURN_PER_PIXEL = 0.01;
const TURN_PER_KEY = Math.PI / 24;
const STEEPEST = Math.PI / 2 - 0.05;
const CIRCLE_STEPS = 72;
const RADIUS = 0.39; // of the drawing's width
const NAME_HALF = 15; // pixels, half of the widest name

export class BlochSphere {
  constructor(holder, { name, onTurn = () => {} }) {
    this.canvas = new Canvas(holder, { name, kind: "ql-sphere", focusable: true });
    this.azimuth = -0.55;
    this.elevation = 0.3;
    this.onTurn = onTurn;
    this.listen(this.canvas.element);
  }

  measure() {
    this.canvas.measure();
  }

  listen(element) {
    element.addEventListener("pointerdown", (event) => {
      element.setPointerCapture(event.pointerId);
      this.grip = { x: event.clientX, y: event.clientY };
    });
    element.addEventListener("pointermove", (event) => {
      if (!this.grip) return;
      this.turn((event.clientX - this.grip.x) * TURN_PER_PIXEL, (event.clientY - this.grip.y) * TURN_PER_PIXEL);
      this.grip = { x: event.clientX, y: event.clientY };
    });
    for (const end of ["pointerup", "pointercancel"]) element.addEventListener(end, () => (this.grip = null));
    element.addEventListener("keydown", (event) => {
      const turns = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!turns) return;
      event.preventDefault();
      this.turn(turns[0] * TURN_PER_KEY, turns[1] * TURN_PER_KEY);
    });
  }

  turn(sideways, down) {
    this.azimuth += sideways;
    this.elevation = Math.min(STEEPEST, Math.max(-STEEPEST, this.elevation + down));
    if (this.shown) this.draw(this.shown);
    this.onTurn();
  }

  /** Pixels and depth (positive towards the eye) of a point in the ball: x to the front, y to the right, z up. */
  project([x, y, z]) {
    const [c, s] = [Math.cos(this.azimuth), Math.sin(this.azimuth)];
    const [right, front] = [c * y + s * x, c * x - s * y];
    const [ce, se] = [Math.cos(this.elevation), Math.sin(this.elevation)];
    const scale = RADIUS * this.canvas.width;
    return [this.canvas.width / 2 + scale * right, this.canvas.height / 2 - scale * (ce * z - se * front), ce * front + se * z];
  }

  draw(shown) {
    this.shown = shown;
    const { vector, trail = [], cloud = [], others = [], axis = null, description } = shown;
    this.colour = this.canvas.start(description);
    this.drawBall();
    for (const one of cloud) this.stroke([[0, 0, 0], one], { colour: "two", width: 1, alpha: 0.45 });
    if (axis) this.stroke([axis.map((part) => -1.15 * part), axis.map((part) => 1.15 * part)], { colour: "three", width: 1.5, dash: [5, 4] });
    this.stroke(trail, { colour: "four", width: 2.5 });
    for (const one of others) this.drawVector(one, { colour: "two", width: 1.5, tip: 4 });
    this.drawVector(vector);
    this.drawNames();
  }

  drawBall() {
    const { pen, width, height } = this.canvas;
    pen.beginPath();
    pen.arc(width / 2, height / 2, RADIUS * width, 0, 2 * Math.PI);
    pen.globalAlpha = 0.06;
    pen.fillStyle = this.colour("one");
    pen.fill();
    pen.globalAlpha = 1;
    pen.lineWidth = 1.2;
    pen.strokeStyle = this.colour("soft");
    pen.stroke();
    const circle = (point) => Array.from({ length: CIRCLE_STEPS + 1 }, (_, i) => point((2 * Math.PI * i) / CIRCLE_STEPS));
    this.stroke(circle((t) => [Math.cos(t), Math.sin(t), 0]), { colour: "soft", width: 1 });
    this.stroke(circle((t) => [0, Math.cos(t), Math.sin(t)]), { colour: "border", width: 1 });
    for (const end of [[1, 0, 0], [0, 1, 0], [0, 0, 1]]) {
      this.stroke([end.map((part) => -part), end], { colour: "border", width: 1 });
    }
  }

  /** A line through points of the ball, paler where it is behind. */
  stroke(points, { colour, width, alpha = 1, dash = [] }) {
    const { pen } = this.canvas;
    pen.strokeStyle = this.colour(colour);
    pen.lineWidth = width;
    pen.setLineDash(dash);
    pen.lineCap = "round";
    for (const behind of [true, false]) {
      pen.globalAlpha = alpha * (behind ? 0.45 : 1);
      pen.beginPath();
      for (let i = 1; i < points.length; i += 1) {
        const [from, to] = [this.project(points[i - 1]), this.project(points[i])];
        if (from[2] + to[2] < 0 !== behind) continue;
        pen.moveTo(from[0], from[1]);
        pen.lineTo(to[0], to[1]);
      }
      pen.stroke();
    }
    pen.globalAlpha = 1;
    pen.setLineDash([]);
  }

  drawVector(vector, { colour = "one", width = 4, tip = 7 } = {}) {
    const { pen } = this.canvas;
    const [x, y] = this.project(vector);
    this.stroke([[0, 0, 0], vector], { colour, width });
    pen.beginPath();
    pen.arc(x, y, tip, 0, 2 * Math.PI);
    pen.fillStyle = this.colour(colour);
    pen.fill();
    pen.lineWidth = 2;
    pen.strokeStyle = this.colour("surface");
    pen.stroke();
  }

  drawNames() {
    const { pen } = this.canvas;
    pen.fillStyle = this.colour("text");
    pen.font = "600 15px system-ui, sans-serif";
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    const names = [["|0⟩", [0, 0, 1.17]], ["|1⟩", [0, 0, -1.17]], ["|+⟩", [1.2, 0, 0]], ["|−⟩", [-1.2, 0, 0]], ["|+i⟩", [0, 1.2, 0]], ["|−i⟩", [0, -1.2, 0]]];
    // a rim of the ground's colour keeps each name clear of the lines under it
    pen.strokeStyle = this.colour("panel");
    pen.lineWidth = 4;
    pen.lineJoin = "round";
    for (const [name, place] of names) {
      const [x, y, behind] = this.placeOfName(place);
      pen.strokeText(name, x, y);
      pen.globalAlpha = behind ? 0.75 : 1;
      pen.fillText(name, x, y);
      pen.globalAlpha = 1;
    }
  }

  /** Pixels of a name, pushed off the outline of the ball and kept inside the drawing; and whether it is behind. */
  placeOfName(place) {
    const [middle, radius] = [this.canvas.width / 2, RADIUS * this.canvas.width];
    const [x, y, depth] = this.project(place);
    const distance = Math.hypot(x - middle, y - middle) / radius;
    const pushed = distance > 0.8 ? Math.min(0.8 + 2 * (distance - 0.8), 1.17) / distance : 1;
    const across = middle + pushed * (x - middle);
    return [Math.min(Math.max(across, NAME_HALF), 2 * middle - NAME_HALF), middle + pushed * (y - middle), depth < -0.2];
  }
}
