// What of a picture is in sight.
const view = {x: 0, y: 0, scale: 1, moved: false, printed: false}; // moved: by whoever looks

const natural = new Map(pictures.map(p => [p, {w: +p.getAttribute("width"), h: +p.getAttribute("height")}]));
const show = () => {
  if (view.printed) return;
  const w = stage.clientWidth / view.scale, h = stage.clientHeight / view.scale;
  picture.setAttribute("viewBox", `${view.x} ${view.y} ${w} ${h}`);
  titles();
  more();
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
// Where the picture goes on beyond an edge, this edge says so; a click goes there.
const rects = new Map(pictures.map(p => [p, ["node", "lane:not(.grid)"].map(kind => [...p.querySelectorAll(`.${kind}>rect`)].map(r => {
  const at = name => +r.getAttribute(name);
  const levels = r.parentNode.querySelector("title").textContent.match(/^Level (\d+)(?: to Level (\d+)$)?/);
  return {left: at("x"), top: at("y"), right: at("x") + at("width"), bottom: at("y") + at("height"), levels: levels ? (levels[2] || levels[1]) - levels[1] + 1 : 0};
}))]));
const edges = ["left", "right", "below"].map(side => {
  const e = document.createElement("div");
  e.className = "more " + side;
  e.setAttribute("aria-hidden", "true");
  const label = document.createElement("span");
  e.append(label);
  label.onclick = event => {
    event.stopPropagation();
    if (side === "below") view.y += 0.8 * stage.clientHeight / view.scale;
    else view.x += (side === "left" ? -0.8 : 0.8) * stage.clientWidth / view.scale;
    view.moved = true;
    show();
  };
  stage.append(e);
  return e;
});
const more = () => {
  const [nodes, lanes] = rects.get(picture), slack = 12 / view.scale;
  const right = view.x + stage.clientWidth / view.scale, below = view.y + stage.clientHeight / view.scale;
  const is = [nodes.some(n => n.left < view.x - slack), nodes.some(n => n.right > right + slack), nodes.some(n => n.bottom > below + slack)];
  const say = hidden => { // of the levels most of whose width is out of sight, in the cluster with most of them
    const sums = {};
    for (const l of lanes.filter(hidden)) sums[l.top] = (sums[l.top] || 0) + l.levels;
    const n = Math.max(0, ...Object.values(sums));
    return n > 1 ? `${n} more levels` : n ? "1 more level" : "more";
  };
  const texts = ["‹ " + say(l => l.left + l.right < 2 * view.x), say(l => l.left + l.right > 2 * right) + " ›", "more below"];
  edges.forEach((e, i) => { e.classList.toggle("on", is[i]); e.firstChild.textContent = texts[i]; });
};
// fit shows the whole picture in the middle, and grows what is small, in a large window more;
// on a phone near the top.
const fit = () => {
  const n = natural.get(picture);
  view.scale = clampScale(Math.min(stage.clientWidth / n.w, stage.clientHeight / n.h, Math.max(1.6, stage.clientWidth / 900)));
  view.x = (n.w - stage.clientWidth / view.scale) / 2;
  view.y = (n.h - stage.clientHeight / view.scale) / (stage.clientWidth < 700 ? 30 : 2);
  show();
};
// What would be too small to read begins at its upper left corner instead, with the name of
// the cluster in sight, or where no whole node is in sight there, at the first below.
const begin = () => {
  fit();
  const least = stage.clientWidth < 700 ? 0.95 : 0.7;
  if (view.scale < (details.hasChildNodes() ? 0.5 : least)) { // with details, what is marked counts more
    const n = natural.get(picture);
    view.scale = Math.min(1.3, Math.max(stage.clientWidth < 700 ? 1 : 0.75, stage.clientWidth / n.w));
    view.x = Math.min(0, (n.w - stage.clientWidth / view.scale) / 2);
    view.y = firstNode() || Math.min(0, (n.h - stage.clientHeight / view.scale) / (stage.clientWidth < 700 ? 30 : 2));
    show();
  }
  view.moved = false;
};
// firstNode is the height at which the first node at the left edge is in sight; 0 where one
// is from the top on.
const firstNode = () => {
  const w = stage.clientWidth / view.scale, h = stage.clientHeight / view.scale;
  const nodes = nodesOf(picture).map(e => {
    const r = e.querySelector("rect"), at = name => +r.getAttribute(name);
    return {right: at("x") + at("width"), top: at("y"), end: at("y") + at("height")};
  }).filter(b => b.right <= w).sort((a, b) => a.top - b.top);
  return nodes.length && nodes[0].end > h ? nodes[0].top - 40 / view.scale : 0; // the titles of the lanes
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
