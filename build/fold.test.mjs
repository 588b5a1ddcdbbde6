import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { createHash } from "node:crypto";
import { escapeScript, foldPage, foldScript, hashSource, linkedSheets } from "./fold.mjs";

const html = `<!doctype html>
<html><head><meta charset="utf-8"><!-- policy -->
<link rel="stylesheet" href="/a.css" crossorigin="anonymous" />
<link href="./b.css" rel="stylesheet">
<link rel="preload" href="/app_bg.wasm" as="fetch"><link rel="modulepreload" href="/app.js">
</head><body><p>Waiting</p>
<script src="/app.js"></script><script>begin()</script>
</body></html>`;

const start = 'const g = () => { /* GLUE */ }; const p = "PROGRAM"; const i = "ICON";';

test("the policy names exactly what the page needs, by hash", () => {
  const page = foldPage({ html, style: "p{}", script: "go()" });
  const sha = (text) => createHash("sha256").update(text).digest("base64");
  assert.match(page, /<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy"/);
  assert.equal(
    /content="([^"]*)"/.exec(page)[1],
    `default-src 'none'; script-src 'sha256-${sha("go()")}' 'wasm-unsafe-eval'; ` +
      `style-src 'sha256-${sha("p{}")}'; img-src blob: data:; worker-src blob:; connect-src 'none'; ` +
      "frame-src 'none'; form-action 'none'; base-uri 'none'",
  );
});

test("nothing of the folded page points anywhere", () => {
  const page = foldPage({ html, style: "p{}", script: "go()" });
  assert.doesNotMatch(page, /src=|href=|<link/);
  assert.equal(page.match(/<script/g).length, 1);
  assert.equal(page.match(/<style/g).length, 1);
});

test("markup that still points somewhere is refused", () => {
  for (const left of ['<img src="x">', "<a href='x'>x</a>", '<p style="color:red">', '<p onclick="x()">']) {
    assert.throws(() => foldPage({ html: html.replace("<p>", `${left}<p>`), style: "", script: "" }), /still holds/);
  }
});

test("a style sheet cannot end its element", () => {
  assert.throws(() => foldPage({ html, style: "</STYLE>", script: "" }), /holds/);
});

test("style sheets are found in order, whatever the order of their attributes", () => {
  assert.deepEqual(linkedSheets(html), ["a.css", "b.css"]);
});

test("a script cannot end its element or open a comment, and still means the same", () => {
  const text = 'x = "</script><!-- </SCRIPT >";';
  const escaped = escapeScript(text);
  assert.doesNotMatch(escaped, /<\/script|<!--/i);
  assert.equal(Function(`let x; ${escaped} return x`)(), "</script><!-- </SCRIPT >");
});

test("the packed program is the program", () => {
  const program = Buffer.from([0, 97, 115, 109, 255]);
  const script = foldScript({ start, glue: "let a = '$&';", program, icon: "<svg/>" });
  assert.ok(script.includes("let a = '$&';"));
  assert.deepEqual(gunzipSync(Buffer.from(/p = "([^"]*)"/.exec(script)[1], "base64")), program);
  assert.ok(script.includes('i = "data:image/svg+xml,%3Csvg%2F%3E"'));
});

test("packing twice gives the same bytes", () => {
  const program = Buffer.alloc(100_000, "abc");
  const once = () => foldScript({ start, glue: "", program, icon: "" });
  assert.equal(once(), once());
});

test("JavaScript snippets are refused", () => {
  assert.throws(
    () => foldScript({ start, glue: "import './snippets/x.js'", program: Buffer.alloc(1), icon: "" }),
    /snippets/,
  );
});

test("a hash is of the text's UTF-8 bytes", () => {
  assert.equal(hashSource(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
});
