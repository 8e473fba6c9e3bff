// What the widget's tests share: the site at one origin, pages of others at another, as documentation is.
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { serve } from "./server.js";
import { until } from "./wait.js";

/** What GitHub Pages and its like send, and what a page needs that isolates itself to measure its memory. */
const STATIC_HOST = { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" };

/** Serves the site and `close()`s all; `requests` are the paths that were asked of it. */
export async function openHosts({ args = [] } = {}) {
  const requests = [];
  const site = await serve(process.env.SEMISPACE_SITE, { headers: STATIC_HOST, onRequest: (path) => requests.push(path) });
  const pages = new Map();
  pages.set("/favicon.ico", { body: "", headers: { "content-type": "image/x-icon" } });
  const server = createServer((request, response) => {
    const { body, headers } = pages.get(request.url) ?? {};
    response.writeHead(body === undefined ? 404 : 200, { "content-type": "text/html; charset=utf-8", ...headers });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await chromium.launch({
    executablePath: process.env.CHROME_PATH,
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", ...args],
  });
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    site: site.url,
    siteOrigin: new URL(site.url).origin,
    origin,
    requests,
    /** Opens a page with this body, in a fresh profile; `problems` gathers what the browser complains of. */
    async open(body, { headers = {}, head = "", context: options = {} } = {}) {
      const path = `/page-${pages.size}.html`;
      const script = `<script type="module" src="${site.url}embed/semispace.js"></script>`;
      pages.set(path, { headers, body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title><meta name="color-scheme" content="light dark">${head}${script}</head><body>${body}</body></html>` });
      const context = await browser.newContext({ viewport: { width: 900, height: 900 }, reducedMotion: "reduce", ...options });
      const page = await context.newPage();
      page.problems = [];
      page.on("pageerror", (error) => page.problems.push(error.message));
      page.on("console", (message) => message.type() === "error" && page.problems.push(message.text()));
      requests.length = 0;
      await page.goto(origin + path);
      page.ownBytes = gzipSync(pages.get(path).body).length;
      return page;
    },
    async close() {
      await browser.close();
      site.close();
      server.close();
    },
  };
}

/** A widget with a snippet inside. */
export function widget(source, attributes = "") {
  const escaped = source.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<semispace-playground ${attributes}><pre><code>${escaped}</code></pre></semispace-playground>`;
}

/** Calls a method of the first widget that a selector finds. */
export function call(page, method, argument, selector = "semispace-playground") {
  return page.locator(selector).first().evaluate((widget, [method, argument]) => widget[method](argument), [method, argument]);
}

/** Waits until so many workers of a page run. */
export function waitForWorkers(page, count) {
  return until(() => page.workers().length, (running) => running === count);
}
