// The workspace: what is selected in one place is selected everywhere, by mouse and by keyboard.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch, origins, visit } from "./support/browser.mjs";
import { Sightline } from "./support/sightline.mjs";
import { broken } from "./support/templates.mjs";

const browser = await launch(after);
const [{ url }] = await origins(after);

/** Opens the storage example, whose machine `vm-jump` is the worst door. */
async function opened(page) {
  const sightline = new Sightline(page);
  await sightline.example("Storage on selected networks");
  await sightline.assets.getByRole("button", { name: "vm-jump" }).waitFor();
  return sightline;
}

const current = (table) => table.locator("[aria-current=true]");

test("the worst path is selected at once, in the table, the picture and the inspector", () =>
  visit(browser, url, async (page) => {
    const sightline = await opened(page);
    await sightline.shows("vm-jump");
    assert.deepEqual(await sightline.hops(), await sightline.drawnHops());
    assert.match(await current(sightline.assets).textContent(), /vm-jump/);
    const box = sightline.diagram.getByRole("button", { name: /^vm-jump/, pressed: true });
    assert.ok(await box.isVisible());
    const excerpt = sightline.path.getByLabel("Template excerpt").first();
    assert.ok((await excerpt.locator("mark").count()) > 0, "the deciding words are marked");
  }));

test("a path is selected by mouse: in the table, in the picture, in the list of paths", () =>
  visit(browser, url, async (page) => {
    const sightline = await opened(page);
    await sightline.assets.getByRole("button", { name: /^sttraining blob/ }).click();
    await sightline.shows("sttraining");
    await sightline.diagram.getByRole("button", { name: /^sttraining/, pressed: true }).waitFor();

    await sightline.diagram.getByRole("button", { name: /^vm-jump/ }).click();
    await sightline.shows("vm-jump");
    assert.match(await current(sightline.assets).textContent(), /vm-jump/);

    await sightline.list("Paths");
    const paths = page.getByRole("table", { name: "Paths" });
    await paths.getByRole("button", { name: /sttraining/ }).first().click();
    await sightline.shows("sttraining");
  }));

