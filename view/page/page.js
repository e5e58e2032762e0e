"use strict";
(() => {
  const $ = id => document.getElementById(id);
  const stage = $("stage"), details = $("details"), search = $("search");
  const clusters = JSON.parse($("data").textContent);
  const pictures = [...stage.querySelectorAll("svg.full, svg.groups")];
  const full = stage.querySelector("svg.full"), groups = stage.querySelector("svg.groups");
  let picture = groups || full, chosen = null;

  // What is behind a node is not in the data: it is what is ahead, turned round.
  for (const c of clusters) {
    for (const n of c.nodes) { n.gates = []; n.applies = []; }
    c.nodes.forEach((n, i) => { if (n.by !== undefined) c.nodes[n.by].applies.push(i); });
    c.nodes.forEach((n, i) => n.waits.forEach(w => c.nodes[w].gates.push(i)));
    (c.groups || []).forEach((members, g) => members.forEach(n => { c.nodes[n].group = g; }));
  }
  const place = element => {
    const [, c, b] = element.id.match(/c(\d+)-n(\d+)$/);
    return {cluster: +c, box: +b};
  };
  const element = (svg, cluster, box) => svg && document.getElementById(`${svg === full ? "f" : "g"}-c${cluster}-n${box}`);
  const nodesOf = svg => [...svg.querySelectorAll(".node")];
  // The box in a picture that a node is in.
  const boxOf = (svg, cluster, node) =>
    svg === groups ? clusters[cluster].nodes[node].group : node;
  const membersOf = (svg, cluster, box) => svg === groups ? clusters[cluster].groups[box] : [box];

  const reach = (nodes, start, next) => {
    const seen = new Set(), queue = [...start];
    while (queue.length) for (const n of nodes[queue.pop()][next]) if (!seen.has(n)) { seen.add(n); queue.push(n); }
    return seen;
  };

  // --- the view ---
  const view = {x: 0, y: 0, scale: 1, moved: false, printed: false}; // moved: by whoever looks

  const natural = new Map(pictures.map(p => [p, {w: +p.getAttribute("width"), h: +p.getAttribute("height")}]));
  const show = () => {
    if (view.printed) return;
    const w = stage.clientWidth / view.scale, h = stage.clientHeight / view.scale;
    picture.setAttribute("viewBox", `${view.x} ${view.y} ${w} ${h}`);
    titles();
  };
  // titles keeps the names of the lanes in sight whose heads are not.
  const bar = document.createElement("div");
  bar.id = "titles";
  bar.setAttribute("aria-hidden", "true");
  stage.append(bar);
  const titles = () => {
    const shown = [];
    for (const lane of picture.querySelectorAll(".lane")) {
      const [x, y, w, h] = ["x", "y", "width", "height"].map(a => +lane.querySelector("rect").getAttribute(a));
      const left = (x - view.x) * view.scale, width = w * view.scale;
      if (y > view.y - 4 || y + h < view.y + 60 / view.scale || left > stage.clientWidth || left + width < 0) continue;
      const e = document.createElement("span");
      e.textContent = lane.querySelector("title").textContent;
      e.style.left = `${left}px`;
      e.style.width = `${width}px`;
      shown.push(e);
    }
    bar.replaceChildren(...shown);
  };
  const clampScale = s => Math.min(4, Math.max(0.03, s));
  const fit = () => {
    const n = natural.get(picture);
    view.scale = clampScale(Math.min(stage.clientWidth / n.w, stage.clientHeight / n.h, 1.6));
    view.x = (n.w - stage.clientWidth / view.scale) / 2;
    view.y = (n.h - stage.clientHeight / view.scale) / 2;
    if (n.h * view.scale < stage.clientHeight) view.y = Math.min(0, view.y) / 3;
    show();
  };
  // What would be too small to read begins at its left edge instead: at the top, or where more
  // of the first cluster's chain is in sight than there.
  const begin = () => {
    fit();
    if (view.scale < (details.hasChildNodes() ? 0.5 : 0.7)) { // with details, what is marked counts more
      const n = natural.get(picture);
      view.scale = Math.min(1.3, Math.max(0.75, stage.clientWidth / n.w));
      view.x = Math.min(0, (n.w - stage.clientWidth / view.scale) / 2);
      view.y = bestHeight(n, stage.clientWidth / view.scale, stage.clientHeight / view.scale);
      show();
    }
    view.moved = false;
  };
  const bestHeight = (n, w, h) => {
    const room = Math.max(0, n.h - h), head = 40 / view.scale; // where the titles are
    if (!room) return (n.h - h) / 3;
    const boxes = nodesOf(picture).filter(e => place(e).cluster === 0).map(e => {
      const r = e.querySelector("rect"), at = name => +r.getAttribute(name);
      return {x: at("x"), top: at("y"), end: at("y") + at("height"), chain: e.classList.contains("chain") ? 1 : 0};
    }).filter(b => b.x < w);
    const first = Math.min(...boxes.filter(b => b.chain).map(b => b.x));
    const at = y => {
      const seen = boxes.filter(b => b.top >= (y && y + head - 1) && b.end <= y + h);
      return {y, seen, chain: seen.reduce((sum, b) => sum + b.chain * (b.x === first ? 1e3 : 1), 0)};
    };
    let best = at(0);
    for (const b of boxes) {
      const other = at(Math.min(room, Math.max(0, b.top - head)));
      if (other.chain > best.chain || other.chain === best.chain && best.y && other.seen.length > best.seen.length) best = other;
    }
    if (!best.y) return 0;
    const top = Math.min(...best.seen.map(b => b.top)), end = Math.max(...best.seen.map(b => b.end));
    return Math.min(room, Math.max(0, (top + end - h - head) / 2)); // the middle of what is seen
  };
  const zoom = (factor, x = stage.clientWidth / 2, y = stage.clientHeight / 2) => {
    const s = clampScale(view.scale * factor);
    view.x += x / view.scale - x / s;
    view.y += y / view.scale - y / s;
    view.scale = s;
    view.moved = true;
    show();
  };
  const reveal = node => {
    if (view.moved) show(); else begin(); // the details may have taken room
    const box = node.getBoundingClientRect(), s = stage.getBoundingClientRect();
    if (box.left >= s.left && box.right <= s.right && box.top >= s.top && box.bottom <= s.bottom && view.scale >= 0.3) return;
    const r = node.querySelector("rect"), number = name => +r.getAttribute(name);
    view.moved = true;
    view.scale = view.scale < 0.5 ? 0.9 : view.scale;
    view.x = number("x") + number("width") / 2 - stage.clientWidth / view.scale / 2;
    view.y = number("y") + number("height") / 2 - stage.clientHeight / view.scale / 2;
    show();
  };
  const turnTo = svg => {
    if (!svg) return;
    picture = svg;
    for (const p of pictures) p.classList.toggle("off", p !== svg);
    $("groups").setAttribute("aria-pressed", String(svg === groups));
  };

  // --- marks and details ---
  const clear = () => {
    for (const p of pictures) {
      p.classList.remove("marking");
      for (const e of p.querySelectorAll(".chosen,.ahead,.behind")) {
        e.classList.remove("chosen", "ahead", "behind");
        e.removeAttribute("aria-pressed");
      }
    }
    chosen = null;
    const open = details.hasChildNodes();
    details.replaceChildren();
    if (open) { if (view.moved) show(); else begin(); }
  };
  const mark = (cluster, box) => {
    const nodes = clusters[cluster].nodes, members = membersOf(picture, cluster, box);
    const ahead = reach(nodes, members, "waits"), behind = reach(nodes, members, "gates");
    const boxes = set => new Set([...set].map(n => boxOf(picture, cluster, n)));
    const a = boxes(ahead), b = boxes(behind);
    picture.classList.add("marking");
    for (const n of nodesOf(picture)) {
      const p = place(n);
      if (p.cluster !== cluster) continue;
      n.classList.toggle("ahead", a.has(p.box) && p.box !== box);
      n.classList.toggle("behind", b.has(p.box) && p.box !== box);
      n.classList.toggle("chosen", p.box === box);
      if (p.box === box) n.setAttribute("aria-pressed", "true");
    }
    for (const e of picture.querySelectorAll(".edge:not(.key)")) {
      if (+e.dataset.cluster !== cluster) continue;
      const from = +e.dataset.from, to = +e.dataset.to;
      e.classList.toggle("ahead", (a.has(to) || to === box) && a.has(from));
      e.classList.toggle("behind", (b.has(from) || from === box) && b.has(to));
    }
    return {ahead, behind, members};
  };
  const make = (tag, text, cls) => {
    const e = document.createElement(tag);
    if (text !== undefined) e.textContent = text;
    if (cls) e.className = cls;
    if (text) e.dir = "auto";
    return e;
  };
  const list = (cluster, title, set, cls) => {
    const nodes = clusters[cluster].nodes;
    const all = [...set].sort((x, y) => x - y);
    details.append(make("h3", `${title} (${all.length})`, cls));
    const ul = make("ul");
    const more = (from, most) => {
      for (const n of all.slice(from, most)) {
        const li = make("li"), b = make("button", nodes[n].label);
        b.type = "button";
        b.onclick = () => choose(cluster, n);
        li.append(b);
        ul.append(li);
      }
      if (all.length > most) {
        const li = make("li"), b = make("button", `${all.length - most} more …`);
        b.type = "button";
        b.onclick = () => { li.remove(); more(most, all.length); };
        li.append(b);
        ul.append(li);
      }
    };
    more(0, 40);
    details.append(ul);
  };
  const describe = (cluster, box, marks) => {
    const nodes = clusters[cluster].nodes;
    const close = make("button", "×", "close");
    close.type = "button";
    close.setAttribute("aria-label", "Close");
    close.onclick = clear;
    details.replaceChildren(close);
    if (marks.members.length > 1) {
      const e = element(picture, cluster, box);
      details.append(make("h2", e.querySelector("title").textContent.split("\n")[0]));
      list(cluster, "Kustomizations", marks.members);
    } else {
      const n = nodes[marks.members[0]];
      details.append(make("h2", n.key));
      for (const f of n.findings || []) {
        details.append(make("div", f.text, f.severity));
        if (f.hint) details.append(make("div", "hint: " + f.hint));
      }
      const dl = make("dl");
      for (const f of n.facts) {
        dl.append(make("dt", f.name));
        for (const v of f.values) dl.append(make("dd", v));
      }
      details.append(dl);
      if (n.by !== undefined) list(cluster, "Applied by", [n.by]);
      if (n.applies.length) list(cluster, "Applies", n.applies);
      list(cluster, "Waits for", n.waits);
    }
    list(cluster, "Everything ahead of it", marks.ahead, "ahead");
    list(cluster, "Everything that it gates", marks.behind, "behind");
  };
  // choose marks a node, in the picture of all where it is not a box of its own here.
  const choose = (cluster, node) => {
    const box = boxOf(picture, cluster, node);
    if (membersOf(picture, cluster, box).length > 1 && full) turnTo(full);
    press(element(picture, cluster, boxOf(picture, cluster, node)), node);
  };
  const press = e => {
    const {cluster, box} = place(e);
    clear();
    chosen = e;
    describe(cluster, box, mark(cluster, box));
    rove(e);
    reveal(e);
  };
  const rove = e => {
    for (const n of picture.querySelectorAll('.node[tabindex="0"]')) n.setAttribute("tabindex", "-1");
    e.setAttribute("tabindex", "0");
  };

  // --- pointer, wheel, keys ---
  const touches = new Map();
  let moved = 0;
  stage.addEventListener("pointerdown", e => {
    if (e.button) return;
    touches.set(e.pointerId, {x: e.clientX, y: e.clientY});
    if (touches.size === 1) moved = 0;
  });
  addEventListener("pointermove", e => {
    const was = touches.get(e.pointerId);
    if (!was) return;
    const now = {x: e.clientX, y: e.clientY};
    if (touches.size === 2) {
      const other = [...touches].find(([id]) => id !== e.pointerId)[1], s = stage.getBoundingClientRect();
      const apart = p => Math.hypot(p.x - other.x, p.y - other.y) || 1;
      zoom(apart(now) / apart(was), (now.x + other.x) / 2 - s.left, (now.y + other.y) / 2 - s.top);
      moved = 99;
    } else {
      moved += Math.abs(now.x - was.x) + Math.abs(now.y - was.y);
      if (moved > 4) {
        stage.classList.add("moving");
        view.moved = true;
        view.x -= (now.x - was.x) / view.scale;
        view.y -= (now.y - was.y) / view.scale;
        show();
      }
    }
    touches.set(e.pointerId, now);
  });
  const lift = e => { touches.delete(e.pointerId); stage.classList.remove("moving"); };
  addEventListener("pointerup", lift);
  addEventListener("pointercancel", lift);
  stage.addEventListener("click", e => {
    if (moved > 4) return;
    const node = e.target.closest(".node");
    if (node) { press(node); node.focus({preventScroll: true}); } else clear();
  });
  stage.addEventListener("wheel", e => {
    e.preventDefault();
    const s = stage.getBoundingClientRect();
    if (e.ctrlKey || e.metaKey) zoom(Math.exp(-e.deltaY / 300), e.clientX - s.left, e.clientY - s.top);
    else { view.moved = true; view.x += e.deltaX / view.scale; view.y += e.deltaY / view.scale; show(); }
  }, {passive: false});
  const step = (e, key) => {
    const {cluster, box} = place(e);
    const r = n => { const q = n.querySelector("rect"); return {x: +q.getAttribute("x"), y: +q.getAttribute("y")}; };
    const here = r(e), others = nodesOf(picture).filter(n => n !== e).map(n => ({n, ...r(n), p: place(n)}));
    const near = list => list.sort((a, b) => a.d - b.d)[0];
    if (key === "ArrowUp" || key === "ArrowDown") {
      const sign = key === "ArrowDown" ? 1 : -1;
      return near(others.filter(o => o.x === here.x && (o.y - here.y) * sign > 0).map(o => ({...o, d: Math.abs(o.y - here.y)})));
    }
    const next = key === "ArrowLeft" ? "waits" : "gates";
    const linked = new Set(membersOf(picture, cluster, box).flatMap(n => clusters[cluster].nodes[n][next]).map(n => boxOf(picture, cluster, n)));
    return near(others.filter(o => o.p.cluster === cluster && linked.has(o.p.box)).map(o => ({...o, d: Math.abs(o.x - here.x) + Math.abs(o.y - here.y)})));
  };
  stage.addEventListener("keydown", e => {
    const node = e.target.closest(".node");
    if (!node) return;
    if (e.key === "Enter" || e.key === " ") { e.preventDefault(); press(node); }
    else if (e.key.startsWith("Arrow")) {
      e.preventDefault();
      const to = step(node, e.key);
      if (to) { rove(to.n); to.n.focus({preventScroll: true}); reveal(to.n); }
    }
  });
  addEventListener("keydown", e => {
    if (e.key === "Escape") { search.value = ""; find(); clear(); }
    if (e.target === search || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === "+" || e.key === "=") zoom(1.25);
    if (e.key === "-") zoom(0.8);
    if (e.key === "0") fit();
    if (e.key === "/") { e.preventDefault(); search.focus(); }
  });

  // --- search ---
  let matches = [];
  const find = () => {
    const words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    matches = [];
    for (const e of stage.querySelectorAll(".found")) e.classList.remove("found");
    if (words.length) clusters.forEach((c, cluster) => c.nodes.forEach((n, node) => {
      const text = (n.key + " " + n.facts.map(f => f.values.join(" ")).join(" ")).toLowerCase();
      if (words.every(w => text.includes(w))) matches.push({cluster, node});
    }));
    for (const m of matches) for (const p of pictures) {
      const e = element(p, m.cluster, boxOf(p, m.cluster, m.node));
      if (e) e.classList.add("found");
    }
    $("matches").textContent = words.length ? `${matches.length} found` : "";
  };
  search.addEventListener("input", find);
  let at = -1;
  search.addEventListener("input", () => { at = -1; });
  search.addEventListener("keydown", e => {
    if (e.key !== "Enter" || !matches.length) return;
    at = (at + (e.shiftKey ? matches.length - 1 : 1)) % matches.length;
    choose(matches[at].cluster, matches[at].node);
    $("matches").textContent = `${at + 1} of ${matches.length}`;
  });

  // --- the toolbar ---
  $("in").onclick = () => zoom(1.25);
  $("out").onclick = () => zoom(0.8);
  $("fit").onclick = fit;
  $("chain").onclick = e => {
    const on = e.target.getAttribute("aria-pressed") !== "true";
    e.target.setAttribute("aria-pressed", String(on));
    document.body.classList.toggle("no-chain", !on);
  };
  if (groups && full) {
    $("groups").hidden = false;
    $("groups").onclick = () => { clear(); turnTo(picture === groups ? full : groups); begin(); };
  }
  if (!stage.querySelector(".edge.chain")) $("chain").hidden = true;
  $("chain").title = clusters.map(c => c.chain).filter(Boolean).join("\n");
  const legend = $("legend");
  if (legend) {
    legend.open = innerWidth > 700 && innerHeight > 600;
    legend.addEventListener("toggle", () => { if (view.moved) show(); else begin(); });
  }

  for (const p of pictures) {
    p.setAttribute("preserveAspectRatio", "xMinYMin meet");
    nodesOf(p).forEach((n, i) => n.setAttribute("tabindex", i ? "-1" : "0"));
  }
  turnTo(picture);
  begin();
  let width = stage.clientWidth;
  addEventListener("resize", () => { if (stage.clientWidth !== width && !view.moved) begin(); else show(); width = stage.clientWidth; });
  addEventListener("beforeprint", () => {
    for (const p of pictures) { const n = natural.get(p); p.setAttribute("viewBox", `0 0 ${n.w} ${n.h}`); }
    view.printed = true; // whole, whatever size the window is made meanwhile
    if (legend) legend.open = true;
  });
  addEventListener("afterprint", () => { view.printed = false; show(); });
})();
