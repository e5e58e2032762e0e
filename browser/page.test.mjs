// What a person does with the page: look, click, type, print.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { graph, launch, open, sample } from "./chromium.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const show = (name, options) => open(browser, sample(name, "html"), options);
const chosen = page => page.locator("svg:not(.off) .node.chosen .label").allTextContents();
const marked = (page, kind) => page.locator(`svg:not(.off) .node.${kind} .label`).allTextContents().then(t => t.sort());
const node = (page, name) => page.locator("svg:not(.off) .node").filter({ has: page.locator(".label", { hasText: new RegExp(`^${name}$`) }) });
const viewBox = page => page.locator("svg.fluxdag:not(.off)").getAttribute("viewBox");

test("a click marks what is ahead and behind, and shows the details", async () => {
  const { page, complaints, close } = await show("12");
  await node(page, "infrastructure-configs").click();
  assert.deepEqual(await chosen(page), ["infrastructure-configs"]);
  assert.deepEqual(await marked(page, "ahead"), ["infrastructure-bridge", "infrastructure-operators-core", "infrastructure-operators-namespaces"]);
  assert.deepEqual(await marked(page, "behind"), ["apps-data", "apps-openclaw", "apps-static", "apps-static-wiki", "infrastructure-auth", "infrastructure-instances"]);
  assert.equal(await page.locator(".edge.ahead:not(.key)").count(), 3);
  const details = await page.locator("#details").innerText();
  for (const text of ["flux-system/infrastructure-configs", "ExternalSecret resources", "./infrastructure/configs", "it is applied", "10m", "ConfigMap cluster-vars", "clusters/tazlab-k8s/dag.go:", "Everything that it gates (6)"])
    assert.ok(details.includes(text), `${text} is not in the details:\n${details}`);
  await page.locator("#details li button", { hasText: "infrastructure-bridge" }).first().click();
  assert.deepEqual(await chosen(page), ["infrastructure-bridge"]);
  await page.keyboard.press("Escape");
  assert.deepEqual(await chosen(page), []);
  assert.equal(await page.locator("#details").isVisible(), false);
  assert.deepEqual(complaints, []);
  await close();
});

test("health checks are among the details", async () => {
  const { page, close } = await show("12");
  await node(page, "infrastructure-operators-namespaces").click();
  const details = await page.locator("#details").innerText();
  assert.ok(details.includes("DaemonSet kube-system/kube-flannel") && details.includes("Deployment kube-system/coredns"), details);
  await close();
});

test("the keyboard reaches everything", async () => {
  const { page, close } = await show("12");
  const names = [];
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press("Tab");
    names.push(await page.evaluate(() => document.activeElement.getAttribute("aria-label") || document.activeElement.textContent));
  }
  assert.deepEqual(names.slice(0, 5), ["Search nodes", "Critical path", "Zoom out", "Zoom in", "Fit"]);
  assert.match(names[5], /^infrastructure-operators-core, waits until healthy, Level 0: Foundation/);
  await page.keyboard.press("ArrowRight"); // to what waits for it
  assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), /^infrastructure-bridge/);
  await page.keyboard.press("ArrowDown");
  assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), /^infrastructure-monitoring/);
  await page.keyboard.press("ArrowLeft");
  assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), /^infrastructure-operators-namespaces/);
  await page.keyboard.press("Enter");
  assert.deepEqual(await chosen(page), ["infrastructure-operators-namespaces"]);
  assert.equal(await page.locator('.node[aria-pressed="true"]').count(), 1);
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "search");
  await close();
});

test("every node and control has a role and a name", async () => {
  for (const name of ["12", "hostile"]) {
    const { page, close } = await show(name);
    const nameless = await page.evaluate(() => [...document.querySelectorAll(".node,button:not([hidden]),input,svg.fluxdag")]
      .filter(e => !(e.getAttribute("aria-label") || e.textContent || document.getElementById(e.getAttribute("aria-labelledby"))?.textContent)).length);
    assert.equal(nameless, 0);
    assert.equal(await page.getByRole("button", { name: /Level/ }).count(), await page.locator(".node").count() - await page.locator(".node.outside").count());
    await close();
  }
});

