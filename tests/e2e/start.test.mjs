// The ways in: file, text box, paste, drop, example.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { launch, origins, visit } from "./support/browser.mjs";
import { Sightline } from "./support/sightline.mjs";
import { broken, template } from "./support/templates.mjs";

const browser = await launch(after);
const places = await origins(after);

for (const { name, url } of places) {
  describe(`opened from ${name}`, () => {
    test("a template comes in by file", () =>
      visit(browser, url, async (page) => {
        const sightline = new Sightline(page);
        await sightline.choose({ "a.json": template(3) });
        assert.match(await sightline.says("Reviewed"), /^Reviewed 1 file with 3 resources/);
        await sightline.diagram.waitFor();
      }));

    test("a template comes in by the text box", () =>
      visit(browser, url, async (page) => {
        const sightline = new Sightline(page);
        await sightline.type(template(2));
        await sightline.says("Reviewed 1 file with 2 resources");
      }));

    test("a template comes in by paste, wherever the focus is", () =>
      visit(browser, url, async (page) => {
        const sightline = new Sightline(page);
        await sightline.says("Ready");
        await sightline.paste(template(1));
        await sightline.says("Reviewed 1 file with 1 resource");
      }));

    test("a template comes in by drop, anywhere", () =>
      visit(browser, url, async (page) => {
        const sightline = new Sightline(page);
        await sightline.says("Ready");
        await sightline.drop("dropped.json", template(1));
        await sightline.says("Reviewed");
        await sightline.chips.getByText("dropped.json").waitFor();
      }));
  });
}

const { url } = places[0];

test("every example opens and is reviewed", () =>
  visit(browser, url, async (page) => {
    const sightline = new Sightline(page);
    const examples = page.getByRole("region", { name: "Or open an example" }).getByRole("button");
    await examples.first().waitFor();
    const count = await examples.count();
    assert.equal(count, 5);
    for (let at = 0; at < count; at += 1) {
      await examples.nth(at).click();
      const status = await sightline.says("Reviewed");
      assert.doesNotMatch(status, /remark/, `example ${at + 1} has remarks about its input`);
      await page.getByRole("button", { name: "New review" }).click();
      await sightline.says("Ready");
    }
  }));

test("a parse error shows line, column and excerpt, and what was typed stays", () =>
  visit(browser, url, async (page) => {
    const sightline = new Sightline(page);
    await sightline.type(broken);
    assert.match(await sightline.says("Not reviewed"), /pasted\.json, line \d+, column \d+/);
    const excerpt = sightline.problem.getByLabel("Template excerpt");
    assert.match(await excerpt.textContent(), /"name"/);
    assert.match(await excerpt.textContent(), /\^/);
    assert.equal(await sightline.text.inputValue(), broken);
  }));

test("a bad file leaves the review that is there, and the good files beside it", () =>
  visit(browser, url, async (page) => {
    const sightline = new Sightline(page);
    await sightline.choose({ "good.json": template(4) });
    await sightline.says("Reviewed");
    await page.getByRole("button", { name: "Add" }).click();
    await sightline.choose({ "bad.json": broken });
    await sightline.says("Reviewed 1 file with 4 resources");
    await sightline.coverage.getByText("bad.json, line").waitFor();
  }));

test("what is no template is refused with the reason, and the review that is there stays", () =>
  visit(browser, url, async (page) => {
    const sightline = new Sightline(page);
    await sightline.choose({ "good.json": template(4) });
    await sightline.says("Reviewed");
    await page.getByRole("button", { name: "Remove good.json" }).waitFor();
    await page.getByRole("button", { name: "New review" }).click();
    await sightline.choose({ "list.json": "[1, 2]" });
    assert.match(await sightline.says("Not reviewed"), /list\.json.*no template/);
  }));

test("several files make one estate, and one can be taken out again", () =>
  visit(browser, url, async (page) => {
    const sightline = new Sightline(page);
    await sightline.choose({ "a.json": template(1), "b.json": template(2, 1) });
    await sightline.says("Reviewed 2 files with 3 resources");
    await page.getByRole("button", { name: "Remove a.json" }).click();
    await sightline.says("Reviewed 1 file with 2 resources");
  }));
