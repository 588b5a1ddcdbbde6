// A failing engine costs a worker and never the page; and a page without a worker still works.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { builtToCrash, launch, origins, visit } from "./support/browser.mjs";
import { Sightline } from "./support/sightline.mjs";
import { crashing, template } from "./support/templates.mjs";

const browser = await launch(after);
const [{ url: shipped }] = await origins(after);
const [{ url: crashes }] = await origins(after, builtToCrash);

for (const way of ["panic", "overflow"]) {
  test(`a template that ends the engine by ${way} leaves a message and a working page`, () =>
    visit(browser, crashes, async (page, watch) => {
      const sightline = new Sightline(page);
      await sightline.choose({ "good.json": template(2) });
      await sightline.says("Reviewed 1 file with 2 resources");

      await sightline.paste(crashing(way));
      await sightline.says("The engine failed");
      await sightline.problem.getByText("It has been started anew").waitFor();
      await sightline.chips.getByText("good.json").waitFor();

      await sightline.drop("more.json", template(3, 2));
      await sightline.says("Reviewed 2 files with 5 resources");
      const { violations, requests } = watch.take();
      assert.deepEqual([...violations, ...requests], []);
    }));
}

test("a review that does not end can be stopped, and the page goes on", () =>
  visit(browser, crashes, async (page) => {
    const sightline = new Sightline(page);
    await sightline.choose({ "good.json": template(2) });
    await sightline.says("Reviewed");
    await sightline.paste(crashing("hang"));
    await sightline.says("Reviewing");
    await page.getByRole("button", { name: "Stop" }).click();
    await sightline.says("The review was stopped");
    await sightline.drop("more.json", template(3, 2));
    await sightline.says("Reviewed 2 files with 5 resources");
  }));

test("where a worker is refused, the engine runs on the page's thread and says so", () =>
  visit(
    browser,
    shipped,
    async (page) => {
      const sightline = new Sightline(page);
      await sightline.choose({ "a.json": template(2) });
      await sightline.says("Reviewed 1 file with 2 resources");
      await page.getByText("it runs on the page's").waitFor();
    },
    {
      before: () => {
        globalThis.Worker = class {
          constructor() {
            throw new DOMException("refused for the test", "SecurityError");
          }
        };
      },
    },
  ));

test("the shipped page has no crash in it", () =>
  visit(browser, shipped, async (page) => {
    const sightline = new Sightline(page);
    await sightline.choose({ "a.json": crashing("panic") });
    await sightline.says("Reviewed");
  }));
