// Folds what Trunk built into one self-contained file.
//
//   node build/fold.mjs STAGE OUT
//
// In: a folder with `index.html`, `app.js`, `app_small.wasm` and the style sheets.
// Out: one HTML file with one `<style>`, one `<script>` and the policy that admits only these two.
// Anything that would still point outside the file is an error.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import lzma from "lzma-native";
import { awkward } from "./unpack.js";

/** The policy of the page. It names no origin at all: nothing can be fetched or sent. */
export const policy = (script, style) =>
  `default-src 'none'; script-src '${script}' 'wasm-unsafe-eval'; style-src '${style}'; ` +
  "img-src blob: data:; worker-src blob:; connect-src 'none'; frame-src 'none'; " +
  "form-action 'none'; base-uri 'none'";

/** The largest page that ships, in bytes. */
export const sizeLimit = 1_600_000;

const here = dirname(fileURLToPath(import.meta.url));

/** The source of a content security policy for `text`: its hash. */
export function hashSource(text) {
  return `sha256-${createHash("sha256").update(text, "utf8").digest("base64")}`;
}

/** `text` such that it ends or changes no script element that holds it. */
export function escapeScript(text) {
  return text.replaceAll(/<(\/script|!--)/gi, "\\x3c$1");
}

/** `text` with `name` replaced, which must stand in it exactly once. */
function put(text, name, value) {
  const parts = text.split(name);
  if (parts.length !== 2) throw new Error(`\`${name}\` stands ${parts.length - 1} times, not once`);
  return parts.join(value);
}

/** `bytes` as LZMA, as small as it gets. */
export function compress(bytes) {
  const options = { preset: 9 | lzma.PRESET_EXTREME };
  return new Promise((resolve, reject) => {
    const parts = [];
    lzma
      .createStream("aloneEncoder", options)
      .on("data", (part) => parts.push(part))
      .on("error", reject)
      .on("end", () => resolve(Buffer.concat(parts)))
      .end(bytes);
  });
}

/** `bytes` as a text that `readText` reads back, and that stands in a string of a script as it is. */
export function writeText(bytes) {
  const sevens = [];
  let held = 0;
  let count = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0x7fff;
    count += 8;
    while (count >= 7) {
      count -= 7;
      sevens.push((held >> count) & 127);
    }
  }
  sevens.push((held << (7 - count)) & 127);
  const text = [];
  for (let at = 0; at < sevens.length; at += 1) {
    const place = awkward.indexOf(sevens[at]);
    if (place < 0) {
      text.push(sevens[at]);
    } else {
      at += 1;
      text.push(((place + 1) << 7) | (sevens[at] ?? 0));
    }
  }
  return Buffer.from(Uint16Array.from(text).buffer).toString("utf16le");
}

/** The text of the page's script: the start script with the glue, the program and the icon. */
export async function foldScript({ start, unpack, glue, program, icon }) {
  if (/\bsnippets\//.test(glue)) {
    throw new Error("the glue imports JavaScript snippets, which the one file cannot hold");
  }
  const packed = writeText(await compress(program));
  const image = `data:image/svg+xml,${encodeURIComponent(icon.trim())}`;
  let script = put(start, "/* GLUE */", glue);
  script = put(script, "/* UNPACK */", unpack.replaceAll(/^export /gm, ""));
  script = put(script, '"SIZE"', String(program.length));
  script = put(script, '"PROGRAM"', `"${packed}"`);
  script = put(script, '"ICON"', JSON.stringify(image));
  return escapeScript(script);
}

const elements = {
  script: /\s*<script\b[^>]*>[^]*?<\/script>/gi,
  sheet: /\s*<link\b[^>]*\brel="?stylesheet"?[^>]*>/gi,
  preload: /\s*<link\b[^>]*\brel="?(?:modulepreload|preload)"?[^>]*>/gi,
};

/** The file names of the style sheets that `html` links, in order. */
export function linkedSheets(html) {
  return [...html.matchAll(elements.sheet)].map(([element]) => {
    const name = /\bhref="?([^"\s>]+)/i.exec(element)?.[1] ?? "";
    return name.replace(/^(?:\.?\/)+/, "");
  });
}

/** The one file, made of Trunk's `html`, the page's `style` and its `script`. */
export function foldPage({ html, style, script }) {
  if (/<\/style/i.test(style)) throw new Error("a style sheet holds `</style`");
  const markup = html
    .replaceAll(elements.script, "")
    .replaceAll(elements.sheet, "")
    .replaceAll(elements.preload, "");
  for (const left of [/\ssrc\s*=/i, /\shref\s*=/i, /\bsnippets\b/i, /\sstyle\s*=/i, /\son[a-z]+\s*=/i]) {
    const found = left.exec(markup);
    if (found) throw new Error(`the page still holds \`${found[0].trim()}\``);
  }
  // The hashes come last, over the text exactly as it stands in the file.
  const rules = policy(hashSource(script), hashSource(style));
  const meta = `<meta http-equiv="Content-Security-Policy" content="${rules}">`;
  let page = put(markup, "<!-- policy -->", meta);
  page = put(page, "</head>", `<style>${style}</style>\n</head>`);
  return put(page, "</body>", `<script>${script}</script>\n</body>`);
}

async function main(stage, out) {
  const read = (name) => readFileSync(join(stage, name), "utf8");
  const html = read("index.html");
  const sheets = linkedSheets(html);
  if (sheets.length === 0) throw new Error("the page links no style sheet");
  const page = foldPage({
    html,
    style: `\n${sheets.map(read).join("\n")}`,
    script: await foldScript({
      start: readFileSync(join(here, "start.js"), "utf8"),
      unpack: readFileSync(join(here, "unpack.js"), "utf8"),
      glue: read("app.js"),
      program: readFileSync(join(stage, "app_small.wasm")),
      icon: readFileSync(join(here, "../public/icon.svg"), "utf8"),
    }),
  });
  const size = Buffer.byteLength(page);
  if (size > sizeLimit) {
    throw new Error(`the page has ${size} bytes, more than ${sizeLimit}`);
  }
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, page);
  console.log(`${out}: ${size} bytes (at most ${sizeLimit}), script ${hashSource(/<script>([^]*)<\/script>/.exec(page)[1])}`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [stage, out] = process.argv.slice(2);
  if (!stage || !out) {
    console.error("usage: node build/fold.mjs STAGE OUT");
    process.exitCode = 2;
  } else {
    await main(stage, out);
  }
}