test("the search finds, and goes from one to the next", async () => {
  const { page, complaints, close } = await show("12");
  await page.fill("#search", "hugo");
  assert.equal(await page.locator("#matches").textContent(), "2 found");
  assert.deepEqual(await marked(page, "found"), ["apps-static", "apps-static-wiki"]);
  await page.keyboard.press("Enter");
  assert.deepEqual(await chosen(page), ["apps-static"]);
  await page.keyboard.press("Enter");
  assert.deepEqual(await chosen(page), ["apps-static-wiki"]);
  await page.fill("#search", "instances"); // the name of one node, and what another one is found by
  await page.keyboard.press("Enter");
  assert.deepEqual(await chosen(page), ["infrastructure-instances"]);
  assert.equal(await page.locator("#matches").textContent(), "1 of 2");
  await page.keyboard.press("Enter");
  assert.deepEqual(await chosen(page), ["apps-openclaw"]);
  assert.match(await page.locator("#matches").textContent(), /^2 of 2, by its [A-Z]/);
  assert.deepEqual(new Set(await page.locator("#details mark").allTextContents()), new Set(["instances"]));
  await page.fill("#search", "no such node");
  assert.equal(await page.locator("#matches").textContent(), "0 found");
  assert.deepEqual(complaints, []);
  await close();
});

test("zoom, drag and fit", async () => {
  const { page, close } = await show("150");
  await page.click("#fit");
  const fit = await viewBox(page);
  await page.click("#in");
  const width = v => +v.split(" ")[2];
  assert.ok(width(await viewBox(page)) < width(fit));
  await page.click("#out");
  assert.ok(Math.abs(width(await viewBox(page)) / width(fit) - 1) < 1e-6);
  await page.mouse.move(600, 400);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -300);
  await page.keyboard.up("Control");
  await page.waitForFunction(was => document.querySelector("svg.fluxdag:not(.off)").viewBox.baseVal.width < was, width(fit));
  const before = await viewBox(page);
  await page.mouse.down();
  await page.mouse.move(500, 300, { steps: 4 });
  await page.mouse.up();
  assert.notEqual(await viewBox(page), before);
  assert.deepEqual(await chosen(page), []); // a drag is no click
  await page.keyboard.press("0");
  assert.equal(await viewBox(page), fit);
  await close();
});

test("the critical path is shown, and can be hidden", async () => {
  const { page, close } = await show("12");
  const stroke = () => page.locator(".edge.chain:not(.key)").first().evaluate(e => getComputedStyle(e).strokeWidth);
  assert.equal(await page.locator(".node.chain").count(), 5);
  assert.equal(await stroke(), "2.5px");
  await page.click("#chain");
  assert.equal(await stroke(), "1.5px");
  await close();
});

test("a thousand nodes are folded, and unfold", async () => {
  const { page, complaints, close } = await show("1000");
  assert.ok(await page.locator("svg.groups .node").count() <= 60);
  await page.locator("svg.groups .node.group").first().dispatchEvent("click");
  const first = page.locator("#details li button").first();
  const name = await first.textContent();
  await first.click(); // a node of the group: in the picture of all
  assert.deepEqual(await chosen(page), [name]);
  assert.equal(await page.locator("svg.full .node").count(), 1000);
  assert.equal(await page.locator("svg.full").isVisible(), true);
  assert.ok(await page.locator("svg.full .node.chosen").evaluate(e => {
    const b = e.getBoundingClientRect(), s = document.getElementById("stage").getBoundingClientRect();
    return b.left >= s.left && b.right <= s.right && b.top >= s.top && b.bottom <= s.bottom;
  }), "the chosen node is in sight");
  await page.click("#groups");
  assert.equal(await page.locator("svg.groups").isVisible(), true);
  await page.fill("#search", "team-07-database-032");
  await page.keyboard.press("Enter");
  assert.deepEqual(await chosen(page), ["team-07-database-032"]);
  assert.deepEqual(complaints, []);
  await close();
});

test("a cycle is marked", async () => {
  const { page, close } = await show("cycle");
  assert.deepEqual(await marked(page, "cycle"), ["a", "b", "c", "self"]);
  assert.equal(await page.locator(".edge.cycle:not(.key)").count(), 4);
  await node(page, "b").click();
  assert.deepEqual(await marked(page, "ahead"), ["a", "base", "c"]);
  await close();
});

