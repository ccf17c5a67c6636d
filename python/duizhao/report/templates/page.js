"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const say = data.messages;
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const thousands = (n) => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ",");

  const element = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children); // strings become text nodes: nothing of the texts is ever read as markup
    return node;
  };

  // Spans count characters, JavaScript counts UTF-16 units: texts with rare characters are cut as arrays.
  const cut = new Map();
  const characters = (doc) => {
    if (!cut.has(doc)) {
      const text = data.docs[doc].text;
      cut.set(doc, /[\ud800-\udfff]/.test(text) ? Array.from(text) : text);
    }
    return cut.get(doc);
  };
  const slice = (doc, start, end) => {
    const text = characters(doc);
    const part = text.slice(Math.max(0, start), end);
    return typeof part === "string" ? part : part.join("");
  };
  const CONTEXT = 40;
  const flat = (text) => text.replace(/\s+/g, " ");

  // --- panels: one of several is shown -------------------------------------------------------------------------------
  const show = (name, index) => {
    $$(`.panel[data-set="${name}"]`).forEach((panel) => { panel.hidden = panel.dataset.i !== String(index); });
    $$(`[data-tabs="${name}"] button`).forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.i === String(index))));
    $$(`select[data-tabs="${name}"]`).forEach((s) => { s.value = String(index); });
  };
  for (const tabs of $$("[data-tabs]")) {
    const name = tabs.dataset.tabs;
    tabs.addEventListener(tabs.tagName === "SELECT" ? "change" : "click", (event) => {
      const index = tabs.tagName === "SELECT" ? tabs.value : event.target.closest("button")?.dataset.i;
      if (index !== undefined) show(name, index);
    });
    show(name, 0);
  }

  // --- sortable tables -----------------------------------------------------------------------------------------------
  for (const table of $$("table.sortable")) {
    $$("thead th", table).forEach((head, column) => {
      const button = element("button", { type: "button" }, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") !== "descending";
        $$("thead th", table).forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const value = (row) => row.cells[column].dataset.v ?? row.cells[column].textContent.trim();
        const numeric = head.classList.contains("n");
        const number = (row) => { const v = value(row); return v === "" ? -Infinity : Number(v); };
        const body = table.tBodies[0];
        const rows = Array.from(body.rows);
        rows.sort((a, b) => (numeric ? number(a) - number(b) : value(a).localeCompare(value(b), "zh")) * (down ? -1 : 1));
        body.append(...rows);
      });
    });
  }

  // --- concordance ---------------------------------------------------------------------------------------------------
  const panel = $("#kwic");
  const lines = $("#kwic tbody");
  const sorter = $("#kwic-sort");
  const only = $("#kwic-group");
  let current = null;
  let opener = null;

  const indexed = (word) => {
    const entry = Object.hasOwn(data.words, word) ? data.words[word] : null;
    if (!entry) return null;
    const hits = entry.h.map(([doc, start, end, left, right]) => ({
      doc, start, end,
      left: left ?? slice(doc, start - CONTEXT, start),
      right: right ?? slice(doc, end, end + CONTEXT),
    }));
    return { word, total: entry.n, docs: entry.d, hits };
  };
  // Claims, slogans and shared passages bring their places with them, which may be worded differently.
  const marked = (index) => {
    const entry = data.marks[index];
    const hits = entry.h.map(([doc, start, end, left, middle, right]) => ({
      doc, start, end, middle,
      left: left ?? slice(doc, start - CONTEXT, start),
      right: right ?? slice(doc, end, end + CONTEXT),
    }));
    return { word: entry.w, total: entry.n, docs: entry.d, hits };
  };
  const searched = (word) => {
    if (!data.full || !word) return null;
    const hits = [];
    const seen = new Set();
    let total = 0;
    data.docs.forEach((_, doc) => {
      const text = characters(doc);
      const array = typeof text !== "string";
      const whole = array ? text.join("") : text;
      for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + word.length)) {
        total += 1;
        seen.add(doc);
        if (hits.length >= 500) continue;
        const start = array ? Array.from(whole.slice(0, at)).length : at;
        const end = start + (array ? Array.from(word).length : word.length);
        hits.push({ doc, start, end, left: slice(doc, start - CONTEXT, start), right: slice(doc, end, end + CONTEXT) });
      }
    });
    return { word, total, docs: seen.size, hits };
  };

  const reverse = (text) => Array.from(text).reverse().join("");
  const draw = () => {
    if (!current) return;
    let hits = current.hits.slice();
    if (only && only.value !== "") hits = hits.filter((hit) => String(data.docs[hit.doc].group) === only.value);
    const compare = {
      document: (a, b) => a.doc - b.doc || a.start - b.start,
      left: (a, b) => reverse(a.left).localeCompare(reverse(b.left), "zh"),
      right: (a, b) => a.right.localeCompare(b.right, "zh"),
    }[sorter.value];
    hits.sort(compare);
    lines.replaceChildren(...hits.map((hit) => {
      const doc = data.docs[hit.doc];
      const open = element("button", { type: "button", title: `${say.open_passage}: ${doc.id}` }, doc.id);
      const row = element("tr", {},
        element("td", { class: "d" }, open),
        element("td", { class: "l" }, element("div", {}, element("span", {}, flat(hit.left)))),
        element("td", { class: "k" }, slice2(hit)),
        element("td", { class: "r" }, element("div", {}, flat(hit.right))));
      row.addEventListener("click", () => read(hit, open));
      return row;
    }));
    $("#kwic-word").textContent = current.word;
    $("#kwic-count").textContent = current.total === 0 ? say.kwic_empty
      : fill(say.kwic_count, { total: thousands(current.total), docs: thousands(current.docs) })
        + (hits.length < current.total ? " · " + fill(say.kwic_shown, { shown: thousands(hits.length) }) : "");
    const width = Math.min(12, Math.max(3, Array.from(current.word).length + 1.5));
    $("table.kwic").style.setProperty("--kw", `${width}em`);
  };
  const slice2 = (hit) => (data.full ? slice(hit.doc, hit.start, hit.end) : hit.middle ?? current.word);

  const look = (word, from) => list(indexed(word) ?? searched(word) ?? { word, total: 0, docs: 0, hits: [] }, from);
  const list = (entry, from) => {
    current = entry;
    opener = from ?? opener;
    panel.hidden = false;
    document.body.classList.add("looking");
    $(".body", panel).scrollTop = 0;
    draw();
    $("#kwic-word").focus({ preventScroll: true });
  };
  const close = () => {
    panel.hidden = true;
    document.body.classList.remove("looking");
    opener?.focus?.({ preventScroll: true });
  };

  // --- the passage in its document -----------------------------------------------------------------------------------
  const dialog = $("#passage");
  const read = (hit, from, entry = current) => {
    const doc = data.docs[hit.doc];
    const box = $(".text", dialog);
    const group = data.groups[doc.group];
    $("h2", dialog).textContent = doc.id + (group !== undefined && group !== doc.id ? ` · ${group}` : "") + (doc.title ? ` · ${doc.title}` : "");
    const pieces = [];
    if (data.full) {
      const spans = entry.hits.filter((other) => other.doc === hit.doc).sort((a, b) => a.start - b.start);
      let at = 0;
      for (const span of spans) {
        if (span.start < at) continue;
        pieces.push(slice(hit.doc, at, span.start));
        pieces.push(element("mark", span.start === hit.start ? { class: "here" } : {}, slice(hit.doc, span.start, span.end)));
        at = span.end;
      }
      pieces.push(slice(hit.doc, at, Infinity));
    } else {
      pieces.push(say.passage_only + "\n\n…" + hit.left, element("mark", { class: "here" }, hit.middle ?? entry.word), hit.right + "…");
    }
    box.replaceChildren(...pieces);
    dialog.showModal();
    $("mark.here", box)?.scrollIntoView({ block: "center" });
    dialog.addEventListener("close", () => from?.focus?.({ preventScroll: true }), { once: true });
  };
  $("button", dialog).addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-w]");
    if (target) look(target.dataset.w, target);
    const mark = event.target.closest("[data-m]");
    if (!mark) return;
    const entry = marked(Number(mark.dataset.m));
    if (entry.hits.length === 1 && entry.total === 1) read(entry.hits[0], mark, entry);
    else list(entry, mark);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !dialog.open && !panel.hidden) close();
    const target = event.target.closest?.('g[role="button"]');
    if (target && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      look(target.dataset.w, target);
    }
  });
  $("#kwic-close").addEventListener("click", close);
  sorter.addEventListener("change", draw);
  only?.addEventListener("change", draw);
  $("#find")?.addEventListener("submit", (event) => {
    event.preventDefault();
    const word = $("#find-word").value.trim();
    if (word) look(word, $("#find-word"));
  });

  // --- heat map: the cell under the mouse, or moved to by the arrow keys ------------------------------------------------
  const heat = $("svg.heat");
  if (heat && data.similarity) {
    const n = Number(heat.dataset.n), x0 = Number(heat.dataset.x), cell = Number(heat.dataset.cell);
    const cursor = $(".cursor", heat), reading = $("#heat-reading");
    let row = 0, column = 0;
    const at = (i, j) => {
      row = Math.min(n - 1, Math.max(0, i));
      column = Math.min(n - 1, Math.max(0, j));
      cursor.setAttribute("x", x0 + column * cell);
      cursor.setAttribute("y", row * cell);
      cursor.setAttribute("visibility", "visible");
      const value = data.similarity.values[row][column];
      const shown = value === null ? "–" : (value / 1000).toFixed(3);
      reading.textContent = `${data.similarity.labels[row]} × ${data.similarity.labels[column]}: ${shown}`;
    };
    const move = (event) => {
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(heat.getScreenCTM().inverse());
      const i = Math.floor(point.y / cell), j = Math.floor((point.x - x0) / cell);
      if (i >= 0 && i < n && j >= 0 && j < n) at(i, j);
    };
    heat.addEventListener("pointermove", move);
    heat.addEventListener("pointerdown", move);
    heat.addEventListener("keydown", (event) => {
      const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
      if (step) { event.preventDefault(); at(row + step[0], column + step[1]); }
    });
    heat.addEventListener("focus", () => { if (cursor.getAttribute("visibility") === "hidden") at(Math.min(1, n - 1), 0); });
  }
})();