test("a path is selected by keyboard: in the table and in the picture", () =>
  visit(browser, url, async (page) => {
    const sightline = await opened(page);
    await sightline.shows("vm-jump");
    await sightline.assets.getByRole("button", { name: "vm-jump" }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await sightline.path.getByRole("heading", { level: 2, name: "vm-jump" }).waitFor({ state: "detached" });
    assert.notEqual(await current(sightline.assets).count(), 0);

    await sightline.picture.focus();
    await page.keyboard.press("Home");
    const active = async () => {
      const id = await sightline.picture.getAttribute("aria-activedescendant");
      return page.locator(`#${id} > title`).textContent();
    };
    assert.match(await active(), /^Internet/i);
    await page.keyboard.press("m");
    await page.keyboard.press("ArrowRight");
    for (let step = 0; step < 8 && !/^pip-jump/.test(await active()); step += 1) {
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("ArrowRight");
    assert.match(await active(), /^vm-jump/);
    await page.keyboard.press("Enter");
    await sightline.shows("vm-jump");
    await page.keyboard.press("Escape");
    await sightline.path.getByText("The review at a glance").waitFor();
  }));

test("the picture is zoomed, panned and fitted without dragging, and by dragging", () =>
  visit(browser, url, async (page) => {
    const sightline = await opened(page);
    const place = () => sightline.picture.locator(".drawn > g").getAttribute("transform");
    const fitted = await place();
    const tools = sightline.diagram.getByRole("group", { name: "Zoom" });
    await tools.getByRole("button", { name: "Larger" }).click();
    assert.notEqual(await place(), fitted);
    await tools.getByRole("button", { name: "Fit" }).click();
    assert.equal(await place(), fitted);
    await sightline.picture.focus();
    await page.keyboard.press("Shift+ArrowRight");
    const panned = await place();
    assert.notEqual(panned, fitted);
    await page.keyboard.press("f");
    assert.equal(await place(), fitted);
    const box = await sightline.picture.boundingBox();
    await page.mouse.move(box.x + 5, box.y + box.height - 5);
    await page.mouse.down();
    await page.mouse.move(box.x + 65, box.y + box.height - 45, { steps: 4 });
    await page.mouse.up();
    assert.notEqual(await place(), fitted);
    await sightline.shows("vm-jump");
  }));

test("a layer is switched on and off", () =>
  visit(browser, url, async (page) => {
    const sightline = await opened(page);
    const boxes = sightline.diagram.getByRole("button", { name: /^privatelink\.vault/ });
    assert.equal(await boxes.count(), 0);
    const layer = sightline.diagram.getByRole("button", { name: "DNS", exact: true });
    await layer.click();
    assert.equal(await layer.getAttribute("aria-pressed"), "true");
    await boxes.first().waitFor();
  }));

test("a finding leads to its resource, and its rule is explained", () =>
  visit(browser, url, async (page) => {
    const sightline = await opened(page);
    await sightline.list("Findings");
    await sightline.findings.getByRole("row").nth(1).getByRole("button").click();
    const finding = sightline.path.getByRole("region", { name: "Finding", exact: true });
    await finding.waitFor();
    await finding.getByText("What to do").waitFor();
    await finding.getByText("About this rule").click();
  }));

test("a line of the template is shown, and leads back", () =>
  visit(browser, url, async (page) => {
    const sightline = await opened(page);
    await sightline.path.getByTitle("Show in the template").first().click();
    const source = page.getByRole("region", { name: "Template source" });
    await source.getByText("storage-selected-networks.json").first().waitFor({ state: "attached" });
    await source.getByRole("button", { name: "Next mark" }).click();
    await source.getByRole("button", { name: "Diagram" }).click();
    assert.ok(await sightline.diagram.isVisible());
  }));

test("a typed value decides at once, and can be taken back", () =>
  visit(browser, url, async (page) => {
    const sightline = new Sightline(page);
    await sightline.example("Export with open parameters");
    const count = () => sightline.assets.getByText(/^Conditional$/).count();
    await sightline.assets.getByRole("row").nth(1).waitFor();
    const before = await count();
    assert.ok(before > 0, "something is conditional");
    await sightline.list("Parameters");
    const field = page.getByRole("region", { name: "Parameters" }).getByRole("combobox").first();
    await field.selectOption({ index: 1 });
    await page.getByText("1 value is typed here").waitFor();
    await sightline.list("Assets");
    await sightline.assets.getByRole("row").nth(1).waitFor();
    assert.ok((await count()) < before, "the value settles something");
    await sightline.list("Parameters");
    await page.getByRole("button", { name: /^Take the typed value/ }).click();
    await page.getByText("1 value is typed here").waitFor({ state: "detached" });
  }));

test("a parse error keeps the review, its selection and its picture", () =>
  visit(browser, url, async (page) => {
    const sightline = await opened(page);
    await sightline.shows("vm-jump");
    await sightline.paste(broken);
    await sightline.coverage.getByText(/pasted\.json, line \d+, column \d+/).waitFor();
    assert.ok((await sightline.coverage.getByLabel("Template excerpt").count()) > 0);
    await sightline.shows("vm-jump");
    assert.ok(await sightline.diagram.getByRole("button", { name: /^vm-jump/ }).isVisible());
  }));

test("something is found by search and by a command", () =>
  visit(browser, url, async (page) => {
    const sightline = await opened(page);
    await page.keyboard.press("Control+k");
    const field = page.getByRole("combobox", { name: "Search and commands" });
    await field.fill("stlogs");
    await page.getByRole("listbox", { name: "Found" }).getByRole("option", { name: /stlogs/ }).first().waitFor();
    await page.keyboard.press("Enter");
    await sightline.shows("stlogs");
    await sightline.path.getByRole("list", { name: "Blockers" }).waitFor();
    await page.keyboard.press("Control+k");
    await field.fill("coverage");
    await page.getByRole("option", { name: /Show coverage/ }).waitFor();
    await page.keyboard.press("Enter");
    await sightline.coverage.waitFor();
  }));
