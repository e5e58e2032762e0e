// What of a picture is in sight.
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
