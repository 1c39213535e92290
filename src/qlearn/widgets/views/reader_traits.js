// Traits that the reader's hand and Python can both set.

/**
 * Holds the reader's values against the kernel's echo: a save of an earlier value comes back from a busy kernel after
 * the hand has moved on, and must not undo the newer one. `onPython()` is called when Python sets another value.
 */
export class ReaderTraits {
  constructor(model, names, onPython) {
    this.model = model;
    this.names = names;
    this.values = new Map(names.map((name) => [name, model.get(name)]));
    this.saved = new Map(names.map((name) => [name, new Set()]));
    this.heard = () => {
      if (names.map((name) => this.isFromPython(name)).some(Boolean)) onPython();
    };
    model.on(this.events(), this.heard);
  }

  get(name) {
    return this.values.get(name);
  }

  set(name, value) {
    this.values.set(name, value);
    this.model.set(name, value);
  }

  /** Send the values to the kernel, and know their echo again. */
  save() {
    for (const name of this.names) this.saved.get(name).add(this.get(name));
    this.model.save_changes();
  }

  destroy() {
    this.model.off(this.events(), this.heard);
  }

  events() {
    return this.names.map((name) => `change:${name}`).join(" ");
  }

  isFromPython(name) {
    const value = this.model.get(name);
    if (value === this.get(name)) return false;
    const isEcho = this.saved.get(name).delete(value);
    if (isEcho) this.model.set(name, this.get(name));
    else this.values.set(name, value);
    return !isEcho;
  }
}
