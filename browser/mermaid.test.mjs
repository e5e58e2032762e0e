// Mermaid, as GitHub runs it, draws what we write: every node with its own name.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { folder, graph, launch, sample } from "./chromium.mjs";

let browser, page;
before(async () => {
  browser = await launch();
  page = await browser.newPage();
  await page.addScriptTag({ path: join(folder, "node_modules/mermaid/dist/mermaid.min.js") });
  await page.evaluate(() => mermaid.initialize({ startOnLoad: false, securityLevel: "strict" }));
});
after(() => browser.close());

const draw = text => page.evaluate(async text => {
  await mermaid.parse(text);
  const { svg } = await mermaid.render("drawn", text);
  document.body.innerHTML = svg;
  return {
    nodes: [...document.querySelectorAll(".node .nodeLabel")].map(e => e.innerText.split("\n")[0].trim()),
    edges: document.querySelectorAll(".edgePaths > path, path.flowchart-link").length,
    broken: window.broken,
  };
}, text);

for (const name of ["12", "150", "1000", "cycle", "two", "hostile", "alone", "limits"]) {
  test(`${name}.mermaid`, { timeout: 120_000 }, async () => {
    const drawn = await draw(readFileSync(sample(name, "mermaid"), "utf8"));
    assert.equal(drawn.broken, undefined);
    if (name === "1000") return assert.ok(drawn.nodes.length <= 100 && drawn.edges <= 500);
    const wanted = graph(name).clusters.flatMap(c => c.nodes.map(n => n.name));
    for (const name of wanted) if (/^[\x20-\x7e]*$/.test(name)) {
      assert.ok(drawn.nodes.some(n => n.replace(/\s+/g, " ") === name || n.endsWith("/" + name)), `${name} is not among ${drawn.nodes}`);
    }
    const edges = new Set(graph(name).clusters.flatMap(c => c.edges.map(e => `${c.name} ${e.from} ${e.to}`)));
    assert.equal(drawn.edges, edges.size);
  });
}
