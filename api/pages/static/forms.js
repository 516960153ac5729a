// What a form did is read out, and a form is sent once.
(() => {
  const SOON = 500; // screen readers first settle on a page
  const told = document.querySelector("#meldinger .ds-alert .ds-paragraph");
  // A text that stood there from the start is not read; one that changes is, as a whole.
  if (told) setTimeout(() => told.append("\u00a0"), SOON);
})();

// A form is sent once, however often its button is pressed, and the button shows that it was.
// Without this a double click would make two of everything.
(() => {
  const LONG = 10_000; // somebody who stopped the page from loading may try again
  const sent = new Set();

  const free = (form) => {
    sent.delete(form);
    for (const own of form.querySelectorAll("[aria-busy]")) own.removeAttribute("aria-busy");
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    // What htmx sends has been stopped here already: that page stays.
    if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    sent.add(form);
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
    setTimeout(free, LONG, form);
  });
  addEventListener("pageshow", () => {
    for (const form of [...sent]) free(form); // the way back brings the page as it was left
  });
})();
