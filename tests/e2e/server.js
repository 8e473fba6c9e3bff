// Serves the built site's files on a free port, as any static host does.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/** Names with a hash are kept for ever, as `_headers` asks of hosts. */
const LASTING = /[-.][0-9a-f]{12,}(?:_bg)?\.\w+$/;

/**
 * Starts to serve `folder` under the path `base`; `close()` ends it at once. `headers` go with each answer; `onRequest(path)`
 * hears of each.
 */
export async function serve(folder, { base = "/", headers = {}, onRequest = () => {} } = {}) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    onRequest(pathname);
    const inside = decodeURIComponent(pathname.endsWith("/") ? `${pathname}index.html` : pathname).slice(base.length);
    const path = join(folder, normalize(`/${inside}`));
    try {
      if (!pathname.startsWith(base)) throw new Error("outside");
      const body = await readFile(path);
      const lasting = LASTING.test(path) ? { "cache-control": "public, max-age=31536000, immutable" } : {};
      response.writeHead(200, { ...lasting, ...headers, "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${server.address().port}${base}`, close };
}
