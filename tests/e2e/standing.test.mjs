// Where the attacker and the estate stand, as the reviewer says.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch, origins, visit } from "./support/browser.mjs";
import { Sightline } from "./support/sightline.mjs";

const browser = await launch(after);
const [{ url }] = await origins(after);

test("the attacker starts where the reviewer says, and nowhere that there is not", () =>
  visit(browser, url, async (page) => {
    const sightline = new Sightline(page);
    await sightline.example("Storage on selected networks");
    await sightline.assets.getByRole("button", { name: "vm-jump" }).waitFor();
    await sightline.list("Paths");
    const from = page.getByRole("combobox", { name: "Attacker starts at" });
    const names = await page
      .locator("#footholds option")
      .evaluateAll((options) => options.map((option) => option.value));
    const identity = names.find((name) => name.startsWith("identity:"));
    assert.ok(identity, names.join());
    const before = await page.getByRole("banner").innerText();

    await from.fill("nowhere");
    await from.press("Enter");
    await sightline.problem.getByText("nothing is called nowhere").waitFor();
    assert.equal(await page.getByRole("banner").innerText(), before);

    await from.fill(identity);
    await from.press("Enter");
    await page.waitForFunction(
      (before) => document.querySelector("header").innerText !== before,
      before,
    );
  }));

test("the templates are deployed where the reviewer says", () =>
  visit(browser, url, async (page) => {
    const sightline = new Sightline(page);
    await sightline.choose({
      "a.json": JSON.stringify({
        resources: [
          {
            type: "Microsoft.KeyVault/vaults",
            apiVersion: "2023-07-01",
            name: "[concat('kv-', resourceGroup().name)]",
            properties: {},
          },
        ],
      }),
    });
    await sightline.says("Reviewed");
    await sightline.assets.getByText("kv-rg-example").first().waitFor();
    await sightline.list("Parameters");
    await page.getByText("Where it is deployed").click();
    const group = page.getByRole("textbox", { name: "Resource group" });
    await group.fill("rg-mine");
    await group.press("Enter");
    await sightline.list("Assets");
    await sightline.assets.getByText("kv-rg-mine").first().waitFor();
  }));