test("what is not followed is marked, and the details say what and where, and who applies a node", async () => {
  const { page, complaints, close } = await show("limits");
  assert.equal(await page.locator(".node .limit").count(), 5);
  assert.match(await node(page, "charts").getAttribute("aria-label"), /not followed: GitRepository flux-system\/charts/);
  await node(page, "team-a").click();
  const details = await page.locator("#details").innerText();
  for (const text of ["Not followed", "source: GitRepository flux-system/team-a (tenants/team-a.yaml:12:3)", "remote: https://example.com/crds.yaml", "Applied by (1)"])
    assert.ok(details.includes(text), `${text} is not in the details:\n${details}`);
  await page.locator("#details li button", { hasText: /^tenants$/ }).first().click();
  assert.deepEqual(await chosen(page), ["tenants"]);
  assert.ok((await page.locator("#details").innerText()).includes("Applies (4)"));
  assert.deepEqual(complaints, []);
  await close();
});

test("the legend explains what is marked while it is, and what is found looks unlike what is chosen", async () => {
  const { page, close } = await show("12");
  const explained = async () => (await page.locator("#legend li").evaluateAll(all => all.filter(e => e.checkVisibility()).map(e => e.querySelector("[class^=key]")?.getAttribute("class")))).filter(Boolean);
  assert.deepEqual(await explained(), ["key edge", "key edge chain"]);
  await page.fill("#search", "hugo");
  assert.deepEqual(await explained(), ["key edge", "key edge chain", "key found"]);
  await page.keyboard.press("Enter");
  assert.deepEqual(await explained(), ["key edge", "key chosen", "key edge ahead", "key edge behind", "key found"]);
  const looks = name => node(page, name).locator("rect").first().evaluate(e => { const s = getComputedStyle(e); return [s.fill, s.stroke, s.strokeWidth, s.opacity].join(); });
  const all = [await looks("apps-static"), await looks("apps-static-wiki"), await looks("infrastructure-bridge"), await looks("apps-data")];
  assert.equal(new Set(all).size, 4, all.join(" / "));
  const ready = await page.locator(".sign.full").first().evaluate(e => getComputedStyle(e).stroke);
  assert.notEqual(await page.locator(".edge.ahead:not(.key)").first().evaluate(e => getComputedStyle(e).stroke), ready);
  await page.keyboard.press("Escape");
  assert.deepEqual(await explained(), ["key edge", "key edge chain"]);
  await close();
});

test("where the picture goes on, the page says so and goes there", async () => {
  const { page, close } = await show("12", { width: 400, height: 800 });
  const hints = () => page.locator(".more.on").allTextContents();
  assert.deepEqual(await hints(), ["3 more levels ›"]);
  const before = await viewBox(page);
  await page.locator(".more.right span").click();
  assert.notEqual(await viewBox(page), before);
  assert.equal((await hints()).length, 2);
  await page.click("#fit");
  assert.deepEqual(await hints(), []);
  await close();
});

test("of several clusters the page counts the levels of the one that goes on furthest", async () => {
  const { page, close } = await show("two", { width: 400, height: 800 });
  const most = Math.max(...graph("two").clusters.map(c => new Set(c.nodes.map(n => n.level)).size));
  const [, n] = (await page.locator(".more.right").textContent()).match(/^(\d+) more levels/);
  assert.ok(+n < most, `${n} of ${most}`);
  await close();
});

test("in a narrow window the title of what is chosen keeps off the button that closes it", async () => {
  const { page, close } = await show("12", { width: 400, height: 800 });
  for (const name of ["infrastructure-operators-namespaces", "infrastructure-operators-data", "apps-static-wiki"]) {
    await node(page, name).dispatchEvent("click");
    const gap = await page.evaluate(() => {
      const text = document.createRange(), button = document.querySelector("aside .close").getBoundingClientRect();
      text.selectNodeContents(document.querySelector("aside h2"));
      return Math.min(...[...text.getClientRects()].filter(r => r.top < button.bottom).map(r => button.left - r.right));
    });
    assert.ok(gap >= 8, `${name} ends ${gap} pixels before it`);
  }
  await close();
});

test("the legend folds away", async () => {
  const { page, close } = await show("12");
  const height = () => page.evaluate(() => document.getElementById("stage").clientHeight);
  const before = await height();
  await page.locator("#legend summary").click();
  assert.equal(await page.locator("#legend li").first().isVisible(), false);
  assert.ok(await height() > before);
  await close();
});

test("the button names the chain that it marks", async () => {
  const { page, close } = await show("12");
  assert.equal(await page.locator("#chain").getAttribute("title"), "one of 2 longest chains: what bounds a rollout");
  await close();
});
