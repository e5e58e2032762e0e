// What is ahead of a node and behind it, and what there is to know about it.
const clear = () => {
  for (const p of pictures) {
    p.classList.remove("marking");
    for (const e of p.querySelectorAll(".chosen,.ahead,.behind")) {
      e.classList.remove("chosen", "ahead", "behind");
      e.removeAttribute("aria-pressed");
    }
  }
  chosen = null;
  document.body.classList.remove("marked");
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
  document.body.classList.add("marked");
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
    details.append(withHits(make("h2", n.key)));
    for (const f of n.findings || []) {
      details.append(make("div", f.text, f.severity));
      if (f.hint) details.append(make("div", "hint: " + f.hint));
    }
    const dl = make("dl");
    for (const f of n.facts) {
      dl.append(make("dt", f.name));
      for (const v of f.values) dl.append(withHits(make("dd", v)));
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
