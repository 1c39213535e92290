// Clock of the widget bench, put into a page: from a key press on a slider to the frame after the change is painted.
window.sliderClock = (() => {
  let pressed = null;
  let answer = null;
  // the press as the browser noted it, before any script of the page heard of it
  document.addEventListener("keydown", (event) => (pressed ??= event.timeStamp), true);

  // two frames: in the first the change is painted, the second begins when that one has been handed on
  const painted = () => requestAnimationFrame(() => requestAnimationFrame(() => {
    answer?.(performance.now() - pressed);
    answer = null;
  }));

  const imagesIn = (node) => [...(node.matches?.("img") ? [node] : []), ...(node.querySelectorAll?.("img") ?? [])];
  // the slider shows its own value at once, and words for a screen reader come later: neither is the drawing
  const drawn = ({ target }) => !(target.closest ? target : target.parentElement)?.closest(".ql-slider, .ql-unseen");

  /** Watch a place whose change shows the drawing; with `picture`, only a new image counts, once it is decoded. */
  function watch(place, picture) {
    new MutationObserver(async (changes) => {
      if (pressed === null || answer === null || !changes.some(drawn)) return;
      if (picture) {
        const images = changes.flatMap(({ addedNodes }) => [...addedNodes]).flatMap(imagesIn);
        if (!images.length) return;
        await images.at(-1).decode();
      }
      painted();
    }).observe(place, { childList: true, subtree: true, characterData: true, attributes: true });
  }

  /** Begin a move; `time()` then gives its milliseconds. */
  let result = null;
  function arm() {
    pressed = null;
    result = new Promise((resolve, reject) => {
      answer = resolve;
      setTimeout(() => reject(new Error("nothing was drawn within 20 s of the key")), 20_000);
    });
    result.catch(() => {});
  }

  return { watch, arm, time: () => result };
})();
