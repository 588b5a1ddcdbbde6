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

  async list(name) {
    await this.page.getByRole("tablist", { name: "Lists" }).getByRole("tab", { name }).click();
  }
}
