// The page as people find it: by roles and names.
import { Buffer } from "node:buffer";

export class Sightline {
  constructor(page) {
    this.page = page;
    this.files = page.getByLabel("Template files");
    this.text = page.getByRole("textbox", { name: "Template" });
    this.review = page.getByRole("button", { name: "Review", exact: true });
    this.status = page.getByRole("status", { name: "Review status" });
    this.problem = page.getByRole("region", { name: "Problem" });
    this.diagram = page.getByRole("region", { name: "Diagram" });
    this.path = page.getByRole("region", { name: "Path" });
    this.assets = page.getByRole("table", { name: "Assets" });
    this.findings = page.getByRole("table", { name: "Findings" });
    this.picture = this.diagram.getByRole("application", { name: "Network picture" });
    this.coverage = page.getByRole("region", { name: "Coverage" });
    this.chips = page.getByRole("list", { name: "Files" });
    this.theme = page.getByRole("button", { name: /^Theme/ });
  }

  /** Hands `files` (name to text) to the file input. */
  async choose(files) {
    await this.files.setInputFiles(
      Object.entries(files).map(([name, text]) => ({
        name,
        mimeType: "application/json",
        buffer: Buffer.from(text),
      })),
    );
  }

  /** Types `text` and reviews it. */
  async type(text) {
    await this.text.fill(text);
    await this.review.click();
  }

  /** Pastes `text` on the page, as Ctrl+V outside of any text box does. */
  async paste(text) {
    await this.page.evaluate((pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", pasted);
      document.body.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
      );
    }, text);
  }

  /** Drops a file on the page. */
  async drop(name, text) {
    await this.page.evaluate(
      ([name, text]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], name));
        const drop = { dataTransfer, bubbles: true, cancelable: true };
        document.body.dispatchEvent(new DragEvent("dragover", drop));
        document.body.dispatchEvent(new DragEvent("drop", drop));
      },
      [name, text],
    );
  }

  /** Waits until the status begins with `words`. */
  async says(words) {
    await this.page
      .getByRole("status", { name: "Review status" })
      .filter({ hasText: new RegExp(`^${words}`) })
      .waitFor();
    return this.status.textContent();
  }

  /** Opens the bundled example whose title begins with `title`. */
  async example(title) {
    await this.page.getByRole("button", { name: new RegExp(`^${title}`) }).click();
    await this.says("Reviewed");
  }

  /** Waits until the path that is shown says `words` in its heading. */
  async shows(words) {
    await this.path.getByRole("heading", { level: 2, name: words }).waitFor();
  }

  /** The hops of the path that is shown: `["internet -> pip-jump", …]`. */
  async hops() {
    const headings = this.path.getByRole("list", { name: "Hops" }).getByRole("heading");
    await headings.first().waitFor();
    return (await headings.allTextContents()).map((text) =>
      text.replace(/^Hop \d+: /, "").replace(" → ", " -> "),
    );
  }

  /** The same as the picture tells it to those who do not see it. */
  async drawnHops() {
    const items = this.diagram.getByRole("list", { name: "Selected path" }).getByRole("listitem");
    await items.first().waitFor();
    return (await items.allTextContents()).map((text) =>
      text.replace(/^hop \d+ of \d+: /, "").replace(" to ", " -> "),
    );
  }

  async list(name) {
    await this.page.getByRole("tablist", { name: "Lists" }).getByRole("tab", { name }).click();
  }
}
