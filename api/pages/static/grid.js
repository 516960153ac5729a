// The roster desk: arrow keys move from duty to duty, and a duty opens beside the grid.
// Without this every letter is a link to a page of its own.
(() => {
  const grid = document.querySelector(".rv-grid");
  const panel = document.getElementById("vakt");
  const links = grid ? [...grid.querySelectorAll("td a")] : [];
  let opened = null;

  const cell = (link) => link.closest("td");
  const stop = (link) => {
    for (const own of links) own.tabIndex = own === link ? 0 : -1;
  };
  const go = (link) => {
    if (!link) return;
    stop(link);
    link.focus();
    link.scrollIntoView({ block: "nearest", inline: "nearest" });
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
  const moves = {
    ArrowRight: (link, row) => row[row.indexOf(link) + 1],
    ArrowLeft: (link, row) => row[row.indexOf(link) - 1],
    Home: (link, row) => row[0],
    End: (link, row) => row[row.length - 1],
    ArrowDown: (link) => beside(link, 1),
    ArrowUp: (link) => beside(link, -1),
  };

  if (links.length) {
    stop(links[0]);
    grid.addEventListener("keydown", (event) => {
      const link = event.target.closest("td a");
      const move = moves[event.key];
      if (!link || !move || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      go(move(link, [...link.closest("tr").querySelectorAll("td a")]));
    });
    grid.addEventListener("focusin", (event) => {
      const link = event.target.closest("td a");
      if (link) stop(link);
    });
  }
  if (!panel || !window.htmx) return;

  const show = async (link) => {
    opened = link;
    for (const own of document.querySelectorAll("td.chosen")) own.classList.remove("chosen");
    cell(link).classList.add("chosen");
    panel.hidden = false;
    panel.setAttribute("aria-busy", "true");
    await window.htmx.ajax("GET", link.getAttribute("href") + window.location.search, {
      target: "#vakt",
      swap: "innerHTML",
    });
    panel.removeAttribute("aria-busy");
    const head = panel.querySelector("h2");
    if (head) head.focus();
  };
  const close = () => {
    panel.hidden = true;
    panel.replaceChildren();
    for (const own of document.querySelectorAll("td.chosen")) own.classList.remove("chosen");
    if (opened) opened.focus();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".rv-grid td a, .rv-days td a");
    if (link && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      show(link);
    }
    if (event.target.closest("[data-close]")) {
      event.preventDefault();
      close();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden && panel.contains(event.target)) close();
  });
})();
