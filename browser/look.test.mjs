// How pictures look: in the dark, on paper, on a telephone; and that no name gives orders.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch, open, sample } from "./chromium.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

// tooFaint runs in the page: it returns what WCAG's level AA asks more contrast for. 4.5 of
// texts on what is behind them, 3 of lines that say something on every ground they cross.
const tooFaint = () => {
  const rgb = color => color.match(/[\d.]+/g).map(Number);
  const light = color => {
    const [r, g, b] = rgb(color).map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  const style = e => getComputedStyle(e), clear = c => c === "none" || rgb(c)[3] === 0;
  const page = style(document.querySelector(".fluxdag")).backgroundColor;
  const lane = style(document.querySelector(".lane rect")).fill, box = style(document.querySelector(".node:not(.outside)>rect")).fill;
  const behind = e => {
    const badge = e.closest(".badge"), node = e.closest(".node");
    if (badge) return style(badge.querySelector("circle")).fill;
    if (node) { const c = style(node.querySelector("rect")).fill; return clear(c) ? lane : c; }
    return e.closest(".lane") ? lane : page;
  };
  const faint = [], check = (what, a, b, least) => { if (ratio(a, b) < least) faint.push(`${what}: ${a} on ${b} has ${ratio(a, b).toFixed(2)}`); };
  const seen = e => e.checkVisibility() && !e.closest(".off");
  for (const t of document.querySelectorAll("svg.fluxdag text")) if (seen(t)) check(t.textContent, style(t).fill, behind(t), 4.5);
  for (const e of document.querySelectorAll(".edge")) if (seen(e)) for (const ground of [page, lane]) check(e.getAttribute("class"), style(e).stroke, ground, 3);
  for (const e of document.querySelectorAll(".node .sign")) if (seen(e)) check("sign", style(e).stroke, box, 3);
  for (const e of document.querySelectorAll(".limit")) if (seen(e)) check("limit", style(e).stroke, lane, 3);
  for (const e of document.querySelectorAll(".node:is(.chain,.warning,.error,.cycle,.ahead,.behind,.chosen)>rect")) if (seen(e)) for (const ground of [lane, box]) check("outline", style(e).stroke, ground, 3);
  for (const e of document.querySelectorAll("header *, aside *, #legend *, #titles *")) {
    if (!seen(e) || e.closest("svg") || ![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    let ground = e;
    while (ground && clear(style(ground).backgroundColor)) ground = ground.parentElement;
    check(e.textContent, style(e).color, ground ? style(ground).backgroundColor : page, 4.5);
  }
  const search = document.getElementById("search");
  if (search) check("placeholder", getComputedStyle(search, "::placeholder").color, style(search).backgroundColor, 4.5);
  return [...new Set(faint)];
};

for (const name of ["12", "150", "cycle", "limits", "hostile"]) for (const format of ["svg", "html"]) for (const scheme of ["light", "dark"]) {
  test(`${name}.${format} in ${scheme}: texts and lines stand out`, async () => {
    const { page, complaints, close } = await open(browser, sample(name, format), { scheme });
    assert.deepEqual(await page.evaluate(tooFaint), []);
    const paper = await page.evaluate(() => getComputedStyle(document.querySelector(".fluxdag")).backgroundColor);
    assert.equal(paper, scheme === "dark" ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)");
    if (format === "html") { // and so do the details; what is not marked is faint on purpose
      await page.fill("#search", "a");
      assert.deepEqual(await page.evaluate(tooFaint), []);
      await page.locator("svg:not(.off) .node").nth(1).dispatchEvent("click");
      assert.deepEqual(await page.evaluate(tooFaint), []);
    }
    assert.deepEqual(complaints, []);
    await close();
  });
}

for (const scheme of ["light", "dark"]) test(`in ${scheme} a warning has a color of its own`, async () => {
  const { page, close } = await open(browser, sample("150", "html"), { scheme });
  const warning = await page.locator(".edge.warning").first().evaluate(e => getComputedStyle(e).stroke);
  await page.locator("svg:not(.off) .node").first().dispatchEvent("click");
  for (const kind of [".node.behind>rect", ".node.ahead>rect", ".node.chosen>rect", ".edge.behind", ".edge.chain"]) for (const color of await page.locator(kind).evaluateAll(all => all.map(e => getComputedStyle(e).stroke)))
    assert.notEqual(color, warning, kind);
  await close();
});

for (const name of ["12", "150", "1000", "limits", "ring"]) for (const [width, height] of [[400, 800], [1280, 800], [2560, 1440]]) {
  test(`${name}.svg opened in a window of ${width} pixels: no wider than that, and as large as it may be`, async () => {
    const { page, close } = await open(browser, sample(name, "svg"), { width, height });
    const { at, left, whole, tall, scroll } = await page.evaluate(() => {
      const root = document.documentElement, box = root.getBoundingClientRect(), whole = root.viewBox.baseVal;
      return { at: box.width, left: box.left, whole: whole.width, tall: whole.height, scroll: root.scrollWidth };
    });
    const scrolls = tall > 0.6 * whole, grown = scrolls ? 1.5 * whole : Math.max(whole, Math.min(2 * whole, 0.98 * height * whole / tall));
    const want = Math.min(width, width < (scrolls ? 1.5 : 1.1) * whole ? whole : grown);
    assert.ok(Math.abs(at - want) < 16 && scroll <= width, `${at} pixels of ${whole}, not ${want}`); // a scroll bar may stand beside it
    if (width === 2560 && name === "12") assert.ok(at > 1900 && Math.abs(left - (width - at) / 2) < 16, `${at} pixels at ${left}`);
    await close();
  });
}

test("a picture in a document is as large as it is, also in a large window, and shrinks", async () => {
  const { page, close } = await open(browser, sample("limits", "svg"));
  const whole = await page.evaluate(() => document.documentElement.viewBox.baseVal.width);
  await close();
  const folder = mkdtempSync(join(tmpdir(), "fluxdag-image-"));
  const image = src => `<div style="width:${src === "12" ? 900 : 2000}px"><img src="data:image/svg+xml;base64,${readFileSync(sample(src, "svg")).toString("base64")}" style="max-width:100%"></div>`;
  writeFileSync(join(folder, "readme.html"), image("limits") + image("12"));
  const shown = await browser.newPage({ viewport: { width: 2560, height: 1440 } });
  await shown.goto(pathToFileURL(join(folder, "readme.html")).href);
  assert.deepEqual(await shown.evaluate(() => [...document.images].map(i => i.width)), [whole, 900]);
  await shown.close();
  rmSync(folder, { recursive: true });
});

for (const name of ["12", "two", "limits", "1000"]) test(`${name}.html: the legend explains each thing once, on one line`, async () => {
  const { page, close } = await open(browser, sample(name, "html"));
  const lines = await page.locator("#legend li").evaluateAll(all => all.map(e => ({ text: e.textContent, height: e.getBoundingClientRect().height })));
  assert.ok(lines.length > 3);
  assert.equal(new Set(lines.map(l => l.text)).size, lines.length);
  for (const l of lines) assert.ok(l.height <= 24, `${l.text} takes ${l.height} pixels`);
  await close();
});

test("two.svg: the legend explains each thing once", async () => {
  const { page, close } = await open(browser, sample("two", "svg"));
  const texts = await page.locator(".legend text").allTextContents();
  assert.ok(texts.length > 3);
  assert.equal(new Set(texts).size, texts.length);
  await close();
});

test("a page prints in dark on white, without the controls", async () => {
  const { page, close } = await open(browser, sample("12", "html"), { scheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await page.locator("header").isVisible(), false);
  assert.equal(await page.locator("#legend li").first().isVisible(), true);
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".label")).fill), "rgb(0, 0, 0)");
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.setViewportSize({ width: 700, height: 500 });
  assert.equal(await page.locator("svg.full").getAttribute("viewBox"), await page.evaluate(() => { const r = document.querySelector("svg.full"); return `0 0 ${r.getAttribute("width")} ${r.getAttribute("height")}`; }), "the whole is printed");
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.equal((pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g) || []).length, 1, "one page");
  await close();
});

