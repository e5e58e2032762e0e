// What can be measured in a picture: nothing overlaps, and no edge runs through a node.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { graph, launch, open, sample } from "./chromium.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

// measure runs in the page, on the picture that is shown.
const measure = () => {
  const svg = document.querySelector("svg.fluxdag:not(.off)");
  const box = e => { const b = e.getBBox(); return { l: b.x, t: b.y, r: b.x + b.width, b: b.y + b.height, what: e.closest(".node,.lane,svg").querySelector("title")?.textContent.split("\n")[0] }; };
  const overlap = (a, b, slack) => a.l < b.r - slack && b.l < a.r - slack && a.t < b.b - slack && b.t < a.b - slack;
  const pairs = (list, slack) => {
    const bad = [];
    list.forEach((a, i) => list.slice(0, i).forEach(b => { if (overlap(a, b, slack)) bad.push(`${a.what} / ${b.what}`); }));
    return bad;
  };
  const rects = [...svg.querySelectorAll(".node > rect")].map(box);
  const texts = [...svg.querySelectorAll("text")].filter(t => t.textContent && !t.closest(".badge"));
  const outside = [];
  for (const node of svg.querySelectorAll(".node")) {
    const r = box(node.querySelector("rect"));
    for (const t of node.querySelectorAll("text.label,text.detail")) {
      const b = box(t);
      if (b.l < r.l || b.r > r.r || b.t < r.t || b.b > r.b) outside.push(`${t.textContent}: ${b.r - r.r} too wide`);
    }
  }
  for (const lane of svg.querySelectorAll(".lane")) {
    const r = box(lane.querySelector("rect"));
    for (const t of lane.querySelectorAll("text")) if (box(t).r > r.r) outside.push(t.textContent);
  }
  const through = [];
  let edges = 0;
  for (const e of svg.querySelectorAll(".edge:not(.key)")) {
    edges++;
    const length = e.getTotalLength();
    for (let at = 0; at <= length; at += 4) {
      const p = e.getPointAtLength(at);
      const hit = rects.find(r => p.x > r.l + 2 && p.x < r.r - 2 && p.y > r.t + 2 && p.y < r.b - 2);
      if (hit) { through.push(`${e.querySelector("title").textContent} through ${hit.what}`); break; }
    }
  }
  const page = svg.viewBox.baseVal;
  const beyond = svg.classList.contains("full") || svg.classList.contains("groups") ? []
    : [...rects, ...texts.map(box)].filter(r => r.l < 0 || r.t < 0 || r.r > page.width || r.b > page.height).map(r => r.what);
  return { nodes: rects.length, edges, boxes: pairs(rects, 0), labels: pairs(texts.map(box), 1), outside, through, beyond };
};

for (const [name, format, nodes] of [
  ["12", "html", 12], ["12", "svg", 12], ["150", "html", 150], ["150", "svg", 150], ["1000", "html"], ["1000", "svg"],
  ["hostile", "html"], ["hostile", "svg"], ["cycle", "html", 7], ["cycle", "svg", 7], ["ring", "html", 8], ["ring", "svg", 8], ["two", "svg", 32], ["many", "svg", 28], ["many", "html", 28], ["sites", "svg"], ["sites", "html"], ["alone", "html", 70], ["alone", "svg", 70], ["limits", "html", 7], ["limits", "svg", 7],
]) {
  test(`${name}.${format}: nothing overlaps`, async () => {
    const { page, complaints, close } = await open(browser, sample(name, format));
    const m = await page.evaluate(measure);
    if (nodes) assert.equal(m.nodes, nodes);
    assert.ok(m.edges > 0);
    for (const kind of ["boxes", "labels", "outside", "through", "beyond"]) assert.deepEqual(m[kind], [], kind);
    assert.deepEqual(complaints, []);
    await close();
  });
}

// A picture does not know its fonts: this one is about the widest that systems come with.
for (const name of ["12", "150", "hostile"]) {
  test(`${name}.svg in DejaVu: nothing overlaps`, async () => {
    const { page, close } = await open(browser, sample(name, "svg"));
    await page.evaluate(() => {
      const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
      style.textContent = `.fluxdag text{font-family:"DejaVu Sans"!important} .fluxdag .node .label{font-family:"DejaVu Sans Mono"!important}`;
      document.documentElement.append(style);
    });
    const m = await page.evaluate(measure);
    for (const kind of ["boxes", "labels", "outside", "beyond"]) assert.deepEqual(m[kind], [], kind);
    await close();
  });
}

for (const name of ["cycle", "ring"]) test(`${name}.svg: every edge leaves to the right and arrives from the left, where its head is seen`, async () => {
  const { page, close } = await open(browser, sample(name, "svg"));
  const odd = await page.evaluate(() => {
    const rect = i => { const r = document.querySelector(`[data-box="${i}"] > rect`), at = n => +r.getAttribute(n); return { l: at("x"), r: at("x") + at("width") }; };
    return [...document.querySelectorAll(".edge:not(.key)")].filter(e => {
      const n = e.getTotalLength(), [a, b, y, z] = [0, 1, n - 1, n].map(l => e.getPointAtLength(l).x);
      return Math.abs(a - rect(e.dataset.from).r) > 1 || Math.abs(z - rect(e.dataset.to).l) > 1 || b <= a || z <= y;
    }).map(e => e.querySelector("title").textContent);
  });
  assert.deepEqual(odd, []);
  await close();
});

test("150.html: the picture holds every edge of the graph", async () => {
  const { page, close } = await open(browser, sample("150", "html"));
  const drawn = await page.locator("svg.full .edge:not(.key)").count();
  const pairs = new Set(graph("150").clusters[0].edges.map(e => `${e.from} ${e.to}`));
  assert.equal(drawn, pairs.size);
  await close();
});
