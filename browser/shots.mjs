// Takes the screenshots that a person looks at: node shots.mjs [FOLDER].
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { folder, launch, open, sample } from "./chromium.mjs";

const shots = process.argv[2] || join(folder, "shots");
mkdirSync(shots, { recursive: true });
const browser = await launch();
for (const name of ["12", "150", "1000"]) {
  for (const [width, height] of [[400, 800], [1280, 800], [2560, 1440]]) {
    for (const scheme of ["light", "dark"]) {
      const { page, close } = await open(browser, sample(name, "html"), { width, height, scheme });
      await page.screenshot({ path: join(shots, `${name}-${width}-${scheme}.png`) });
      if (width === 1280) {
        await page.locator("svg:not(.off) .node").nth(name === "12" ? 3 : 20).evaluate(e => e.dispatchEvent(new MouseEvent("click", { bubbles: true })));
        await page.screenshot({ path: join(shots, `${name}-${width}-${scheme}-chosen.png`) });
      }
      await close();
    }
  }
}
for (const name of ["hostile", "cycle", "two", "many", "sites", "alone", "limits"]) {
  const { page, close } = await open(browser, sample(name, "html"));
  await page.screenshot({ path: join(shots, `${name}.png`) });
  await close();
}
await browser.close();