for (const width of [400, 1280, 2560]) for (const name of ["12", "150", "1000", "alone"]) {
  test(`${name}.html, ${width} pixels wide: nothing sticks out, and text can be read`, async () => {
    const { page, complaints, close } = await open(browser, sample(name, "html"), { width, height: 900 });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page scrolls sideways");
    const height = await page.locator("svg:not(.off) .node .label").first().evaluate(e => e.getBoundingClientRect().height);
    assert.ok(height >= 7, `text of ${height} pixels`);
    const inSight = await page.evaluate(() => {
      const s = document.getElementById("stage").getBoundingClientRect();
      return [...document.querySelectorAll("svg:not(.off) .node")].filter(n => { const b = n.getBoundingClientRect(); return b.left >= s.left && b.right <= s.right && b.top >= s.top && b.bottom <= s.bottom; }).length;
    });
    assert.ok(inSight > 0, "no node is in sight at first");
    const begins = await page.evaluate(() => {
      const s = document.getElementById("stage").getBoundingClientRect(), b = document.querySelector("svg:not(.off) .heading").getBoundingClientRect();
      return b.left >= s.left && b.top >= s.top && b.bottom <= s.bottom;
    });
    const below = width === 400 && ["150", "1000"].includes(name); // these have no node at the top there
    assert.equal(begins, !below, "the name of the cluster is in sight at first");
    if (name === "12" && width === 400) {
      const white = await page.evaluate(() => document.querySelector("svg:not(.off) .heading").getBoundingClientRect().top - document.getElementById("stage").getBoundingClientRect().top);
      assert.ok(white < 60, `${white} pixels of white above`);
    }
    await page.locator("svg:not(.off) .node").first().dispatchEvent("click");
    assert.equal(await page.locator("#details").isVisible(), true);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the details stick out");
    assert.deepEqual(complaints, []);
    await close();
  });
}

