// The links at a page's head that only the running site can tell: this page in JupyterLab, and in another language.
(() => {
  "use strict";

  const root = new URL(document.documentElement.dataset.content_root || "./", document.baseURI);

  function cookie(name) {
    const found = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  /** From disk a browser shows the notebook's text; the same text comes as a script, to be saved under its name. */
  function saveFromDisk(event) {
    event.preventDefault();
    const address = event.currentTarget.href;
    const script = document.createElement("script");
    script.src = `${address}.js`;
    script.onerror = () => location.assign(address);
    script.onload = () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([window.qlearnNotebook], { type: "application/x-ipynb+json" }));
      link.download = decodeURIComponent(address.slice(address.lastIndexOf("/") + 1));
      link.click();
      script.remove();
    };
    document.head.append(script);
  }

  /** A lab's server puts its address in `qlearnLab`; a plain site and a copy on a disk have none, and no button. */
  function offerLab(form, lab) {
    const notebook = new URL(form.dataset.notebook, root).pathname;
    if (!notebook.startsWith(lab.book)) return;
    form.action = lab.open + notebook.slice(lab.book.length);
    // a page of another server cannot read this cookie, so it cannot press the button
    form.addEventListener("submit", () => (form.elements._xsrf.value = cookie("_xsrf")));
    form.hidden = false;
  }

  /** Link the same page of each edition that is built beside this one; where it has no such page, its first. */
  function offerEditions(nav, { here, editions }) {
    const page = location.href.split(/[?#]/)[0].slice(root.href.length) || "index.html";
    const base = new URL(editions[here].back, root);
    for (const [language, edition] of Object.entries(editions)) {
      if (language === here) continue;
      const link = document.createElement("a");
      const there = edition.pages.includes(page.replace(/\.html$/, "")) ? page : "index.html";
      link.href = new URL(edition.folder + there, base).href + (there === page ? location.hash : "");
      link.lang = link.hreflang = language;
      link.className = "ql-page-link";
      link.textContent = edition.name;
      nav.append(link);
    }
    nav.hidden = !nav.childElementCount;
  }

  const download = document.querySelector("a.ql-page-link[download]");
  if (download && location.protocol === "file:") download.addEventListener("click", saveFromDisk);
  const form = document.querySelector(".ql-open-lab");
  if (form && window.qlearnLab && location.protocol !== "file:") offerLab(form, window.qlearnLab);
  const nav = document.querySelector(".ql-editions");
  if (nav && window.qlearnEditions) offerEditions(nav, window.qlearnEditions);
})();
