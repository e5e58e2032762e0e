// The search.
let matches = [];
let words = [];
const has = (text, w) => text.toLowerCase().includes(w);
const find = () => {
  words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  matches = [];
  for (const e of stage.querySelectorAll(".found")) e.classList.remove("found");
  if (words.length) clusters.forEach((c, cluster) => c.nodes.forEach((n, node) => {
    const beside = words.filter(w => !has(n.key, w)); // what its name does not say
    const facts = n.facts.filter(f => beside.some(w => f.values.some(v => has(v, w))));
    if (beside.every(w => facts.some(f => f.values.some(v => has(v, w))))) matches.push({cluster, node, why: facts.map(f => f.name).join(", ")});
  }));
  matches.sort((a, b) => !!a.why - !!b.why); // names come first
  for (const m of matches) for (const p of pictures) {
    const e = element(p, m.cluster, boxOf(p, m.cluster, m.node));
    if (e) e.classList.add("found");
  }
  document.body.classList.toggle("searched", matches.length > 0);
  $("matches").textContent = words.length ? `${matches.length} found` : "";
  show(); // the legend may have taken room
};
// withHits marks in a text what was searched.
const withHits = e => {
  const text = e.textContent, low = text.toLowerCase();
  if (!words.length || low.length !== text.length) return e;
  const parts = [];
  for (let at = 0; at < text.length;) {
    const next = words.map(w => ({from: low.indexOf(w, at), w})).filter(h => h.from >= 0).sort((a, b) => a.from - b.from || b.w.length - a.w.length)[0];
    if (!next) { parts.push(text.slice(at)); break; }
    const hit = document.createElement("mark");
    hit.textContent = text.slice(next.from, next.from + next.w.length);
    parts.push(text.slice(at, next.from), hit);
    at = next.from + next.w.length;
  }
  e.replaceChildren(...parts);
  return e;
};
search.addEventListener("input", find);
let at = -1;
search.addEventListener("input", () => { at = -1; });
search.addEventListener("keydown", e => {
  if (e.key !== "Enter" || !matches.length) return;
  at = (at + (e.shiftKey ? matches.length - 1 : 1)) % matches.length;
  choose(matches[at].cluster, matches[at].node);
  const {why} = matches[at];
  $("matches").textContent = `${at + 1} of ${matches.length}${why ? ", by its " + why : ""}`;
});
