// The pictures of the README, taken from the built page.
import { mkdirSync } from "node:fs";
import { after, test } from "node:test";
import { launch, origins, visit } from "./support/browser.mjs";
import { Sightline } from "./support/sightline.mjs";

const browser = await launch(after);
const [{ url }] = await origins(after);

mkdirSync("docs", { recursive: true });

for (const colorScheme of ["light", "dark"]) {
  test(`the workspace is pictured, ${colorScheme}`, () =>
    visit(
      browser,
      url,
      async (page) => {
        const sightline = new Sightline(page);
        await sightline.example("Storage on selected networks");
        await sightline.shows("vm-jump");
        await sightline.drawnHops();
        await page.screenshot({ path: `docs/workspace-${colorScheme}.png`, animations: "disabled" });
      },
      { colorScheme },
    ));
}