test("in a large window pictures and controls are as large as its text", async () => {
  for (const name of ["12", "ring"]) {
    const { page, close } = await open(browser, sample(name, "html"), { width: 2560, height: 1440 });
    const sizes = await page.evaluate(() => {
      const s = document.getElementById("stage").getBoundingClientRect(), p = [...document.querySelectorAll("svg.full .lane")].map(e => e.getBoundingClientRect());
      return { legend: parseFloat(getComputedStyle(document.getElementById("legend")).fontSize), button: parseFloat(getComputedStyle(document.getElementById("fit")).fontSize),
        share: (Math.max(...p.map(b => b.right)) - Math.min(...p.map(b => b.left))) / s.width };
    });
    assert.ok(sizes.legend >= 16 && sizes.button >= 20 && sizes.share > 0.85, `${name}: ${JSON.stringify(sizes)}`);
    await close();
  }
});

test("names give no orders", async () => {
  for (const format of ["svg", "html"]) {
    const { page, complaints, close } = await open(browser, sample("hostile", format));
    if (format === "html") {
      for (const node of await page.locator(".node").all()) await node.dispatchEvent("click");
      await page.fill("#search", "</script>");
    }
    const seen = await page.evaluate(() => ({
      broken: window.broken, scripts: document.querySelectorAll("script").length, bold: document.querySelectorAll("b,i").length,
      labels: [...document.querySelectorAll(".node .label")].map(e => e.textContent),
    }));
    assert.equal(seen.broken, undefined);
    assert.equal(seen.bold, 0);
    assert.equal(seen.scripts, format === "html" ? 2 : 0);
    for (const name of ['"quoted"', "<b>bold</b>", "'single' & \"double\"", "שלום עולם", "日本語の名前", "back\\slash", "\\u202egnp.exe"])
      assert.ok(seen.labels.includes(name), `${name} is not among ${seen.labels}`);
    assert.deepEqual(complaints, []);
    await close();
  }
});

test("a page is small, and has no address in it", () => {
  const page = readFileSync(sample("12", "html"), "utf8");
  assert.ok(page.length < 300_000, `${page.length} bytes`);
  assert.deepEqual(page.match(/(https?:)?\/\/[a-z][^\s"'<]*/g)?.filter(a => a !== "http://www.w3.org/2000/svg") ?? [], []);
});
