// Clock of the widget bench, put into a page: from a key press on a slider to the frame in which the change is painted.
window.sliderClock = (() => {
  let pressed = null;
  let answer = null;
  let drawn = false;
  // the press as the browser noted it, before any script of the page heard of it
  document.addEventListener("keydown", (event) => (pressed ??= event.timeStamp), true);

  /**
   * The next frame, to the end of its painting: a message sent from the frame's callback is read right after that.
   * The time between `ready` and the frame's begin is the wait for the screen's next tick, and no work.
   */
  function paint(ready, isDrawn) {
    requestAnimationFrame((begin) => {
      if (!isDrawn()) return paint(ready, isDrawn);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const whole = performance.now() - pressed;
        answer?.({ whole, work: whole - Math.max(0, begin - ready) });
        answer = null;
      };
      port2.postMessage(null);
    });
  }

  // the slider shows its own value at once, and words for a screen reader come later: neither is the drawing
  const isDrawing = ({ target }) => !(target.closest ? target : target.parentElement)?.closest(".ql-slider, .ql-unseen");

  /** A widget draws in the first frame after the slider's event; this one's callback comes after the widget's. */
  function watchWidget(root) {
    new MutationObserver((changes) => {
      drawn ||= pressed !== null && changes.some(isDrawing);
    }).observe(root, { childList: true, subtree: true, characterData: true, attributes: true });
    document.addEventListener("input", () => pressed !== null && paint(performance.now(), () => drawn));
  }

  const imagesIn = (node) => [...(node.matches?.("img") ? [node] : []), ...(node.querySelectorAll?.("img") ?? [])];

  /** A picture from the kernel can be painted once it is decoded. */
  function watchPicture(place) {
    new MutationObserver(async (changes) => {
      const images = changes.flatMap(({ addedNodes }) => [...addedNodes]).flatMap(imagesIn);
      if (pressed === null || answer === null || !images.length) return;
      await images.at(-1).decode();
      paint(performance.now(), () => true);
    }).observe(place, { childList: true, subtree: true });
  }

  /** Begin a move; `time()` then gives its milliseconds, whole and without the wait for the screen. */
  let result = null;
  function arm() {
    pressed = null;
    drawn = false;
    result = new Promise((resolve, reject) => {
      answer = resolve;
      setTimeout(() => reject(new Error("nothing was drawn within 20 s of the key")), 20_000);
    });
    result.catch(() => {});
  }

  return { watchWidget, watchPicture, arm, time: () => result };
})();
