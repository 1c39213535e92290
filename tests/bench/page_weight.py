"""What a page of the built book costs a reader: bytes over the network, seconds until a widget can be used."""

from __future__ import annotations

import statistics

from playwright.sync_api import Browser

LOADS = 5
# a widget can be used when it is drawn and the frame that shows it has been handed on
WAIT = """
window.firstUse = new Promise((resolve) => {
  const look = () => {
    const words = document.querySelector(".qlearn-widget-started .ql-summary");
    if (words?.textContent) requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
    return Boolean(words?.textContent);
  };
  const watch = new MutationObserver(() => look() && watch.disconnect());
  watch.observe(document, { childList: true, subtree: true, attributes: true });
});
"""


def page_kilobytes(browser: Browser, address: str) -> float:
    """Kilobytes (1000 bytes) of a first visit, scrolled to its end, as they come over the network, headers included."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address)
    page.keyboard.press("End")
    page.wait_for_load_state("networkidle")
    context.close()
    return sum(sizes) / 1000


def first_use_seconds(browser: Browser, address: str) -> float:
    """Median of some first visits, from the start of the navigation."""
    seconds = []
    for _ in range(LOADS):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.add_init_script(WAIT)
        page.goto(address)
        seconds.append(page.evaluate("firstUse") / 1000)
        context.close()
    return statistics.median(seconds)
