// Labels in the page's language. A widget's `labels` trait maps a language to its texts; English is always there.

/** Language of the part of the page that holds an element, "en" when it does not say. */
export function languageOf(element) {
  return (element.closest("[lang]")?.lang || document.documentElement.lang || "en").slice(0, 2).toLowerCase();
}

/** A function from a label's name, and values for its {holes}, to the text. */
export function labelsFor(labels, language) {
  const texts = { ...labels.en, ...labels[language] };
  return (name, values = {}) => keepTogether(texts[name].replace(/\{(\w+)\}/g, (hole, key) => values[key] ?? hole));
}

const UNIT_FOLLOWS = /([\d⁰¹²³⁴⁵⁶⁷⁸⁹]) (?=(?:%|×|rad|dB|km|bits?|[TGMkmµn]?(?:Hz|T|s|K))(?![A-Za-z]))/g;

const kept = new Map();
const MOST_KEPT = 2000;

/** The text with spaces that no line ends at between a number and its unit, and inside 3 × 10⁻⁴ or ± 2. */
export function keepTogether(text) {
  let found = kept.get(text);
  if (found === undefined) {
    if (kept.size >= MOST_KEPT) kept.clear();
    found = text.replace(UNIT_FOLLOWS, "$1\u00a0").replace(/ ± (?=\d)/g, "\u00a0±\u00a0").replace(/× (?=\d)/g, "×\u00a0");
    kept.set(text, found); // most of a widget's labels are the same in the next frame
  }
  return found;
}

export function percent(fraction, digits = 1) {
  return Number.isFinite(fraction) ? `${(100 * fraction).toFixed(digits)} %` : "–";
}

export function thousands(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}
