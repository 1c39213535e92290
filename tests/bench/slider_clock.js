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

  /** Watch a place whose change shows that the drawing is done; `picture` waits until a new image is decoded, too. */
  function watch(place, picture) {
    new MutationObserver(async (changes) => {
      if (pressed === null || answer === null) return;
      if (picture) {
        const images = changes.flatMap(({ addedNodes }) => [...addedNodes]).flatMap((node) => [
          ...(node.matches?.("img") ? [node] : []), ...(node.querySelectorAll?.("img") ?? [])]);
        if (!images.length) return;
        await images.at(-1).decode();
      }
      painted();
    }).observe(place, { childList: true, subtree: true, characterData: true, attributeFilter: ["src"] });
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
