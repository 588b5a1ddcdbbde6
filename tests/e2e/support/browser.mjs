// Chromium with the built page, watched: whatever the page should never do fails the test.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { findChromium } from "../../../build/chromium.mjs";
import { serve } from "../../../build/serve.mjs";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const built = resolve(process.env.SIGHTLINE_PAGE ?? "dist/sightline.html");
export const builtToCrash = resolve(
  process.env.SIGHTLINE_CRASH_PAGE ?? "target/one-file/crash-test.html",
);

/** A browser, closed after the tests of the file. */
export async function launch(after) {
  const executablePath = findChromium();
  assert.ok(executablePath, "no Chromium: run `make test`, which installs it where it can");
  const browser = await chromium.launch({ executablePath, args: flags });
  after(() => browser.close());
  return browser;
}

/** The two ways to open `file`: from disk, and from a server that counts what it is asked. */
export async function origins(after, file = built) {
  const server = await serve(file, 0);
  after(() => server.close());
  return [
    { name: "file", url: pathToFileURL(file).href },
    { name: "server", url: `http://127.0.0.1:${server.address().port}/some/where/` },
  ];
}

/** What a page did that it should not have. */
class Watch {
  violations = [];
  errors = [];
  requests = [];

  constructor(page, url) {
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(message.text());
    });
    page.on("pageerror", (error) => this.errors.push(error.message));
    page.context().on("request", (request) => {
      const asked = request.url();
      if (asked !== url && !/^(blob|data):/.test(asked)) this.requests.push(asked);
    });
  }

  /** Settles when the browser next reports that it refused something. */
  violation() {
    return new Promise((resolve) => {
      this.onViolation = resolve;
    });
  }

  violate(violation) {
    this.violations.push(violation);
    this.onViolation?.();
  }

  /** Fails on anything that happened and was not expected. */
  check() {
    assert.deepEqual(this.violations, [], "policy violations");
    assert.deepEqual(this.errors, [], "errors on the console");
    assert.deepEqual(this.requests, [], "requests after the document");
  }

  /** Forgets what the test provoked, and returns it. */
  take() {
    const taken = { violations: this.violations, errors: this.errors, requests: this.requests };
    Object.assign(this, { violations: [], errors: [], requests: [] });
    return taken;
  }
}

/**
 * Runs `journey` on a fresh page at `url`, and fails if the page broke its promises on the way.
 * `options` are those of a browser context; `before` runs in the page before its own program.
 */
export async function visit(browser, url, journey, { before, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const watch = new Watch(page, url);
    await page.exposeBinding("reportViolation", (_, violation) => watch.violate(violation));
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) =>
        globalThis.reportViolation(`${event.effectiveDirective} ${event.blockedURI}`),
      );
    });
    if (before) await page.addInitScript(before);
    await page.goto(url);
    await journey(page, watch);
    watch.check();
  } finally {
    await context.close();
  }
}
