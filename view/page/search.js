// The search.
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
