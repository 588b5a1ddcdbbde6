// Nothing leaves the page, and the page says how to check that.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { launch, origins, visit } from "./support/browser.mjs";
import { Sightline } from "./support/sightline.mjs";
import { template } from "./support/templates.mjs";

const browser = await launch(after);
const places = await origins(after);

// Where everything that gets out would arrive.
let arrived = [];
let onArrival = () => {};
const sink = createServer((request, answer) => {
  if (request.url === "/bare") {
    answer.setHeader("content-type", "text/html").end("<!doctype html><title>No policy</title>");
    return;
  }
  if (request.url !== "/favicon.ico") arrive(request.url);
  answer.end();
});
sink.on("upgrade", (request, socket) => {
  arrive(request.url);
  socket.destroy();
});
function arrive(path) {
  arrived.push(path);
  onArrival();
}
before(() => new Promise((resolve) => sink.listen(0, "127.0.0.1", resolve)));
after(() => sink.close());

/** Ways to send something away, run in the page. */
const attempts = {
  fetch: (to) => fetch(to).catch(() => {}),
  sendBeacon: (to) => navigator.sendBeacon(to, "secret"),
  image: (to) =>
    new Promise((resolve) => {
      const image = new Image();
      image.onload = image.onerror = resolve;
      image.src = to;
    }),
  form: (to) => {
    const form = document.createElement("form");
    form.action = to;
    form.method = "post";
    document.body.append(form);
    form.submit();
  },
  WebSocket: (to) => {
    try {
      new WebSocket(to.replace("http", "ws"));
    } catch {
      // Refused at once is as good as refused later.
    }
  },
  XMLHttpRequest: (to) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.onloadend = resolve;
      request.open("POST", to);
      request.send("secret");
    }),
  script: (to) =>
    new Promise((resolve) => {
      const script = document.createElement("script");
      script.onload = script.onerror = resolve;
      script.src = to;
      document.body.append(script);
    }),
  frame: (to) => {
    const frame = document.createElement("iframe");
    frame.src = to;
    document.body.append(frame);
  },
  "style sheet": (to) => {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = to;
    document.head.append(style);
  },
  "fetch in a worker": (to) =>
    new Promise((resolve) => {
      // A worker's violations are its own: it hands them on to the page.
      const source = `
        addEventListener("securitypolicyviolation", (event) => postMessage(event.blockedURI));
        fetch(${JSON.stringify(to)}).then(() => postMessage(""), () => postMessage(""));`;
      const worker = new Worker(URL.createObjectURL(new Blob([source])));
      worker.onerror = resolve;
      worker.onmessage = ({ data }) => {
        if (data) globalThis.reportViolation?.(`connect-src ${data}`);
        resolve();
      };
    }),
};

const sinkUrl = (path) => `http://127.0.0.1:${sink.address().port}/${encodeURIComponent(path)}`;

for (const [way, attempt] of Object.entries(attempts)) {
  test(`${way} would get out of a page without the policy`, async () => {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      await page.goto(sinkUrl("bare"));
      const arrival = new Promise((resolve) => {
        onArrival = resolve;
      });
      // Submitting the form takes the page away, and the answer with it.
      await page.evaluate(attempt, sinkUrl(way)).catch(() => {});
      await arrival;
      assert.equal(arrived[0], `/${encodeURIComponent(way)}`);
    } finally {
      await context.close();
      arrived = [];
    }
  });
}

for (const { name, url } of places) {
  for (const [way, attempt] of Object.entries(attempts)) {
    test(`opened from ${name}, nothing gets out by ${way}`, () =>
      visit(browser, url, async (page, watch) => {
        await new Sightline(page).says("Ready");
        const refused = watch.violation();
        await page.evaluate(attempt, sinkUrl(way));
        await refused;
        watch.take();
        assert.deepEqual(arrived, []);
      }));
  }

  test(`opened from ${name}, a whole review asks for nothing`, () =>
    visit(browser, url, async (page, watch) => {
      const sightline = new Sightline(page);
      await sightline.choose({ "a.json": template(50) });
      await sightline.says("Reviewed");
      await page.getByText("0 requests since load").waitFor();
      assert.deepEqual(watch.requests, []);
    }));
}

test("the page shows the policy in force, its hash and how to check", () =>
  visit(browser, places[0].url, async (page) => {
    await page.getByText("Nothing you load leaves this page.").click();
    const policy = await page.locator("meta[http-equiv]").getAttribute("content");
    await page.getByText(policy, { exact: true }).waitFor();
    await page.getByText(/sha256-[^']+/.exec(policy)[0], { exact: true }).waitFor();
    await page.getByText("Switch the network off").waitFor();
  }));
