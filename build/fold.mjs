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
import { gzipSync } from "node:zlib";

/** The policy of the page. It names no origin at all: nothing can be fetched or sent. */
export const policy = (script, style) =>
  `default-src 'none'; script-src '${script}' 'wasm-unsafe-eval'; style-src '${style}'; ` +
  "img-src blob: data:; worker-src blob:; connect-src 'none'; frame-src 'none'; " +
  "form-action 'none'; base-uri 'none'";

/**
 * The largest page that ships, in bytes. The engine with all rules and kinds takes 2.3 MB; what it
 * should take is 1.6 MB, so this only ever goes down.
 */
export const sizeLimit = 2_400_000;

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

/** The text of the page's script: the start script with the glue, the program and the icon. */
export function foldScript({ start, glue, program, icon }) {
  if (/\bsnippets\//.test(glue)) {
    throw new Error("the glue imports JavaScript snippets, which the one file cannot hold");
  }
  const packed = gzipSync(program, { level: 9 }).toString("base64");
  const image = `data:image/svg+xml,${encodeURIComponent(icon.trim())}`;
  let script = put(start, "/* GLUE */", glue);
  script = put(script, '"PROGRAM"', JSON.stringify(packed));
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

function main(stage, out) {
  const read = (name) => readFileSync(join(stage, name), "utf8");
  const html = read("index.html");
  const sheets = linkedSheets(html);
  if (sheets.length === 0) throw new Error("the page links no style sheet");
  const page = foldPage({
    html,
    style: `\n${sheets.map(read).join("\n")}`,
    script: foldScript({
      start: readFileSync(join(here, "start.js"), "utf8"),
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
    main(stage, out);
  }
}
