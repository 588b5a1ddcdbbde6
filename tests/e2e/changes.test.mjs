// Fewest changes, what-if, comparison and intent, by roles and names.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { launch, origins, visit } from "./support/browser.mjs";
import { Sightline } from "./support/sightline.mjs";

const browser = await launch(after);
const [{ url }] = await origins(after);

const example = (name) => readFileSync(`public/examples/${name}`, "utf8");

/** The exposed workspace with its list of changes. */
async function opened(page) {
  const sightline = new Sightline(page);
  await sightline.example("ML workspace, exposed");
  await sightline.list("Changes");
  return sightline;
}

const part = (page, name) => page.getByRole("region", { name, exact: true });

test("a cut is tried as a what-if, told, and taken back", () =>
  visit(browser, url, async (page) => {
    await opened(page);
    const cuts = part(page, "Fewest changes");
    await cuts.getByRole("button", { name: /^Try the changes for All \d+ together$/ }).click();
    const banner = part(page, "What-if banner");
    await banner.getByText(/\d+ changes? tried/).waitFor();
    const whatIf = part(page, "What-if");
    const doors = whatIf.getByRole("list", { name: "Ways in that changed" });
    await doors.getByText("closed").first().waitFor();
    assert.equal(await doors.getByText("opened").count(), 0);
    const tried = whatIf.getByRole("list", { name: "Changes tried" }).getByRole("listitem");
    assert.ok((await tried.count()) > 1);
    await cuts.getByText("Nothing that holds models or data is open").waitFor();
    await banner.getByRole("button", { name: "Reset" }).click();
    await banner.waitFor({ state: "detached" });
    await cuts.getByRole("button", { name: /^Try the changes for All/ }).waitFor();
  }));

test("a line of a path is switched where it is shown", () =>
  visit(browser, url, async (page) => {
    const sightline = await opened(page);
    const button = sightline.path.getByRole("button", { name: /^What if: / }).first();
    await button.click();
    await part(page, "What-if banner").getByText("1 change tried").waitFor();
    await part(page, "What-if").getByRole("button", { name: /^Take back / }).click();
    await part(page, "What-if banner").waitFor({ state: "detached" });
  }));

test("an earlier version tells what opened since, and itself tells nothing", () =>
  visit(browser, url, async (page) => {
    await opened(page);
    const compare = part(page, "Compare");
    const choose = async (name) =>
      compare.getByLabel("Earlier version").setInputFiles({
        name,
        mimeType: "application/json",
        buffer: Buffer.from(example(name)),
      });
    await choose("exposed-workspace-fixed.json");
    await compare.getByText(/^Ways in: [1-9]\d* opened/).waitFor();
    await choose("exposed-workspace.json");
    await compare.getByText("Nothing differs.").waitFor();
    await compare.getByRole("button", { name: "Compare no more" }).click();
    await compare.getByText("Nothing differs.").waitFor({ state: "detached" });
  }));

test("expectations hold, and one that is turned round is told", () =>
  visit(browser, url, async (page) => {
    const sightline = new Sightline(page);
    const name = "storage-selected-networks.json";
    const text = example(`intent/${name}`);
    await sightline.choose({ [name]: example(name), "intent.json": text });
    await sightline.says("Reviewed");
    await sightline.list("Changes");
    await part(page, "Intent").getByText(/^All \d+ lines of the intent hold\.$/).waitFor();
    const turned = JSON.parse(text);
    turned.intent.expect.find((line) => line.id === "jump host").reach = "mustNot";
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await sightline.choose({ "intent.json": JSON.stringify(turned) });
    const deviations = part(page, "Intent").getByRole("list", { name: "Deviations" });
    await deviations.getByText(/which it must not/).first().waitFor();
  }));

test("an example opens with its intent, which holds", () =>
  visit(browser, url, async (page) => {
    await opened(page);
    await part(page, "Intent").getByText(/^All \d+ lines of the intent hold\.$/).waitFor();
  }));

test("a step that is left out leads nowhere, and a control that is ignored is said to be", () =>
  visit(browser, url, async (page) => {
    const sightline = new Sightline(page);
    await sightline.example("Storage on selected networks");
    await sightline.list("Assets");
    const row = (name) => sightline.assets.getByRole("row").filter({ hasText: name }).first();
    await row("vm-jump").click();
    await sightline.path.getByRole("button", { name: /^Leave it out: / }).first().click();
    await part(page, "What-if banner").getByText("1 change tried").waitFor();
    await row("vm-jump").filter({ hasText: /blocked/i }).waitFor();
    await part(page, "What-if banner").getByRole("button", { name: "Reset" }).click();
    await row("vm-jump").filter({ hasText: /reachable/i }).waitFor();
    await row("kv-training").click();
    await sightline.path.getByRole("button", { name: /^Ignore it: / }).first().click();
    await sightline.path.getByText("would deny (ignored)").first().waitFor();
  }));

test("an assumption that is not granted leaves undecided what rests on it", () =>
  visit(browser, url, async (page) => {
    const sightline = new Sightline(page);
    await sightline.example("Storage on selected networks");
    await sightline.list("Changes");
    const assumptions = part(page, "Assumptions");
    const box = assumptions.getByRole("checkbox", { name: /security admin rule/ });
    assert.ok(await box.isChecked());
    await assumptions.getByRole("button", { name: "vm-jump" }).waitFor();
    await box.click();
    await sightline.list("Assets");
    const row = sightline.assets.getByRole("row").filter({ hasText: "vm-jump" });
    await row.filter({ hasText: /undetermined/i }).waitFor();
  }));
