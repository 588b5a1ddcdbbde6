// From the internet over a machine and its identity to storage, read from the page hop by hop.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch, origins, visit } from "./support/browser.mjs";
import { Sightline } from "./support/sightline.mjs";

const browser = await launch(after);
const [{ url }] = await origins(after);

const way = [
  "Internet -> pip-jump",
  "pip-jump -> nic-jump",
  "nic-jump -> vm-jump",
  "vm-jump -> id-training",
  "id-training -> sttraining",
];

test("the way by an identity is a row of the paths, and each step after the break-in says so", () =>
  visit(browser, url, async (page) => {
    const sightline = new Sightline(page);
    await sightline.example("Storage on selected networks");
    await sightline.list("Paths");
    const paths = page.getByRole("table", { name: "Paths" });
    const row = paths
      .getByRole("row")
      .filter({ hasText: /vm-jump.*id-training.*sttraining/ })
      .filter({ hasText: "5 hops, after a break-in" })
      .first();
    await row.getByRole("button").click();
    await sightline.shows("sttraining");
    assert.deepEqual(await sightline.hops(), way);
    const hops = sightline.path.getByRole("list", { name: "Hops" }).locator("> li");
    const marked = await hops.filter({ hasText: "After a break-in" }).count();
    assert.equal(marked, 2, "the step to the identity and the one from it");
    await sightline.path.getByText("This path begins with breaking into").waitFor();
    const last = hops.last();
    assert.match(await last.textContent(), /Storage Blob Data Contributor/);
    await last.getByRole("button", { name: /^storage-selected-networks\.json:\d+$/ }).first().waitFor();
    // The verdict about the door is that of its network alone.
    await sightline.path.getByText("It does not change the verdict").waitFor();
  }));
