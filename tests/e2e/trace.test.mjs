// The worst path, read from the page by roles and names alone, is the one that the native program
// traces.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, test } from "node:test";
import { launch, origins, visit } from "./support/browser.mjs";
import { trace } from "./support/native.mjs";
import { Sightline } from "./support/sightline.mjs";

const browser = await launch(after);
const [{ url }] = await origins(after);

const examples = [
  "exposed-workspace",
  "exposed-workspace-fixed",
  "private-hub-and-spoke",
  "storage-selected-networks",
  "open-parameters",
].map((name) => `public/examples/${name}.json`);
const corpus = ["exp-hubspoke-lab", "openai-search-sql-cosmos-bot-rag", "aml-network-restricted"].map(
  (name) => `../shared/corpus/${name}.json`,
);

/** The full name of the door in the first row of the table of assets. */
async function worst(sightline) {
  const button = sightline.assets.getByRole("row").nth(1).getByRole("button");
  await button.waitFor();
  await button.click();
  const name = await button.locator("..").textContent();
  return name.trim().split(" ")[0];
}

for (const file of [...examples, ...corpus]) {
  const skip = existsSync(file) ? false : "the corpus is not beside the repository";
  test(`the worst path of ${file} is the one that trace tells`, { skip }, () =>
    visit(browser, url, async (page) => {
      const sightline = new Sightline(page);
      await sightline.files.setInputFiles(file);
      await sightline.says("Reviewed");
      const name = await worst(sightline);
      await sightline.shows(name.split("/").at(-1));
      const doors = trace(file, name);
      const text = (await sightline.path.textContent()).replaceAll("`", "");
      const door = doors.find(({ sentence }) => text.includes(sentence.replaceAll("`", "")));
      assert.ok(door, `no sentence of ${JSON.stringify(doors)} stands in the path`);
      if (door.paths.length === 0) {
        await sightline.path.getByRole("list", { name: "Blockers" }).waitFor();
        return;
      }
      assert.deepEqual(await sightline.hops(), door.paths[0]);
      assert.deepEqual(await sightline.drawnHops(), door.paths[0]);
    }),
  );
}
