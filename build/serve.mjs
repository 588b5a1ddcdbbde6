// Serves the one file on this machine only.
//
//   node build/serve.mjs [FILE]     PORT names the port, 8080 where it does not
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

/** A server of `file` on 127.0.0.1 at `port` (0: any), listening. It answers at every path. */
export function serve(file, port) {
  const server = createServer(async (request, answer) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      answer.writeHead(405, { allow: "GET, HEAD" }).end();
      return;
    }
    try {
      const page = await readFile(file);
      answer.writeHead(200, {
        "content-type": "text/html; charset=utf-8",
        "content-length": page.length,
        "cache-control": "no-store",
      });
      answer.end(request.method === "HEAD" ? undefined : page);
    } catch (error) {
      answer.writeHead(500, { "content-type": "text/plain" }).end(`${error.message}\n`);
    }
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const file = process.argv[2] ?? "dist/sightline.html";
  const port = Number(process.env.PORT ?? 8080);
  try {
    await serve(file, port);
    console.log(`Sightline is at http://127.0.0.1:${port}/ (end with Ctrl+C)`);
  } catch (error) {
    const hint = error.code === "EADDRINUSE" ? " Name another: make serve PORT=8081" : "";
    console.error(`serve: port ${port} cannot be used: ${error.message}.${hint}`);
    process.exitCode = 1;
  }
}
