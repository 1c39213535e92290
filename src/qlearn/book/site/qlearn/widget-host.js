// Runs the anywidgets of a page from the state that the build left in it. No kernel, no network.
// Each widget's module gets the interface of anywidget: render({model, el}) with get, set, on, off, save_changes.
(() => {
  "use strict";

  const STATE = 'script[type="application/vnd.jupyter.widget-state+json"]';
  const SORRY = {
    en: "This interactive figure could not start in this browser. The picture shows one state of it.",
    ko: "이 브라우저에서는 상호작용 그림을 시작할 수 없습니다. 그림은 그 한 상태를 보여 줍니다.",
  };

  /** The state of one widget. Changes are heard by the page's own views; there is no kernel to tell. */
  class PageModel {
    constructor(values, models) {
      this.values = values;
      this.listeners = new Map();
      this.widget_manager = { get_model: async (id) => models.get(id.replace("IPY_MODEL_", "")) };
    }

    get(name) {
      return this.values[name];
    }

    set(name, value) {
      const changes = typeof name === "object" ? name : { [name]: value };
      const changed = Object.keys(changes).filter((key) => this.values[key] !== changes[key]);
      Object.assign(this.values, changes);
      for (const key of changed) this.emit(`change:${key}`, this, changes[key]);
      if (changed.length) this.emit("change", this);
    }

    on(names, callback) {
      for (const name of names.split(/\s+/)) {
        this.listeners.set(name, [...(this.listeners.get(name) ?? []), callback]);
      }
    }

    off(names, callback) {
      for (const name of names ? names.split(/\s+/) : [...this.listeners.keys()]) {
        const kept = callback ? (this.listeners.get(name) ?? []).filter((one) => one !== callback) : [];
        this.listeners.set(name, kept);
      }
    }

    emit(name, ...values) {
      for (const callback of this.listeners.get(name) ?? []) callback(...values);
    }

    save_changes() {}

    // a message to the kernel: nobody answers, and a widget must not wait for an answer
    send() {}
  }

  function bytesOf(base64) {
    const text = atob(base64);
    return Uint8Array.from(text, (character) => character.charCodeAt(0));
  }

  /** Put binary traits back where ipywidgets took them out; a widget sees a DataView, as in JupyterLab. */
  function withBuffers(values, buffers) {
    for (const { path, data } of buffers ?? []) {
      const holder = path.slice(0, -1).reduce((part, key) => part[key], values);
      holder[path.at(-1)] = new DataView(bytesOf(data).buffer);
    }
    return values;
  }

  function readModels() {
    const models = new Map();
    for (const script of document.querySelectorAll(STATE)) {
      for (const [id, entry] of Object.entries(JSON.parse(script.textContent).state)) {
        models.set(id, new PageModel(withBuffers(entry.state, entry.buffers), models));
      }
    }
    return models;
  }

  const modules = new Map();

  /** Import a widget's source as a module. A blob has an address on http and from disk alike. */
  function importSource(source) {
    if (!modules.has(source)) {
      const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
      modules.set(source, import(address).then(async (module) => {
        const widget = module.default;
        return typeof widget === "function" ? widget() : widget ?? { render: module.render };
      }));
    }
    return modules.get(source);
  }

  function addStyle(name, rules) {
    const id = `qlearn-style-${name}`;
    if (!rules || document.getElementById(id)) return;
    const style = document.createElement("style");
    style.id = id;
    style.textContent = rules;
    document.head.append(style);
  }

  const initialised = new WeakMap();

  async function start(place, models) {
    const model = models.get(place.dataset.modelId);
    if (!model) throw new Error("the page holds no state for this widget");
    const widget = await importSource(model.get("_esm"));
    if (!initialised.has(model)) {
      initialised.set(model, widget.initialize?.({ model, experimental: {} }));
    }
    await initialised.get(model);
    addStyle(model.get("_anywidget_id"), model.get("_css"));
    const el = document.createElement("div");
    el.className = "qlearn-widget-live";
    place.append(el);
    await widget.render({ model, el, signal: new AbortController().signal, experimental: {} });
    place.classList.add("qlearn-widget-started");
  }

  function apologise(place, error) {
    place.querySelector(".qlearn-widget-live")?.remove();
    place.classList.add("qlearn-widget-failed");
    const sentence = document.createElement("p");
    sentence.textContent = SORRY[document.documentElement.lang.slice(0, 2)] ?? SORRY.en;
    place.append(sentence);
    console.warn("qlearn: a widget did not start:", error);
  }

  let models = new Map();
  try {
    models = readModels();
  } catch (error) {
    console.warn("qlearn: the state of the page's widgets cannot be read:", error);
  }
  for (const place of document.querySelectorAll(".qlearn-widget")) {
    start(place, models).catch((error) => apologise(place, error));
  }
})();
