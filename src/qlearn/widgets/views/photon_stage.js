// The stage: Alice, a fibre, Eve and Bob, and the photons that fly between them.

import { svg } from "./elements.js";
import { arrow, cross } from "./polarisation.js";
import { VERDICT } from "./photons.js";

const HEIGHT = 196;
const LINE = 92;
const EVE_PLACE = 0.46; // of the way from Alice to Bob
const LOST_PLACE = 0.74;

/** A flight of at least so many seconds is told station by station as the photon passes. */
export const SLOW_FLIGHT = 0.6;
const WHOLE_STORY = 3;

export class PhotonStage {
  constructor(holder, t) {
    this.t = t;
    this.holder = holder;
    this.flights = [];
    this.picture = svg("svg", { class: "ql-stage", height: HEIGHT, "aria-hidden": "true" });
    this.backdrop = svg("g");
    this.stations = svg("g");
    this.photons = svg("g");
    this.picture.append(this.backdrop, this.photons, this.stations);
    holder.append(this.picture);
    this.measure();
  }

  /** Fit the stage to its holder; reading a size makes the browser lay out the page, so not on every drawing. */
  measure() {
    this.width = Math.max(260, this.holder.clientWidth);
    this.from = this.width < 480 ? 50 : 84;
    this.to = this.width - this.from;
    this.picture.setAttribute("viewBox", `0 0 ${this.width} ${HEIGHT}`);
  }

  /** The flight that is being told station by station, if there is one. */
  get told() {
    return this.flights.findLast((flight) => flight.seconds >= SLOW_FLIGHT);
  }

  /** Show what happened to `photon` (null: nothing yet) while Eve measures a fraction `intercepted`. */
  show(intercepted, photon) {
    this.intercepted = intercepted;
    // whatever makes us draw again, a resized window too, does not interrupt the story of a photon on its way
    if (this.told) this.tell(this.told.photon, this.told.chapters);
    else this.tell(photon, WHOLE_STORY);
  }

  /** Draw fibre and stations; `chapters` of the story are known: Alice's (0), Eve's (1), Bob's (2), the verdict (3). */
  tell(photon, chapters) {
    this.backdrop.replaceChildren(
      svg("line", { class: "ql-fibre-glow", x1: this.from, x2: this.to, y1: LINE, y2: LINE }),
      svg("line", { class: "ql-fibre", x1: this.from, x2: this.to, y1: LINE, y2: LINE }),
    );
    const known = (chapter) => photon !== null && chapters >= chapter;
    this.stations.replaceChildren(
      this.station("alice", this.from, known(0) && this.aliceSign(photon)),
      this.station("eve", this.placeAt(EVE_PLACE), known(1) && this.eveSign(photon), this.intercepted > 0 ? "" : "ql-away"),
      this.station("bob", this.to, known(2) && this.bobSign(photon, known(WHOLE_STORY))),
      ...(known(WHOLE_STORY) ? [this.badge(photon)] : []),
    );
  }

  placeAt(fraction) {
    return this.from + (this.to - this.from) * fraction;
  }

  station(name, x, sign, extra = "") {
    const half = this.width < 480 ? 34 : 46;
    const y = extra ? LINE - 34 : LINE;
    const box = svg("rect", { class: "ql-box", x: -half, y: -25, width: 2 * half, height: 50, rx: 12 });
    const title = svg("text", { class: "ql-name", y: -34, "text-anchor": "middle", text: this.t(name) });
    const group = svg("g", { class: `ql-station ql-${name} ${extra}`, transform: `translate(${x} ${y})` }, box, title);
    if (extra) group.append(svg("text", { class: "ql-hint", y: 5, "text-anchor": "middle", text: this.t("eve_away") }));
    else if (sign) group.append(...sign);
    return group;
  }

  aliceSign({ alice }) {
    return this.pair(arrow(alice, 13), alice.bit);
  }

  eveSign({ eve }) {
    return eve ? this.pair(arrow(eve, 13), eve.bit) : [svg("text", { class: "ql-hint", y: 5, "text-anchor": "middle", text: this.t("eve_passes") })];
  }

  bobSign({ bob }, arrived) {
    return this.pair(cross(bob.basis, 11), arrived ? bob.bit ?? "–" : "");
  }

  pair(shape, bit) {
    const apart = this.width < 480 ? 15 : 19;
    return [
      svg("g", { transform: `translate(${-apart} 0)` }, shape),
      svg("text", { class: "ql-bit", x: apart, y: 8, "text-anchor": "middle", text: bit }),
    ];
  }

  badge({ verdict }) {
    const text = svg("text", { class: "ql-badge-text", y: 5, "text-anchor": "middle", text: this.t(`badge_${verdict}`) });
    const half = 0.5 * Math.min(this.width - 30, 30 + 7.6 * this.t(`badge_${verdict}`).length);
    const box = svg("rect", { class: "ql-badge", x: -half, y: -14, width: 2 * half, height: 28, rx: 14 });
    return svg("g", { class: `ql-verdict ql-${verdict}`, transform: `translate(${this.width / 2} ${HEIGHT - 28})` }, box, text);
  }

  /** Let a photon fly for `seconds`, then call `onLanding`. */
  launch(photon, seconds, onLanding) {
    const glow = svg("circle", { class: "ql-glow", r: 19 });
    const shape = svg("g", {}, arrow(photon.alice, 14));
    const place = `translate(${this.from} ${LINE})`;
    const group = svg("g", { class: `ql-photon ql-basis-${photon.alice.basis}`, transform: place }, glow, shape);
    this.photons.append(group);
    if (seconds >= SLOW_FLIGHT) this.tell(photon, 0);
    this.flights.push({ photon, seconds, onLanding, group, shape, start: null, chapters: 0 });
    if (this.flights.length === 1) requestAnimationFrame((now) => this.frame(now));
  }

  clear() {
    this.flights = [];
    this.photons.replaceChildren();
  }

  frame(now) {
    for (const flight of [...this.flights]) {
      flight.start ??= now;
      const progress = Math.min(1, (now - flight.start) / 1000 / flight.seconds);
      if (progress >= 1 || !this.picture.isConnected) this.land(flight);
      else this.move(flight, progress);
    }
    if (this.flights.length) requestAnimationFrame((next) => this.frame(next));
  }

  move(flight, progress) {
    const { photon, group, shape } = flight;
    const chapters = Number(progress > EVE_PLACE) + Number(progress > LOST_PLACE);
    if (chapters > flight.chapters) {
      flight.chapters = chapters;
      // behind Eve the photon is the one that she made
      shape.replaceChildren(arrow(photon.eve ?? photon.alice, 14));
      if (flight.seconds >= SLOW_FLIGHT) this.tell(photon, chapters);
    }
    const lost = photon.verdict === VERDICT.LOST;
    const fading = lost ? Math.max(0, 1 - Math.max(0, progress - LOST_PLACE + 0.12) / 0.12) : 1;
    const atEve = photon.eve ? Math.exp(-(((progress - EVE_PLACE) / 0.035) ** 2)) : 0;
    group.setAttribute("transform", `translate(${this.placeAt(progress)} ${LINE}) scale(${1 + 0.5 * atEve})`);
    group.setAttribute("opacity", fading);
    const state = chapters ? photon.eve ?? photon.alice : photon.alice;
    group.setAttribute("class", `ql-photon ql-basis-${state.basis}`);
  }

  land(flight) {
    flight.group.remove();
    this.flights = this.flights.filter((other) => other !== flight);
    flight.onLanding();
  }
}
