// A duty is lifted: dragged with a mouse or a pen, or by M and the arrow keys, or by the button in
// its panel and a tap. The verdicts come at once for all doctors and all duties that are shown; what
// is dropped is sent as a form, judged anew by the server, and asked about if it breaks a rule.
(() => {
  const desk = window.rettvaktDesk;
  const bar = document.getElementById("loeftet");
  if (!desk || !desk.grid || !desk.grid.dataset.roster || !bar) return;
  const { grid, cell, dutyOf, doctorOf } = desk;
  const days = Number(grid.dataset.days);
  const FAR = 6; // pixels before a press becomes a drag
  const EDGE = 40; // pixels from the edge of the grid where it scrolls along
  const STILL = 2000; // milliseconds of holding still before the model of the plan is asked for
  const part = (name) => bar.querySelector(`[data-${name}]`);
  let lifted = null; // { link, duty, doctor, told, target, aimed, stop }
  let pressed = null; // { link, x, y, pointer }
  let dragged = false;

  const isDay = (own) => own && own.cellIndex >= own.parentElement.cells.length - days;
  const rowsOf = () => [...grid.querySelectorAll("tbody tr")];
  const say = (title, word = "", cost = "", rules = []) => {
    part("title").textContent = title;
    part("word").textContent = word;
    part("cost").textContent = cost;
    part("rules").replaceChildren(
      ...rules.map((text) => {
        const made = document.createElement("li");
        made.textContent = text;
        return made;
      }),
    );
  };
  const clean = (name) => {
    for (const own of grid.querySelectorAll(`[data-${name}]`)) own.removeAttribute(`data-${name}`);
  };

  // What would be done at a cell: null where nothing can be.
  const wishAt = (own) => {
    const row = own && own.closest("tbody tr[data-lege]");
    if (!row) return null;
    const doctor = row.dataset.lege;
    if (doctor === lifted.doctor) return null;
    const links = isDay(own) ? [...own.querySelectorAll("a")] : [];
    if (links.some((link) => dutyOf(link) === lifted.duty)) return null;
    if (!links.length || !lifted.doctor) return { doctor, back: "" };
    return { doctor, back: dutyOf(links[0]) };
  };
  const verdictOf = (wish) => {
    if (!wish || !lifted.told) return null;
    const { give, swap } = lifted.told;
    return (wish.back ? swap[`${wish.doctor} ${wish.back}`] : give[wish.doctor]) || null;
  };
  const tell = () => {
    const wish = lifted.target && wishAt(lifted.target);
    part("do").disabled = !wish;
    bar.dataset.kind = "";
    if (!wish) {
      say(lifted.told ? lifted.told.said : bar.dataset.judging);
      return;
    }
    const verdict = verdictOf(wish);
    if (!verdict) {
      const name = lifted.target.closest("tr").querySelector("th").textContent;
      say(`${name}: ${lifted.told ? bar.dataset.later : bar.dataset.judging}`);
      return;
    }
    bar.dataset.kind = verdict.kind;
    const whole = verdict.whole ?? bar.dataset[lifted.told.final ? "unpriced" : "pricing"];
    say(verdict.title, `${verdict.word}.`, `${verdict.cost} ${whole}`.trim(), verdict.rules);
    lifted.target.dataset.target = verdict.kind;
  };
  const aim = (own) => {
    if (lifted.target === own) return;
    clean("target");
    lifted.target = own;
    lifted.aimed = performance.now();
    if (own && wishAt(own)) own.dataset.target = "unknown";
    tell();
  };
  const mark = () => {
    for (const row of rowsOf()) {
      const verdict = lifted.told.give[row.dataset.lege];
      if (verdict) row.querySelector("th").dataset.verdict = verdict.kind;
    }
  };
  // Resolves when the duty has been held over the same cell for a while, or is put down.
  const heldStill = async (own) => {
    for (;;) {
      const left = own.aimed + STILL - performance.now();
      if (lifted !== own || left <= 0) return;
      await new Promise((done) => window.setTimeout(done, left));
    }
  };
  const lift = async (link, doctor) => {
    if (lifted) drop();
    const own = { link, duty: dutyOf(link), doctor, told: null, target: null };
    own.aimed = performance.now();
    own.stop = new AbortController();
    lifted = own;
    cell(link).dataset.lifted = "";
    grid.dataset.lifting = "";
    bar.hidden = false;
    tell();
    const ask = async (path, query) => {
      const address = `${grid.dataset.roster}/${path}/${own.duty}?${new URLSearchParams(query)}`;
      try {
        const answer = await fetch(address, { signal: own.stop.signal });
        if (answer.ok) return await answer.json();
        return answer.status === 412 ? { said: bar.dataset.stale } : {};
      } catch {
        return {}; // no answer, or half of one: `nothing` says that it failed
      }
    };
    const revision = bar.elements.revision.value;
    const nothing = { said: bar.dataset.failed, give: {}, swap: {} };
    const giving = { revision, fra_lege: doctor };
    const give = await ask("flytting", giving);
    if (lifted !== own) return;
    own.told = { ...nothing, ...give };
    mark();
    tell();
    const { first, last } = grid.dataset;
    const learn = async (path, query) => {
      const more = await ask(path, query);
      if (lifted !== own) return;
      own.told = { ...own.told, ...more };
      tell();
    };
    const swaps = async () => {
      if (doctor) await learn("bytte", { ...giving, fra: first, til: last });
    };
    await swaps();
    if (give.whole === false) {
      // The model of the plan was not at hand. It may take seconds to build: all else comes first.
      await heldStill(own);
      if (lifted === own) await learn("flytting", { ...giving, helhet: "true" });
      if (lifted === own && own.told.whole) await swaps();
    }
    if (lifted !== own) return;
    own.told = { ...own.told, final: true }; // what is not known by now will not be
    tell();
  };
  const drop = () => {
    const { link, target, stop } = lifted;
    stop.abort();
    if (target) target.removeAttribute("tabindex");
    lifted = null;
    for (const name of ["target", "verdict", "lifted"]) clean(name);
    delete grid.dataset.lifting;
    bar.hidden = true;
    bar.removeAttribute("style");
    bar.classList.remove("dragging");
    desk.go(link);
  };
  const send = () => {
    const wish = lifted.target && wishAt(lifted.target);
    if (!wish) return false;
    bar.elements.duty.value = lifted.duty;
    bar.elements.fra_lege.value = lifted.doctor;
    bar.elements.til.value = wish.doctor;
    bar.elements.bytte.value = wish.back;
    return true;
  };

  // By keys: the arrows go over all cells while a duty is lifted.
  const step = (down, right) => {
    const from = lifted.target || cell(lifted.link);
    const rows = rowsOf();
    const row = from.closest("tr");
    const at = rows.indexOf(row) < 0 ? rows.length : rows.indexOf(row);
    const next = rows[Math.min(Math.max(at + down, 0), rows.length - 1)];
    const column = Math.max(from.cellIndex - row.cells.length + right, -days);
    const own = next.cells[next.cells.length + Math.min(column, -1)];
    for (const old of grid.querySelectorAll("td[tabindex]")) old.removeAttribute("tabindex");
    own.tabIndex = -1;
    own.focus({ preventScroll: true });
    own.scrollIntoView({ block: "nearest", inline: "nearest" });
    aim(own);
  };
  const steps = {
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
    ArrowRight: [0, 1],
    ArrowLeft: [0, -1],
  };
  grid.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const link = event.target.closest("td a");
      if (!lifted) {
        if (event.key.toLowerCase() !== "m" || !link) return;
        event.preventDefault();
        if (!desk.panel.hidden) desk.close();
        lift(link, doctorOf(link));
        return;
      }
      event.stopPropagation(); // the letters of grid.js rest until the duty is put down
      if (!steps[event.key] && event.key !== "Enter") return;
      event.preventDefault();
      if (steps[event.key]) step(...steps[event.key]);
      else if (send()) bar.requestSubmit();
    },
    true,
  );
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !lifted) return;
      event.preventDefault();
      drop();
    },
    true,
  );

  // By mouse or pen. A finger scrolls; it lifts by the button in the panel.
  const follow = (x, y) => {
    bar.classList.add("dragging");
    bar.style.left = `${Math.min(x + 16, window.innerWidth - bar.offsetWidth - 8)}px`;
    const below = y + 20 + bar.offsetHeight < window.innerHeight;
    bar.style.top = `${below ? y + 20 : y - 12 - bar.offsetHeight}px`;
  };
  const scrollAlong = (x, y) => {
    const box = grid.getBoundingClientRect();
    const by = (at, low, high) => (at < low + EDGE ? -16 : at > high - EDGE ? 16 : 0);
    grid.scrollBy(by(x, box.left, box.right), by(y, box.top, box.bottom));
  };
  grid.addEventListener("dragstart", (event) => event.preventDefault());
  grid.addEventListener("pointerdown", (event) => {
    dragged = false;
    const link = event.target.closest("td a");
    if (!link || lifted || event.button !== 0 || event.pointerType === "touch") return;
    pressed = { link, x: event.clientX, y: event.clientY, pointer: event.pointerId };
  });
  document.addEventListener("pointermove", (event) => {
    if (!pressed || event.pointerId !== pressed.pointer) return;
    const { link, x, y } = pressed;
    if (!dragged) {
      if (Math.hypot(event.clientX - x, event.clientY - y) < FAR) return;
      dragged = true;
      grid.setPointerCapture(pressed.pointer);
      lift(link, doctorOf(link));
    }
    if (!lifted) return;
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const own = under && under.closest(".rv-grid tbody td, .rv-grid tbody th");
    aim(own);
    follow(event.clientX, event.clientY);
    scrollAlong(event.clientX, event.clientY);
  });
  const release = (event) => {
    if (!pressed || event.pointerId !== pressed.pointer) return;
    pressed = null;
    window.setTimeout(() => {
      dragged = false; // after the click that follows, which is none
    });
    if (!dragged || !lifted) return;
    if (event.type === "pointerup" && send()) bar.requestSubmit();
    else drop();
  };
  document.addEventListener("pointerup", release);
  document.addEventListener("pointercancel", release);

  // By the button in the panel, and then a click or a tap.
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("[data-lift]");
      if (button) {
        const links = [...grid.querySelectorAll("td a")];
        const giver = button.dataset.giver;
        const own = links.find(
          (link) => dutyOf(link) === button.dataset.lift && doctorOf(link) === giver,
        );
        if (!own) return;
        desk.close();
        lift(own, giver);
        own.focus();
        return;
      }
      if (event.target.closest("[data-stop]") && lifted) drop();
      const own = event.target.closest(".rv-grid tbody td, .rv-grid tbody th, .rv-grid tfoot td");
      if (own && (lifted || dragged)) {
        event.preventDefault();
        event.stopPropagation();
        if (lifted && !dragged) aim(own);
      }
    },
    true,
  );
  bar.addEventListener("submit", (event) => {
    if (!lifted || !send()) event.preventDefault();
  });
})();
