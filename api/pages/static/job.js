// A job's page is made anew as it goes. Where what has the focus goes away with that, the next
// thing to do gets it: from «stop» to the roster that is finished.
(() => {
  const part = document.getElementById("fremdrift");
  if (!part) return;
  let held = part.contains(document.activeElement);
  part.addEventListener("focusin", () => {
    held = true;
  });
  part.addEventListener("focusout", (event) => {
    if (event.relatedTarget) held = false;
  });
  new MutationObserver(() => {
    if (!held || document.activeElement !== document.body) return;
    const next = part.querySelector(".ds-button");
    if (next) next.focus();
  }).observe(part, { childList: true, subtree: true });
})();
