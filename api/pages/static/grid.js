// The roster desk: keys move from duty to duty, a duty opens beside the grid, and after a change
// one stands where one stood. Without this every letter is a link to a page of its own.
(() => {
  const grid = document.querySelector(".rv-grid");
  const panel = document.getElementById("vakt");
  const keys = document.getElementById("taster");
  const links = grid ? [...grid.querySelectorAll("td a")] : [];
  const PLACE = "rettvakt-plass"; // where one stood, from one page to the next
  let opened = null;

  const cell = (link) => link.closest("td");
  const dutyOf = (link) => decodeURIComponent(link.pathname.split("/vakter/")[1]);
  const doctorOf = (link) => link.closest("tr").dataset.lege || "";
  const stop = (link) => {
    for (const own of links) own.tabIndex = own === link ? 0 : -1;
  };
  const go = (link) => {
    if (!link) return;
    stop(link);
    link.focus({ preventScroll: true });
    link.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  // For who cannot see the head of the column: «Hjemmevakt 15:30–08:00, mandag 1. mars, Kari».
  const meaning = new Map();
  for (const own of document.querySelectorAll(".rv-legend .rv-letter")) {
    meaning.set(own.textContent.trim(), own.nextSibling.textContent.trim());
  }
  const describe = (link) => {
    if (link.hasAttribute("aria-description")) return;
    const own = link.closest("tr").cells;
    const days = grid.querySelectorAll("thead tr:last-child > th");
    const day = days[days.length - own.length + cell(link).cellIndex].querySelector("abbr");
    const said = [meaning.get(link.firstChild.data), day.title, own[0].textContent];
    link.setAttribute("aria-description", said.filter(Boolean).join(", "));
  };
  const nearest = (row, column) => {
    let best = null;
    for (const own of row.querySelectorAll("td a")) {
      const away = Math.abs(cell(own).cellIndex - column);
      if (!best || away < best.away) best = { own, away };
    }
    return best && best.own;
  };
  const beside = (link, step) => {
    const rows = [...grid.querySelectorAll("tbody tr, tfoot tr")];
    const column = cell(link).cellIndex;
    // The row of holes has one cell over several columns in front; days count from the end.
    const own = link.closest("tr");
    const fromEnd = own.cells.length - column;
    for (let n = rows.indexOf(own) + step; n >= 0 && n < rows.length; n += step) {
      const found = nearest(rows[n], rows[n].cells.length - fromEnd);
      if (found) return found;
    }
    return null;
  };
  const hole = (link, step) => {
    const holes = links.filter((own) => own.closest("tfoot"));
    const at = holes.indexOf(link);
    if (at >= 0) return holes[(at + step + holes.length) % holes.length];
    return step > 0 ? holes[0] : holes[holes.length - 1];
  };
  const click = (selector) => {
    const found = document.querySelector(selector);
    if (found) found.click();
  };
  const moves = {
    ArrowRight: (link, row) => row[row.indexOf(link) + 1],
    ArrowLeft: (link, row) => row[row.indexOf(link) - 1],
    Home: (link, row) => row[0],
    End: (link, row) => row[row.length - 1],
    ArrowDown: (link) => beside(link, 1),
    ArrowUp: (link) => beside(link, -1),
    h: (link) => hole(link, 1),
    H: (link) => hole(link, -1),
    PageUp: () => keep({}) || click("[data-earlier]"),
    PageDown: () => keep({}) || click("[data-later]"),
    "?": () => keys && keys.showModal(),
  };

  // Where one stands, kept until the page that comes next has been shown.
  const keep = (place) => {
    const scrolled = grid ? { left: grid.scrollLeft, top: grid.scrollTop } : {};
    const kept = { path: window.location.pathname, y: window.scrollY, ...scrolled, ...place };
    window.sessionStorage.setItem(PLACE, JSON.stringify(kept));
  };
  const comeBack = () => {
    const kept = JSON.parse(window.sessionStorage.getItem(PLACE) || "null");
    if (!grid || !kept || kept.path !== window.location.pathname) return;
    window.sessionStorage.removeItem(PLACE);
    if (!links.length) return;
    window.scrollTo(0, kept.y);
    if (kept.duty) grid.scrollTo(kept.left, kept.top);
    const same = links.filter((own) => dutyOf(own) === kept.duty);
    go(same.find((own) => doctorOf(own) === kept.doctor) || same[0] || links[0]);
  };

  if (links.length) {
    stop(links[0]);
    grid.addEventListener("keydown", (event) => {
      const link = event.target.closest("td a");
      const move = moves[event.key];
      if (!link || !move || event.defaultPrevented) return;
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      go(move(link, [...link.closest("tr").querySelectorAll("td a")]));
    });
    grid.addEventListener("focusin", (event) => {
      const link = event.target.closest("td a");
      if (!link) return;
      describe(link);
      stop(link);
    });
    const button = document.querySelector("[data-keys]");
    if (button && keys) {
      button.hidden = false;
      button.addEventListener("click", () => keys.showModal());
    }
  }

  const choose = (link) => {
    opened = link;
    for (const own of document.querySelectorAll("td.chosen")) own.classList.remove("chosen");
    if (link) cell(link).classList.add("chosen");
  };
  const close = () => {
    panel.hidden = true;
    panel.replaceChildren();
    const link = opened;
    choose(null);
    if (link) go(link);
  };
  // Everything of the panel that only works with scripts.
  const ready = () => {
    for (const own of panel.querySelectorAll("[data-lift]")) {
      const { lift, giver } = own.dataset;
      const shown = links.some((link) => dutyOf(link) === lift && doctorOf(link) === giver);
      own.closest(".rv-lift").hidden = !shown;
    }
    const head = panel.querySelector("h2");
    if (!head) return;
    head.tabIndex = -1;
    head.focus();
  };
  // A duty of the grid is opened for the doctor in whose row it stands.
  const addressOf = (link) => {
    const query = new URLSearchParams(window.location.search);
    if (doctorOf(link)) query.set("fra_lege", doctorOf(link));
    return `${link.getAttribute("href")}?${query}`;
  };
  const show = async (address) => {
    panel.hidden = false;
    panel.setAttribute("aria-busy", "true");
    await window.htmx.ajax("GET", address, { target: "#vakt", swap: "innerHTML" });
    panel.removeAttribute("aria-busy");
    ready();
  };

  window.rettvaktDesk = { grid, panel, cell, dutyOf, doctorOf, go, keep, close };

  document.addEventListener("submit", (event) => {
    const sent = new FormData(event.target);
    if (!/\/(endre|tilbake)$/.test(event.target.action)) return;
    const standing = document.activeElement && document.activeElement.closest(".rv-grid td a");
    const duty = sent.get("duty") || (standing ? dutyOf(standing) : "");
    // On the page that asks whether one is sure, the place of the grid stands already.
    if (grid) keep({ duty, doctor: sent.get("til") || (standing ? doctorOf(standing) : "") });
  });
  document.addEventListener("keydown", (event) => {
    const ctrl = (event.ctrlKey || event.metaKey) && !event.altKey;
    if (!ctrl || event.target.closest("input, textarea, select")) return;
    const key = event.key.toLowerCase();
    const does = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : "";
    const form = does && document.querySelector(`form[data-does="${does}"]`);
    if (!form) return;
    event.preventDefault();
    form.requestSubmit();
  });
  comeBack();
  if (!panel || !window.htmx) return;

  document.addEventListener("click", (event) => {
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const link = event.target.closest(".rv-grid td a, .rv-days td a, #vakt a[data-beside]");
    if (link && plain && !event.defaultPrevented) {
      event.preventDefault();
      if (link.closest("td")) choose(link);
      show(link.search ? link.getAttribute("href") : addressOf(link));
    }
    if (event.target.closest("#vakt [data-close]")) {
      event.preventDefault();
      close();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden || event.defaultPrevented) return;
    if (keys && keys.open) return;
    if (panel.contains(event.target) || (grid && grid.contains(event.target))) close();
  });
  if (!panel.hidden) {
    const wanted = new URLSearchParams(window.location.search).get("vakt");
    const link = links.find((own) => dutyOf(own) === wanted);
    if (link) stop(link);
    choose(link || null);
    ready();
  }
})();
