// What a keyboard, a screen reader and paper need and the theme's scripts do not give: focus that stays where it was,
// buttons that say what they are for and how they stand, dark ink.
(() => {
  "use strict";

  const WIDE = window.matchMedia("(min-width: 992px)");
  const KEPT = ".theme-switch-button, .search-button, .primary-toggle, .secondary-toggle";

  /** The theme drops the focus of a pressed button; a key press gets it back, a click is left alone. */
  function keepFocus() {
    document.addEventListener(
      "click",
      (event) => {
        const button = event.target.closest?.(KEPT);
        // a click that a key has made has no count; on a page made inert by a dialog nothing takes the focus
        if (button && event.detail === 0) setTimeout(() => button.focus());
      },
      true,
    );
  }

  /** Say whether a sidebar is open, and give the focus back to its button when it closes. */
  function tellSidebar(which, toggle) {
    const sidebar = document.getElementById(`pst-${which}-sidebar`);
    const dialog = document.getElementById(`pst-${which}-sidebar-modal`);
    if (!toggle || !sidebar || !dialog) return;
    const tell = () => {
      const beside = which === "primary" && WIDE.matches && !sidebar.classList.contains("pst-sidebar-hidden");
      toggle.setAttribute("aria-expanded", String(dialog.open || beside));
    };
    toggle.setAttribute("aria-controls", sidebar.id);
    dialog.setAttribute("aria-label", toggle.getAttribute("aria-label") ?? toggle.title);
    dialog.addEventListener("close", () => {
      tell();
      toggle.focus();
    });
    new MutationObserver(tell).observe(sidebar, { attributeFilter: ["class"] });
    WIDE.addEventListener("change", tell);
    tell();
  }

  /** Name the colour button with its mode. */
  function tellMode(button) {
    const root = document.documentElement;
    const tell = () => {
      const mode = button.dataset[root.dataset.mode];
      button.setAttribute("aria-label", mode ? `${button.dataset.name}: ${mode}` : button.dataset.name);
    };
    new MutationObserver(tell).observe(root, { attributeFilter: ["data-mode"] });
    tell();
  }

  /** Name the button of a folded box after the box: all of them are called the same otherwise. */
  function nameFold(button) {
    const title = button.parentElement.textContent.trim();
    const tell = () => button.setAttribute("aria-label", `${button.dataset.toggleHint}: ${title}`);
    new MutationObserver(tell).observe(button, { attributeFilter: ["data-toggle-hint"] });
    tell();
  }

  /** A table that may scroll sideways can be reached by keyboard; say which table it is. */
  function nameTable(frame) {
    const name = frame.querySelector("caption") ?? frame.closest("section")?.querySelector("h1, h2, h3, h4, h5, h6");
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", name?.textContent.replace("#", "").trim() || document.title);
  }

  /** Paper is white: a page read in the dark would print in pale grey. */
  function printLight() {
    const root = document.documentElement;
    let theme = root.dataset.theme;
    window.addEventListener("beforeprint", () => {
      theme = root.dataset.theme;
      root.dataset.theme = "light";
    });
    window.addEventListener("afterprint", () => {
      root.dataset.theme = theme;
    });
  }

  function start() {
    printLight();
    keepFocus();
    for (const which of ["primary", "secondary"]) tellSidebar(which, document.querySelector(`.${which}-toggle`));
    document.querySelectorAll(".theme-switch-button").forEach(tellMode);
    document.querySelectorAll("button.toggle-button").forEach(nameFold);
    document.querySelectorAll(".pst-scrollable-table-container").forEach(nameTable);
  }

  // after the scripts of the theme, which wait for the same event
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start);
})();
