// What the tests share: the samples, and a Chromium that may talk to nobody.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const folder = fileURLToPath(new URL(".", import.meta.url));

// Made once for a run of the tests: by the Makefile, or here.
export const samples = process.env.FLUXDAG_SAMPLES || (() => {
  const made = mkdtempSync(join(tmpdir(), "fluxdag-samples-"));
  execFileSync("go", ["run", "./view/internal/samples", made], { cwd: join(folder, ".."), stdio: "inherit" });
  return made;
})();

export const sample = (name, format) => join(samples, `${name}.${format}`);
export const graph = name => JSON.parse(readFileSync(sample(name, "json"), "utf8"));

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

// open shows a file, and records what a page must not do: say something on the console,
// fail, or ask for anything but itself.
export async function open(browser, file, { width = 1280, height = 800, scheme = "light" } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
  const page = await context.newPage();
  const complaints = [];
  const url = pathToFileURL(file).href;
  page.on("console", m => complaints.push(`console: ${m.text()}`));
  page.on("pageerror", e => complaints.push(`error: ${e.message}`));
  page.on("dialog", d => { complaints.push(`dialog: ${d.message()}`); d.dismiss(); });
  page.on("request", r => { if (r.url() !== url) complaints.push(`request: ${r.url()}`); });
  await page.goto(url);
  return { page, complaints, close: () => context.close() };
}
