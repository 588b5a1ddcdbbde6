import assert from "node:assert/strict";
import { test } from "node:test";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { compress, escapeScript, foldPage, foldScript, hashSource, linkedSheets, writeText } from "./fold.mjs";
import { readText, unpack } from "./unpack.js";

const html = `<!doctype html>
<html><head><meta charset="utf-8"><!-- policy -->
<link rel="stylesheet" href="/a.css" crossorigin="anonymous" />
<link href="./b.css" rel="stylesheet">
<link rel="preload" href="/app_bg.wasm" as="fetch"><link rel="modulepreload" href="/app.js">
</head><body><p>Waiting</p>
<script src="/app.js"></script><script>begin()</script>
</body></html>`;

const start = 'const g = () => { /* GLUE */ }; /* UNPACK */ const p = "PROGRAM"; const n = "SIZE"; const i = "ICON";';

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

/** The packed program in `script`, and its size. */
function packedIn(script) {
  const [, text, size] = /p = "([^"]*)"; const n = (\d+);/.exec(script);
  return { text, size: Number(size) };
}

/** Bytes without a pattern, the same each time. */
function noise(count) {
  let state = 1;
  return Uint8Array.from({ length: count }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state >> 16;
  });
}

test("the packed program is the program", async () => {
  const program = Buffer.from([0, 97, 115, 109, 255]);
  const script = await foldScript({ start, unpack: "export const u = 1;", glue: "let a = '$&';", program, icon: "<svg/>" });
  assert.ok(script.includes("let a = '$&';"));
  const { text, size } = packedIn(script);
  assert.deepEqual(Buffer.from(await unpack(text, size)), program);
  assert.ok(script.includes('i = "data:image/svg+xml,%3Csvg%2F%3E"'));
  assert.ok(script.includes("const u = 1;") && !script.includes("export"));
});

test("whatever is packed comes back", async () => {
  const page = readFileSync(new URL("../package-lock.json", import.meta.url));
  const repeated = Buffer.concat([page, Buffer.alloc(70_000, "abc"), noise(70_000), page]);
  for (const bytes of [page, repeated, noise(300_000), Buffer.alloc(200_000), Buffer.from([7])]) {
    const back = await unpack(writeText(await compress(bytes)), bytes.length);
    assert.ok(Buffer.from(bytes).equals(Buffer.from(back)));
  }
});

test("packed text holds nothing that a parser would change, and reads back", () => {
  const bytes = noise(50_000);
  for (let length = 0; length < 40; length += 1) {
    const some = bytes.subarray(length, 2 * length);
    assert.deepEqual(readText(writeText(some)).subarray(0, length), some);
  }
  const text = writeText(bytes);
  assert.doesNotMatch(text, /[\0\n\r"<\\\u2028\u2029]/);
  assert.ok(Buffer.byteLength(text) < bytes.length * 1.15);
  assert.deepEqual(readText(text).subarray(0, bytes.length), bytes);
});

test("packing twice gives the same bytes", async () => {
  const program = Buffer.alloc(100_000, "abc");
  const once = () => foldScript({ start, unpack: "", glue: "", program, icon: "" });
  assert.equal(await once(), await once());
});

test("JavaScript snippets are refused", async () => {
  const glue = "import './snippets/x.js'";
  await assert.rejects(
    foldScript({ start, unpack: "", glue, program: Buffer.alloc(1), icon: "" }),
    /snippets/,
  );
});

test("a hash is of the text's UTF-8 bytes", () => {
  assert.equal(hashSource(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
});
