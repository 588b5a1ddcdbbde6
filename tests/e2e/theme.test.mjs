// Themes, narrow screens, keys, and what axe has to say to every screen.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { launch, origins, visit } from "./support/browser.mjs";
import { Sightline } from "./support/sightline.mjs";
import { broken, template } from "./support/templates.mjs";

const browser = await launch(after);
const [{ url }] = await origins(after);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds on the page as it stands. */
async function accessibility(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
}

async function storage(sightline) {
  await sightline.example("Storage on selected networks");
  await sightline.shows("vm-jump");
}

const screens = {
  start: async (sightline) => {
    await sightline.says("Ready");
    await sightline.page.getByText("How to check").click();
  },
  "start with an error": async (sightline) => {
    await sightline.type(broken);
    await sightline.problem.waitFor();
  },
  "a path": async (sightline) => {
    await storage(sightline);
    await sightline.hops();
  },
  "the review at a glance": async (sightline) => {
    await storage(sightline);
    await sightline.path.getByRole("button", { name: "Close selection" }).click();
    await sightline.path.getByText("Worst paths").waitFor();
  },
  "a finding": async (sightline) => {
    await storage(sightline);
    await sightline.list("Findings");
    await sightline.findings.getByRole("row").nth(1).getByRole("button").click();
    await sightline.path.getByText("About this rule").click();
  },
  paths: async (sightline) => {
    await storage(sightline);
    await sightline.list("Paths");
    await sightline.page.getByRole("table", { name: "Paths" }).getByRole("row").nth(1).waitFor();
  },
  questions: async (sightline) => {
    await sightline.example("Export with open parameters");
    await sightline.list("Questions");
    await sightline.page.getByRole("region", { name: "Questions" }).waitFor();
  },
  parameters: async (sightline) => {
    await sightline.example("Export with open parameters");
    await sightline.list("Parameters");
    await sightline.page.getByRole("region", { name: "Parameters" }).waitFor();
  },
  coverage: async (sightline) => {
    await sightline.choose({ "a.json": template(3), "b.json": broken });
    await sightline.says("Reviewed");
    await sightline.list("Coverage");
    await sightline.coverage.getByText("Types").waitFor();
  },
  "the template": async (sightline) => {
    await storage(sightline);
    await sightline.path.getByTitle("Show in the template").first().click();
    await sightline.page.getByRole("region", { name: "Template source" }).locator("code").first().waitFor();
  },
  search: async (sightline) => {
    await storage(sightline);
    await sightline.page.keyboard.press("Control+k");
    await sightline.page.getByRole("listbox", { name: "Found" }).getByRole("option").first().waitFor();
  },
  keys: async (sightline) => {
    await storage(sightline);
    await sightline.page.keyboard.press("?");
    await sightline.page.getByRole("dialog", { name: "Keys" }).waitFor();
  },
  help: async (sightline) => {
    await sightline.says("Ready");
    await sightline.page.getByRole("button", { name: "Help" }).click();
    await sightline.page.getByRole("dialog", { name: "Help" }).waitFor();
  },
  "dialog for more files": async (sightline) => {
    await sightline.choose({ "a.json": template(3) });
    await sightline.says("Reviewed");
    await sightline.page.getByRole("button", { name: "Add" }).click();
    await sightline.page.getByRole("dialog").waitFor();
  },
};

for (const colorScheme of ["light", "dark"]) {
  for (const [width, height] of [[1440, 900], [390, 844]]) {
    for (const [name, show] of Object.entries(screens)) {
      if (width < 900 && name !== "start") continue;
      test(`axe finds nothing on ${name}, ${colorScheme}, ${width} wide`, () =>
        visit(
          browser,
          url,
          async (page) => {
            await show(new Sightline(page));
            assert.deepEqual(await accessibility(page), []);
          },
          { colorScheme, viewport: { width, height } },
        ));
    }
  }
}

const background = (page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

test("the theme follows the system, and a forced one beats it", () =>
  visit(
    browser,
    url,
    async (page) => {
      const sightline = new Sightline(page);
      await sightline.says("Ready");
      const dark = await background(page);
      await sightline.theme.click();
      assert.equal(await page.getAttribute("html", "data-theme"), "light");
      const light = await background(page);
      assert.notEqual(light, dark);
      await sightline.theme.click();
      assert.equal(await background(page), dark);
      await page.evaluate(() => document.documentElement.setAttribute("data-theme", "light"));
      assert.equal(await background(page), light);
    },
    { colorScheme: "dark" },
  ));

test("on a narrow screen the panes become tabs, the diagram first", () =>
  visit(
    browser,
    url,
    async (page) => {
      const sightline = new Sightline(page);
      await sightline.choose({ "a.json": template(3) });
      await sightline.says("Reviewed");
      assert.ok(await sightline.diagram.isVisible());
      assert.ok(!(await sightline.path.isVisible()));
      const panes = page.getByRole("tablist", { name: "Panes" });
      await panes.getByRole("tab", { name: "Path" }).click();
      assert.ok(await sightline.path.isVisible());
      assert.ok(!(await sightline.diagram.isVisible()));
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      assert.ok(!sideways, "the page scrolls sideways");
      assert.deepEqual(await accessibility(page), []);
    },
    { viewport: { width: 390, height: 844 } },
  ));

test("a template is reviewed by keyboard alone, and the lists are walked by arrows", () =>
  visit(browser, url, async (page) => {
    const sightline = new Sightline(page);
    await sightline.says("Ready");
    const focused = () => page.evaluate(() => document.activeElement?.id ?? "");
    for (let step = 0; step < 20 && (await focused()) !== "template-text"; step += 1) {
      await page.keyboard.press("Tab");
    }
    assert.equal(await focused(), "template-text");
    await page.keyboard.insertText(template(2));
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await sightline.says("Reviewed 1 file with 2 resources");
    const tabs = page.getByRole("tablist", { name: "Lists" }).getByRole("tab");
    await tabs.first().focus();
    await page.keyboard.press("ArrowLeft");
    assert.equal(await tabs.last().getAttribute("aria-selected"), "true");
    await page.getByRole("region", { name: "Fewest changes" }).waitFor();
    await page.keyboard.press("ArrowLeft");
    await sightline.coverage.getByText("pasted.json").waitFor();
  }));
