// Shows what a search has found: pages, with their first words and the sections that match.
// Sphinx's searchtools.js finds; it would fetch each page for its words, which browsers refuse to a page from disk.
(() => {
  "use strict";

  const pages = window.qlearnSearchPages ?? {};
  const MOST_SECTIONS = 3;
  // a particle and what may follow it, such as 에서는, has at most three syllables
  const MOST_SYLLABLES_DROPPED = 3;
  const HANGUL = /^[가-힣]+$/;

  /** Pages that hold a term, with a score. A Korean word with a particle is also tried without its last syllables. */
  function pagesWith(term) {
    const shortest = HANGUL.test(term) ? Math.max(2, term.length - MOST_SYLLABLES_DROPPED) : term.length;
    for (let length = term.length; length >= Math.min(shortest, term.length); length -= 1) {
      const word = term.slice(0, length);
      const found = Search.performTermsSearch(new Set([word]), new Set());
      if (found.length) return { word, scores: new Map(found.map(([page, , , , score]) => [page, score])) };
    }
    return { word: term, scores: new Map() };
  }

  /** Every page that holds all terms, and every page with a title that holds the query, best first. */
  function find(query) {
    const [text, terms, excluded, asTyped, objects] = Search._parseQuery(query);
    // left there, Sphinx would mark the words on the next page, inside of formulas too, which breaks them
    localStorage.removeItem("sphinx_highlight_terms");
    const scores = new Map();
    for (const [page, , , , score] of Search._performSearch(text, new Set(), excluded, asTyped, objects)) {
      scores.set(page, Math.max(score, scores.get(page) ?? 0));
    }
    const perTerm = [...terms].map(pagesWith);
    for (const page of perTerm.length ? perTerm[0].scores.keys() : []) {
      if (!perTerm.every((term) => term.scores.has(page))) continue;
      const sum = perTerm.reduce((total, term) => total + term.scores.get(page), 0);
      scores.set(page, sum + (scores.get(page) ?? 0));
    }
    const words = [...new Set([...asTyped, ...perTerm.map((term) => term.word)])].sort((a, b) => b.length - a.length);
    const results = [...scores].filter(([page]) => page in pages);
    // a page with sections about it comes before one that names it in passing
    const total = ([page, score]) => score + Math.min(MOST_SECTIONS, sectionsWith(page, words).length);
    results.sort((one, two) => total(two) - total(one) || one[0].localeCompare(two[0]));
    return { results: results.map(([page]) => page), words };
  }

  /** Sections of a page whose title, or else whose first words, hold one of the words searched. */
  function sectionsWith(page, words) {
    const holds = (text) => words.some((word) => text.toLowerCase().includes(word));
    const byTitle = pages[page].sections.filter(([, name]) => holds(name));
    return [...byTitle, ...pages[page].sections.filter(([, name, text]) => !holds(name) && holds(text))];
  }

  function markedText(text, words) {
    const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).filter(Boolean);
    if (!escaped.length) return [text];
    // a stem is marked with the rest of its word; a Korean noun without the particle that follows
    return text.split(new RegExp(`((?:${escaped.join("|")})[a-z]*)`, "giu")).map((part, index) => {
      if (index % 2 === 0) return part;
      const mark = document.createElement("mark");
      mark.textContent = part;
      return mark;
    });
  }

  function element(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function link(page, anchor, text, words) {
    const made = element("a", "", ...markedText(text, words));
    const root = document.documentElement.dataset.content_root;
    made.href = root + page + DOCUMENTATION_OPTIONS.LINK_SUFFIX + (anchor ? `#${anchor}` : "");
    return made;
  }

  function entry(page, words) {
    const { title, words: beginning } = pages[page];
    const item = element("li", "", link(page, "", title, words));
    if (beginning) item.append(element("p", "context", ...markedText(beginning, words)));
    const shown = sectionsWith(page, words).slice(0, MOST_SECTIONS);
    if (!shown.length) return item;
    const list = element("ul", "ql-search-sections");
    for (const [anchor, name, text] of shown) {
      const words_of = text ? [element("p", "context", ...markedText(text, words))] : [];
      list.append(element("li", "", link(page, anchor, name, words), ...words_of));
    }
    item.append(list);
    return item;
  }

  Search.query = (query) => {
    const { results, words } = find(query);
    Search.output.replaceChildren(...results.map((page) => entry(page, words)));
    _finishSearch(results.length);
  };
})();
