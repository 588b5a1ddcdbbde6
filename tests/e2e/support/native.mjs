// The native program, as the other witness.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** The native program; `cargo test` and `cargo build` make it. */
export function nativeProgram() {
  const places = [
    process.env.SIGHTLINE_PROGRAM,
    `${process.env.CARGO_TARGET_DIR ?? "target"}/debug/sightline`,
    `${process.env.CARGO_TARGET_DIR ?? "target"}/release/sightline`,
  ];
  const found = places.filter(Boolean).map((place) => resolve(place)).find(existsSync);
  assert.ok(found, "the native program is not built: run `cargo build`");
  return found;
}

/**
 * The doors that `sightline trace --to name` tells of `file`: each with its sentence and its paths,
 * a path being its hops: `["internet -> pip-jump", …]`.
 */
export function trace(file, name) {
  const text = execFileSync(nativeProgram(), ["trace", "--quiet", "--to", name, file], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 64 << 20,
  });
  const doors = [];
  for (const line of text.split("\n")) {
    const hop = /^ {2}\d+\. (.*)$/.exec(line);
    if (/^\S/.test(line)) doors.push({ sentence: line, paths: [] });
    else if (/^ {2}path \d+ of \d+/.test(line)) doors.at(-1).paths.push([]);
    else if (hop) doors.at(-1).paths.at(-1).push(hop[1]);
  }
  return doors;
}
