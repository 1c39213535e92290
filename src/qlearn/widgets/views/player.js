// A play button that counts time in frames. Where the reader wants less motion, one press runs the time at once.

import { button } from "./controls.js";

const LONGEST_FRAME = 0.1; // s: a tab that slept does not jump

/**
 * `onFrame(seconds)` is called each frame with the time since the last one, and returns false at the end;
 * with reduced motion it is called once with Infinity. `onStop()` is called when it has stopped.
 */
export class Player {
  constructor({ t, onFrame, onStop = () => {}, name = "play" }) {
    this.t = t;
    this.onFrame = onFrame;
    this.onStop = onStop;
    this.playing = false;
    this.element = button(t("play"), () => (this.playing ? this.pause() : this.play()), { primary: true, name });
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
  }

  play() {
    if (this.still.matches) {
      this.onFrame(Infinity);
      this.onStop();
      return;
    }
    this.playing = true;
    this.element.textContent = this.t("pause");
    let last = performance.now();
    const frame = (now) => {
      if (!this.playing || !this.element.isConnected) return;
      const seconds = Math.min(LONGEST_FRAME, Math.max(0, now - last) / 1000);
      last = now;
      if (this.onFrame(seconds) === false) this.pause();
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.element.textContent = this.t("play");
    this.onStop();
  }
}
