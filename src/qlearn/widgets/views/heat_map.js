// A heat map on a canvas with axes, a colour bar and marks. Its colours get lighter steadily, so they also read in grey.

import { Canvas } from "./canvas.js";
import { scaleOf } from "./scale.js";

const MAP_MARGIN = { top: 12, right: 74, bottom: 42, left: 54 };
const BAR_WIDTH = 12;
// dark blue over violet and orange to pale yellow: lightness rises along it
const STOPS = [[17, 20, 74], [72, 27, 118], [136, 45, 118], [196, 71, 93], [237, 116, 62], [251, 174, 66], [250, 236, 165]];

/** Red, green and blue, 0 to 255, for a part 0 to 1 of the range. */
export function heatColour(part) {
  const place = Math.min(Math.max(part, 0), 1) * (STOPS.length - 1);
  const i = Math.min(Math.floor(place), STOPS.length - 2);
  return STOPS[i].map((low, k) => Math.round(low + (place - i) * (STOPS[i + 1][k] - low)));
}

/**
 * A map in `holder`; `onPick(x, y)` is told where a hand presses it or is dragged over it. `draw` takes values (flat,
 * rows of increasing y, columns of increasing x; the same array again is not painted anew), rows, columns, x and y as a
 * chart's axes, from and to of the colours, label of the colour bar, marks: [{ x, y }], description.
 */
export class HeatMap {
  constructor(holder, { name, height = 260, onPick = null }) {
    this.canvas = new Canvas(holder, { name, height });
    this.cells = document.createElement("canvas");
    if (onPick) this.listen(onPick);
  }

  listen(onPick) {
    const { element } = this.canvas;
    const pick = ({ offsetX, offsetY }) => this.scales && onPick(...this.scales.map((scale, i) => scale.valueAt([offsetX, offsetY][i])));
    element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      element.setPointerCapture(event.pointerId);
      pick(event);
    });
    element.addEventListener("pointermove", (event) => {
      if (element.hasPointerCapture(event.pointerId)) pick(event);
    });
  }

  measure() {
    this.canvas.measure();
  }

  draw({ values, rows, columns, x, y, from, to, label, marks = [], description }) {
    const { pen, width, height } = this.canvas;
    const colour = this.canvas.start(description);
    const [right, bottom] = [width - MAP_MARGIN.right, height - MAP_MARGIN.bottom];
    if (values !== this.painted) this.paintCells(values, rows, columns, from, to);
    pen.imageSmoothingEnabled = rows * columns > 400;
    pen.drawImage(this.cells, MAP_MARGIN.left, MAP_MARGIN.top, right - MAP_MARGIN.left, bottom - MAP_MARGIN.top);
    pen.font = "12px system-ui, sans-serif";
    pen.fillStyle = colour("soft");
    const across = scaleOf(x, MAP_MARGIN.left, right);
    const up = scaleOf(y, bottom, MAP_MARGIN.top);
    this.scales = [across, up];
    this.drawTicks(across, up, bottom);
    pen.fillStyle = colour("text");
    pen.fillText(x.label, (MAP_MARGIN.left + right) / 2, bottom + 36);
    this.drawBar({ from, to, label }, right + 16, bottom, colour);
    for (const mark of marks) this.drawMark(across.within(mark.x), up.within(mark.y));
    pen.save();
    pen.translate(12, (MAP_MARGIN.top + bottom) / 2);
    pen.rotate(-Math.PI / 2);
    pen.textAlign = "center";
    pen.fillText(y.label, 0, 4);
    pen.restore();
  }

  paintCells(values, rows, columns, from, to) {
    this.painted = values;
    this.cells.width = columns;
    this.cells.height = rows;
    const pen = this.cells.getContext("2d");
    const image = pen.createImageData(columns, rows);
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const value = values[row * columns + column];
        const place = 4 * ((rows - 1 - row) * columns + column);
        image.data.set([...heatColour((value - from) / (to - from)), Number.isFinite(value) ? 255 : 0], place);
      }
    }
    pen.putImageData(image, 0, 0);
  }

  drawTicks(across, up, bottom) {
    const { pen } = this.canvas;
    pen.textAlign = "center";
    pen.textBaseline = "alphabetic";
    for (const tick of across.ticks) pen.fillText(across.format(tick), across.at(tick), bottom + 17);
    pen.textAlign = "right";
    for (const tick of up.ticks) pen.fillText(up.format(tick), MAP_MARGIN.left - 6, up.at(tick) + 4);
    pen.textAlign = "center";
  }

  drawBar({ from, to, label }, left, bottom, colour) {
    const { pen } = this.canvas;
    const scale = scaleOf({ from, to }, bottom, MAP_MARGIN.top);
    for (let at = MAP_MARGIN.top; at < bottom; at += 1) {
      pen.fillStyle = `rgb(${heatColour((bottom - at) / (bottom - MAP_MARGIN.top)).join(" ")})`;
      pen.fillRect(left, at, BAR_WIDTH, 1.5);
    }
    pen.fillStyle = colour("soft");
    pen.textAlign = "left";
    for (const tick of scale.ticks) pen.fillText(scale.format(tick), left + BAR_WIDTH + 4, scale.at(tick) + 4);
    pen.fillStyle = colour("text");
    pen.textAlign = "center";
    // under the bar, yet never beyond the drawing
    const half = pen.measureText(label).width / 2;
    pen.fillText(label, Math.min(left + BAR_WIDTH / 2, this.canvas.width - 4 - half), bottom + 36);
  }

  /** A ring that stands out on every colour of the map. */
  drawMark(x, y) {
    const { pen } = this.canvas;
    for (const [ink, wide] of [["#000", 5], ["#fff", 2.5]]) {
      pen.beginPath();
      pen.arc(x, y, 7, 0, 2 * Math.PI);
      pen.strokeStyle = ink;
      pen.lineWidth = wide;
      pen.stroke();
    }
  }
}
