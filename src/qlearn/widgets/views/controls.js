// The controls every widget shares: buttons, sliders, toggles and choices, each with a label; sliders with words.

import { html } from "./elements.js";

export function button(label, onPress, { primary = false, name = null } = {}) {
  const kind = primary ? "ql-button ql-primary" : "ql-button";
  const element = html("button", { type: "button", class: kind, "data-control": name, text: label });
  element.addEventListener("click", onPress);
  return element;
}

/** Controls in a row that wraps. */
export function bar(...elements) {
  return html("div", { class: "ql-bar" }, ...elements);
}

/** Sliders side by side, as many as fit. */
export function sliders(...elements) {
  return html("div", { class: "ql-sliders" }, ...elements);
}

function freshId(name) {
  return `ql-${name}-${Math.random().toString(36).slice(2)}`;
}

/**
 * A labelled slider. `words(value)` is what is shown beside it and read out; `onInput(value)` follows the hand,
 * `onRelease(value)` is called when it lets go. Returns { element, show(value) }: `show` moves it without calling back.
 */
export function slider({ label, min, max, step, value, words, onInput, onRelease = () => {}, name }) {
  const id = freshId(name);
  const input = html("input", { type: "range", id, min, max, step, class: "ql-range", "data-control": name });
  const output = html("output", { class: "ql-value", for: id });
  const head = html("div", { class: "ql-slider-head" }, html("label", { for: id, text: label }), output);
  const element = html("div", { class: "ql-slider" }, head, input);
  const show = (number) => {
    input.value = number;
    output.textContent = words(Number(number));
    input.setAttribute("aria-valuetext", words(Number(number)));
    input.style.setProperty("--ql-filled", `${(100 * (number - min)) / (max - min)}%`);
  };
  input.addEventListener("input", () => {
    show(Number(input.value));
    onInput(Number(input.value));
  });
  input.addEventListener("change", () => onRelease(Number(input.value)));
  show(value);
  return { element, show };
}

/** A button that stays pressed. Returns { element, show(value) }. */
export function toggle({ label, value, onChange, name }) {
  const element = button(label, () => {
    show(element.getAttribute("aria-pressed") !== "true");
    onChange(element.getAttribute("aria-pressed") === "true");
  }, { name });
  element.classList.add("ql-toggle");
  const show = (pressed) => element.setAttribute("aria-pressed", pressed ? "true" : "false");
  show(value);
  return { element, show };
}

/** One of several: `options` is [[value, label], ...]. Arrow keys move between them. Returns { element, show(value) }. */
export function choice({ label, options, value, onChange, name }) {
  const group = freshId(name);
  const inputs = new Map();
  const element = html("fieldset", { class: "ql-choice", "data-control": name }, html("legend", { text: label }));
  for (const [option, words] of options) {
    const input = html("input", { type: "radio", name: group, value: option, "data-option": option });
    input.addEventListener("change", () => onChange(option));
    inputs.set(option, input);
    element.append(html("label", { class: "ql-option" }, input, html("span", { text: words })));
  }
  const show = (chosen) => (inputs.get(chosen).checked = true);
  show(value);
  return { element, show };
}
