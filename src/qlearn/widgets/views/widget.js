// What every widget does in the same way: its place on the page, labels, traits, one drawing a frame, words for its state.

import { html } from "./elements.js";
import { labelsFor, languageOf } from "./language.js";
import { ReaderTraits } from "./reader_traits.js";

const SAVE_AFTER = 250; // ms of rest before the kernel is told
const TELL_AFTER = 600; // ms of rest before a screen reader is told

/**
 * A widget's view. A subclass builds its parts in build(), paints from this.value(trait) in draw(), and says its state
 * in one sentence in summary(). It may have measured(), pythonChanged(), heardExact(at, values), heardKernel(message)
 * for any other message ("ready" is the first, and says that there is a kernel), and destroyed().
 */
export class WidgetView {
  constructor(model, el, { name, traits }) {
    this.model = model;
    this.language = languageOf(el);
    this.t = labelsFor(model.get("labels"), this.language);
    this.root = html("section", { class: `ql-widget qlearn-${name}`, lang: this.t("language"), "aria-label": this.t("title") });
    el.append(this.root);
    this.traits = new ReaderTraits(model, traits, () => this.followPython());
    this.parts = [];
    this.hasKernel = false;
    this.words = html("p", { class: "ql-summary" });
    this.live = html("p", { class: "ql-unseen", role: "status", "aria-live": "polite" });
    this.build();
    this.root.append(this.words, this.live);
    this.listen();
    this.measure();
  }

  /** Remember drawings that have to be measured anew when the page's width changes; gives the first. */
  drawings(...parts) {
    this.parts.push(...parts);
    return parts[0];
  }

  value(trait) {
    return this.traits.get(trait);
  }

  /** The reader's hand has set a trait: draw, tell the kernel and the screen reader once the hand rests. */
  change(trait, value) {
    this.traits.set(trait, value);
    this.changed();
  }

  /** Something that is no trait has changed, such as a drawn sample. */
  changed() {
    this.redraw();
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.save(), SAVE_AFTER);
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.tell(), TELL_AFTER);
  }

  save() {
    this.traits.save();
  }

  /** Words for a screen reader once the hand rests; null for none. */
  spoken() {
    return this.words.textContent;
  }

  tell() {
    const words = this.spoken();
    if (words !== null) this.live.textContent = words;
  }

  /** Draw once before the next frame, however often it is asked for. */
  redraw() {
    this.drawing ??= requestAnimationFrame(() => this.paint());
  }

  paint() {
    cancelAnimationFrame(this.drawing);
    this.drawing = null;
    this.draw();
    this.words.textContent = this.summary();
  }

  // ---- the page ------------------------------------------------------------------------------------------------

  listen() {
    this.onMessage = (message) => this.hear(message);
    this.model.on("msg:custom", this.onMessage);
    this.resizing = new ResizeObserver(() => this.measure());
    this.resizing.observe(this.root);
    // a change of theme recolours a canvas only when it is drawn again
    this.theming = new MutationObserver(() => this.redraw());
    this.theming.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    this.theming.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "class"] });
    // JupyterLab takes arrow keys and Enter for itself unless the focused element bears this
    this.root.addEventListener("focusin", ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true"));
    this.model.send({ kind: "hello" });
  }

  /** Fit to the page's width: reading sizes makes the browser lay out the page, so only when it has changed. */
  measure() {
    if (this.width === this.root.clientWidth) return;
    this.width = this.root.clientWidth;
    for (const part of this.parts) part.measure();
    this.measured?.();
    this.redraw();
  }

  destroy() {
    cancelAnimationFrame(this.drawing);
    clearTimeout(this.saving);
    clearTimeout(this.telling);
    this.resizing.disconnect();
    this.theming.disconnect();
    this.traits.destroy();
    this.model.off("msg:custom", this.onMessage);
    this.destroyed?.();
  }

  // ---- the kernel ----------------------------------------------------------------------------------------------

  followPython() {
    this.pythonChanged?.();
    this.redraw();
  }

  /** With a kernel, ask Python for the exact values at a place of the grid; without one nothing happens. */
  askExact(at) {
    if (this.hasKernel) this.model.send({ kind: "exact", at });
  }

  hear(message) {
    this.hasKernel = true;
    if (message.kind === "exact") this.heardExact?.(message.at, message.values);
    else this.heardKernel?.(message);
  }
}

/** For a widget's `render`: make its view, and give anywidget what takes it away. */
export function start(View, { model, el, name, traits }) {
  const view = new View(model, el, { name, traits });
  return () => view.destroy();
}
