// Runs the anywidgets of a page from the state that the build left in it. No kernel, no network.
// Each widget's module gets the interface of anywidget: render({model, el}) with get, set, on, off, save_changes.
(() => {
  "use strict";

  const STATE = 'script[type="application/vnd.jupyter.widget-state+json"]';
  const SORRY = {
    en: "This interactive figure could not start in this browser. The picture shows one state of it.",
    ko: "이 브라우저에서는 상호작용 그림을 시작할 수 없습니다. 그림은 그 한 상태를 보여 줍니다.",
  };

  const STOPPED = {
    en: "This interactive figure has stopped because of an error. Load the page again to play on; the picture shows one state of it.",
    ko: "오류가 나서 상호작용 그림이 멈췄습니다. 페이지를 다시 불러오면 계속할 수 있습니다. 그림은 그 한 상태를 보여 줍니다.",
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

  // where this script lies, so lie the widgets' modules
  const MODULES = new URL("modules/", document.currentScript.src);
  const imported = new Map();

  /**
   * Addresses of a place's module, best first. Over http a file, which a policy of `script-src 'self'` allows too;
   * from disk, where browsers import no file, a blob of the source in the page. Each place has its own address, so
   * that an error tells by its script's address which widget it came from.
   */
  function* moduleAddresses(place, source) {
    const name = place.dataset.module;
    const count = (imported.get(name) ?? 0) + 1;
    imported.set(name, count);
    const file = name && new URL(count > 1 ? `${name}?${count}` : name, MODULES).href;
    const disk = location.protocol === "file:";
    if (file && !disk) yield file;
    yield URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    if (file && disk) yield file;
  }

  async function importWidget(place, source) {
    const failures = [];
    for (const address of moduleAddresses(place, source)) {
      try {
        const module = await import(address);
        placeOfModule.set(address, place);
        const widget = module.default;
        return typeof widget === "function" ? await widget() : widget ?? { render: module.render };
      } catch (error) {
        failures.push(error);
      }
    }
    throw failures[0];
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
  const runs = new WeakMap();
  const placeOfModule = new Map();

  async function start(place, models) {
    const model = models.get(place.dataset.modelId);
    if (!model) throw new Error("the page holds no state for this widget");
    const running = { ended: new AbortController(), stop: null };
    runs.set(place, running);
    const widget = await importWidget(place, model.get("_esm"));
    if (!initialised.has(model)) {
      initialised.set(model, widget.initialize?.({ model, experimental: {} }));
    }
    await initialised.get(model);
    addStyle(model.get("_anywidget_id"), model.get("_css"));
    const el = document.createElement("div");
    el.className = "qlearn-widget-live";
    place.append(el);
    running.stop = await widget.render({ model, el, signal: running.ended.signal, experimental: {} });
    if (running.ended.signal.aborted) stopQuietly(running);
    else place.classList.add("qlearn-widget-started");
  }

  function stopQuietly(running) {
    running.ended.abort();
    try {
      running.stop?.();
    } catch (error) {
      console.warn("qlearn: a widget that failed did not end cleanly:", error);
    }
    running.stop = null;
  }

  /** Take a widget that failed off the page; its picture comes back, with a sentence, and the page goes on. */
  function apologise(place, error) {
    if (place.classList.contains("qlearn-widget-failed")) return;
    const words = place.classList.contains("qlearn-widget-started") ? STOPPED : SORRY;
    if (runs.has(place)) stopQuietly(runs.get(place));
    place.querySelector(".qlearn-widget-live")?.remove();
    place.classList.remove("qlearn-widget-started");
    place.classList.add("qlearn-widget-failed");
    const sentence = document.createElement("p");
    sentence.setAttribute("role", "status");
    sentence.textContent = words[document.documentElement.lang.slice(0, 2)] ?? words.en;
    place.append(sentence);
    console.warn("qlearn: a widget failed:", error);
  }

  /** The place whose module an error came from: the one whose address its message or its stack names. */
  function placeOf(address, error) {
    const stack = String(error?.stack ?? "");
    const all = [...placeOfModule.keys()].filter((known) => address === known || stack.includes(`${known}:`));
    return placeOfModule.get(all[0]);
  }

  function hear(address, error) {
    const place = placeOf(address, error);
    if (place) apologise(place, error);
  }

  // an error in a widget's event handler, frame or promise reaches nobody but the window
  window.addEventListener("error", (event) => hear(event.filename, event.error));
  window.addEventListener("unhandledrejection", (event) => hear("", event.reason));

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
