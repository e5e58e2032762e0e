// How pictures look: in the dark, on paper, on a telephone; and that no name gives orders.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch, open, sample } from "./chromium.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

// contrast is that of WCAG, between the text of nodes and their boxes.
const contrast = () => {
  const light = color => {
    const [r, g, b] = color.match(/[\d.]+/g).map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  const fill = s => getComputedStyle(document.querySelector(s)).fill;
  return [[".node .label", ".node>rect"], [".node .detail", ".node>rect"], [".lane .soft", ".lane rect"], [".lane .name", ".lane rect"]].map(([t, b]) => ratio(fill(t), fill(b)));
};

for (const format of ["svg", "html"]) for (const scheme of ["light", "dark"]) {
  test(`12.${format} in ${scheme}: texts stand out`, async () => {
    const { page, complaints, close } = await open(browser, sample("12", format), { scheme });
    for (const ratio of await page.evaluate(contrast)) assert.ok(ratio >= 4.5, `contrast ${ratio}`);
    const paper = await page.evaluate(() => getComputedStyle(document.querySelector(".fluxdag")).backgroundColor);
    assert.equal(paper, scheme === "dark" ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)");
    assert.deepEqual(complaints, []);
    await close();
  });
}

test("a page prints in dark on white, without the controls", async () => {
  const { page, close } = await open(browser, sample("12", "html"), { scheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await page.locator("header").isVisible(), false);
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".label")).fill), "rgb(0, 0, 0)");
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
    await page.locator("svg:not(.off) .node").first().dispatchEvent("click");
    assert.equal(await page.locator("#details").isVisible(), true);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the details stick out");
    assert.deepEqual(complaints, []);
    await close();
  });
}

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
