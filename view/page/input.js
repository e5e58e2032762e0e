// Pointer, wheel and keys.
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
