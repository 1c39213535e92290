// The bar every widget shares: buttons, sliders with a label and a value in words.

import { html } from "./elements.js";

export function button(label, onPress, { primary = false } = {}) {
  const element = html("button", { type: "button", class: primary ? "ql-button ql-primary" : "ql-button", text: label });
  element.addEventListener("click", onPress);
  return element;
}

/**
 * A labelled slider. `words(value)` is what is shown beside it and read out; `onInput(value)` follows the hand.
 * Returns { element, show(value) }: `show` moves it without calling back.
 */
export function slider({ label, min, max, step, value, words, onInput, name }) {
  const id = `ql-${name}-${Math.random().toString(36).slice(2)}`;
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
  show(value);
  return { element, show };
}
