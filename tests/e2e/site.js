// What the tests share: the built site in a browser, and how a person acts on it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { serve } from "./server.js";
import { until } from "./wait.js";

/** Serves the site that `SEMISPACE_SITE` names under a base path and opens browsers on it; `close()` ends both. */
export async function openSite(base) {
  const server = await serve(process.env.SEMISPACE_SITE, { base });
  const browser = await chromium.launch({
    executablePath: process.env.CHROME_PATH,
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
  });
  return {
    url: server.url,
    /** A page in a fresh profile, once its engine is ready. Service workers are blocked unless asked for: they would fetch all of it. */
    async visit(options = {}, url = server.url) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block", ...options });
      const page = new PageUnderTest(await context.newPage());
      await page.open(url);
      return page;
    },
    /** The bare page in a fresh profile, as far as it gets. */
    async open(options) {
      const page = await (await browser.newContext(options)).newPage();
      await page.goto(server.url);
      return page;
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** A function that makes tests, each on a fresh page of `site()`, which must end without an error in the browser's console. */
export function promiseOn(site) {
  return (name, body, options) =>
    test(name, async () => {
      const page = await site().visit(options);
      await body(page);
      assert.deepEqual(page.problems, []);
      await page.close();
    });
}

/** The page, by the names that a person sees. */
export class PageUnderTest {
  constructor(page) {
    this.page = page;
    this.problems = [];
    this.requests = [];
    page.on("pageerror", (error) => this.problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") this.problems.push(message.text());
    });
    page.on("request", (request) => this.requests.push(request.url()));
  }

  async open(url) {
    await this.page.goto(url);
    await this.waitForState("Ready");
    await this.page.locator("semispace-editor .cm-content").waitFor();
  }

  async close() {
    await this.page.context().close();
  }

  async type(snippet) {
    await this.page.locator("semispace-editor .cm-content").focus();
    await this.page.keyboard.press("Control+a");
    await this.page.keyboard.press("Delete");
    await this.page.keyboard.insertText(snippet);
  }

  async press(button) {
    await this.page.getByRole("button", { name: button, exact: true }).click();
  }

  async setFullSpeed() {
    const slider = this.page.getByRole("slider", { name: "Speed" });
    await slider.focus();
    await slider.press("End");
  }

  state() {
    return this.page.locator(".state").innerText();
  }

  /** Waits until the state line starts with these words. */
  async waitForState(words, timeout = 20_000) {
    await this.page.waitForFunction(
      (words) => document.querySelector(".state")?.textContent.startsWith(words),
      words,
      { timeout },
    );
  }

  /** A number of the page: by its `data-figure` name, as text. */
  figure(name) {
    return this.page.locator(`[data-figure="${name}"]`).innerText();
  }

  waitForFigure(name, test) {
    return until(() => this.figure(name), test);
  }

  /** What is painted on this canvas, as one number. */
  ink(canvas) {
    return this.page.locator(canvas).evaluate((canvas) => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.reduce((sum, byte, at) => (sum * 31 + byte * (at % 251)) % 1e9, 7));
  }

  /** Waits until what is in the editor is kept, and these words are in it. */
  async waitForDraft(words) {
    await this.page.waitForFunction((words) => localStorage.getItem("semispace.draft")?.includes(words), words);
  }

  /** How many colours the picture of the heap has. */
  colours() {
    return this.page.locator(".stage canvas").evaluate((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    });
  }

  /** Opens a tab of the details. */
  async openTab(name) {
    await this.page.getByRole("tab", { name, exact: true }).click();
  }

  console() {
    return this.page.locator(".output").innerText();
  }

  /** Types a snippet, runs it at full speed and waits for its end, of which it returns the state. */
  async run(snippet, end) {
    await this.type(snippet);
    await this.setFullSpeed();
    await this.press("Run");
    await this.waitForState(end);
  }

  /** Presses Pause and returns the milliseconds until the page shows the session paused. */
  timeToPause() {
    return this.page.evaluate(async () => {
      const state = document.querySelector(".state");
      const button = [...document.querySelectorAll("button")].find((button) => button.textContent.trim() === "Pause");
      const start = performance.now();
      button.click();
      while (!state.textContent.startsWith("Paused")) {
        if (performance.now() - start > 5000) break;
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      return performance.now() - start;
    });
  }
}

/** Bytes of a text such as `1.5 KiB`. */
export function bytesOf(text) {
  const [, number, unit] = /^([\d.]+) (byte|bytes|KiB|MiB)$/.exec(text);
  return Number(number) * { byte: 1, bytes: 1, KiB: 1024, MiB: 1024 * 1024 }[unit];
}
