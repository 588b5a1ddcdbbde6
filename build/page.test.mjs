// What has to hold for the built file, read as bytes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { test } from "node:test";
import { hashSource, sizeLimit } from "./fold.mjs";
import { unpack } from "./unpack.js";

const page = readFileSync(process.env.SIGHTLINE_PAGE ?? "dist/sightline.html", "utf8");
const script = /<script>([^]*?)<\/script>/.exec(page)[1];
const style = /<style>([^]*?)<\/style>/.exec(page)[1];
const markup = page.replace(script, "").replace(style, "");
const [, packed, size] = /const packed = "([^"]+)";\s+const size = (\d+);/.exec(script);
const program = Buffer.from(await unpack(packed, Number(size)));

test("the policy stands in the file word for word, with the hashes of what is in it", () => {
  assert.equal(
    /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page)[1],
    `default-src 'none'; script-src '${hashSource(script)}' 'wasm-unsafe-eval'; ` +
      `style-src '${hashSource(style)}'; img-src blob: data:; worker-src blob:; ` +
      "connect-src 'none'; frame-src 'none'; form-action 'none'; base-uri 'none'",
  );
  assert.ok(page.indexOf("Content-Security-Policy") < page.indexOf("<style>"));
});

test("the markup points nowhere", () => {
  assert.doesNotMatch(markup, /src=|href=|<link|<iframe|<form/i);
  assert.equal(page.match(/<script/g).length, 1);
});

test("the file is small enough to send", () => {
  assert.ok(Buffer.byteLength(page) <= sizeLimit);
});

test("the program holds no path of the machine that built it", () => {
  const text = program.toString("latin1");
  for (const path of ["/root", "/home", "/Users", ".cargo", ".rustup", homedir(), process.cwd()]) {
    assert.ok(path === "/" || !text.includes(path), `the program holds ${path}`);
  }
});

test("neither the program nor its glue knows a way to send anything", () => {
  const glue = script.replace(/const packed = "[^"]+"/, "");
  const text = program.toString("latin1");
  for (const way of ["RTCPeerConnection", "WebSocket", "EventSource", "XMLHttpRequest", "sendBeacon"]) {
    assert.ok(!glue.includes(way) && !text.includes(way), `found ${way}`);
  }
  assert.doesNotMatch(glue, /window\.open|location\s*=|importScripts|snippets\//);
});
