// The page's main job in a real browser: each test is a promise of the page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { bytesOf, openSite, promiseOn } from "./site.js";
import { until } from "./wait.js";

let site;
before(async () => (site = await openSite()));
after(() => site.close());

const promise = promiseOn(() => site);

test("the page shows its panes and the snippet before any script has run", async () => {
  const page = await site.open({ javaScriptEnabled: false });
  assert.match(await page.locator("#shell-source").innerText(), /class Session/);
  for (const name of ["Snippet", "Heap", "Timeline"]) await page.getByRole("heading", { name, exact: true }).waitFor();
  await page.context().close();
});

for (const [name, viewport] of Object.entries({ "a wide screen": { width: 1440, height: 900 }, "a laptop": { width: 1280, height: 800 }, "a tablet": { width: 820, height: 1180 }, "a tablet on its side": { width: 1024, height: 768 }, "a phone": { width: 390, height: 844 } })) {
  test(`nothing moves when the page's program takes the place of its shell: ${name}`, async () => {
    const context = await (await site.open({ viewport, javaScriptEnabled: false })).context();
    const [shell] = context.pages();
    /** Where the panes begin. */
    const places = (page) =>
      page.evaluate(() => [".editor", ".heap", ".controls", ".timeline"].map((pane) => document.querySelector(pane).getBoundingClientRect()).map(({ x, y, width }) => [x, y, width].map(Math.round)));
    const before = await places(shell);
    await context.close();
    const page = await site.visit({ viewport });
    await page.page.waitForTimeout(300);
    assert.deepEqual(await places(page.page), before);
    const shifts = await page.page.evaluate(
      () => new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries().map(({ value }) => value))).observe({ type: "layout-shift", buffered: true })),
    );
    const sum = shifts.reduce((sum, value) => sum + value, 0);
    assert.ok(sum < 0.05, `a shift of ${sum.toFixed(3)}`);
    await page.close();
  });
}

promise("at every width all of it is within the window", async (page) => {
  for (const width of [320, 390, 600, 720, 820, 1024, 1099, 1100, 1239, 1240, 1440]) {
    await page.page.setViewportSize({ width, height: 800 });
    const beyond = await page.page.evaluate(() => [...document.querySelectorAll(".page-header > *, .controls > *, .heap, .editor, .timeline, .side")].filter((part) => part.getBoundingClientRect().right > innerWidth).map((part) => part.className || part.localName));
    assert.deepEqual(beyond, [], `${width} pixels`);
    assert.equal(await page.page.evaluate(() => document.documentElement.scrollWidth), width);
  }
});

test("the heap has the theme's colours at once, the system's and the button's", async () => {
  const page = await site.visit();
  /** Whether what is painted as free is of the colour that the style sheet gives. */
  const isOfTheme = () =>
    page.page.evaluate(() => {
      const canvas = document.querySelector(".stage canvas");
      const sample = new OffscreenCanvas(1, 1).getContext("2d");
      sample.fillStyle = getComputedStyle(canvas).outlineColor;
      sample.fillRect(0, 0, 1, 1);
      const [free] = new Uint32Array(sample.getImageData(0, 0, 1, 1).data.buffer);
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return new Uint32Array(data.buffer).includes(free);
    });
  await until(isOfTheme, Boolean);
  await page.page.emulateMedia({ colorScheme: "dark" });
  await until(isOfTheme, Boolean);
  await page.page.getByRole("button", { name: "Switch between light and dark" }).click();
  await until(isOfTheme, Boolean);
});

test("the heap keeps its room where three panes stand side by side", async () => {
  for (const width of [1240, 1280, 1300, 1440]) {
    const visit = await site.visit({ viewport: { width, height: 800 } });
    const [heap, editor] = await visit.page.evaluate(() => [".stage", ".editor"].map((pane) => document.querySelector(pane).getBoundingClientRect().width));
    assert.ok(heap >= 450 && editor >= 320, `${width} pixels: heap ${heap}, editor ${editor}`);
    await visit.close();
  }
});

test("on a phone what lies under a notice can be scrolled into sight", async () => {
  const page = await site.visit({ viewport: { width: 390, height: 844 } });
  await page.page.goto("about:blank");
  await page.open(`${site.url}#run=AAAA-not-a-run`);
  const gap = () =>
    page.page.evaluate(() => {
      scrollTo(0, document.documentElement.scrollHeight);
      return document.querySelector(".notice").getBoundingClientRect().top - document.querySelector(".side").getBoundingClientRect().bottom;
    });
  assert.ok((await gap()) >= 0, `${await gap()} pixels`);
  await page.close();
});

promise("a typed snippet runs, and a scavenge changes the occupancy", async (page) => {
  await page.run(
    "const kept = []; for (let i = 0; i < 2000; i++) { kept.push({ i }); ({ dead: i }); }\nconsole.log('kept', kept.length);",
    "Finished",
  );
  assert.equal((await page.console()).trim(), "kept 2000");
  const before = bytesOf(await page.figure("to-used"));
  assert.ok(before > 100_000, `${before} bytes in to-space`);
  const scavenges = Number(await page.figure("scavenges"));
  await page.press("Scavenge");
  await page.waitForFigure("scavenges", (text) => Number(text) === scavenges + 1);
  const afterwards = bytesOf(await page.figure("to-used"));
  assert.ok(afterwards < before, `${before} bytes in to-space, then ${afterwards}`);
  assert.match(await page.page.locator(".event").innerText(), /^Scavenge \d+ copies .* and promotes /);
});

promise("a full collection empties old space of what nothing holds", async (page) => {
  await page.run("let kept = []; for (let i = 0; i < 400000; i++) kept.push({ i }); kept = null;", "Finished");
  const before = bytesOf(await page.figure("heap-used"));
  await page.press("Full GC");
  await page.waitForFigure("mark-compacts", (text) => text !== "0");
  const afterwards = bytesOf(await page.figure("heap-used"));
  assert.ok(afterwards < before / 2, `${before} bytes in use, then ${afterwards}`);
});

promise("the default snippet fills new space, then old space, and its picture is painted", async (page) => {
  await page.setFullSpeed();
  await page.press("Run");
  await page.waitForState("Finished");
  assert.ok(bytesOf(await page.figure("promoted")) > 0);
  assert.ok(bytesOf(await page.figure("old-used")) > 0);
  await until(() => page.colours(), (colours) => colours > 3);
});

for (const [name, snippet] of [
  ["an empty endless loop", "while (true) {}"],
  ["an endless loop that fills memory", "var a = []; while (true) { a.push({}); }"],
  ["an endless loop that only makes garbage", "while (true) { ({}); }"],
]) {
  promise(`${name} stops when asked`, async (page) => {
    await page.type(snippet);
    await page.setFullSpeed();
    await page.press("Run");
    await page.waitForState("Running");
    await page.page.waitForTimeout(500);
    const elapsed = await page.timeToPause();
    // Loose on purpose: what it takes on a quiet machine is measured, not tested.
    assert.ok(elapsed < 3000, `${elapsed.toFixed(0)} ms`);
  });
}

for (const [name, snippet, end, expected] of [
  ["a syntax error", "const a = 1;\nlet x = ;", "Stopped by an error in line 2", /SyntaxError/],
  ["an unknown variable", "const a = 1;\n\nmissing(a);", "Stopped by an error in line 3", /missing is not defined/],
  ["endless recursion", "function f() {\n  return f() + 1;\n}\nf();", "Stopped by an error", /call stack/i],
  ["a full heap", "const all = [];\nwhile (true) all.push(new Array(10000).fill(0.5));", "Out of memory", /out of memory/],
]) {
  promise(`${name} has a clear answer`, async (page) => {
    await page.type(snippet);
    await page.setFullSpeed();
    await page.press("Run");
    await page.waitForState(end, 60_000);
    assert.match(await page.console(), expected);
    const line = /in line (\d+)/.exec(await page.state())?.[1];
    if (line) {
      const note = page.page.locator("semispace-editor .error-note");
      assert.match(await note.innerText(), expected);
    }
  });
}

promise("an empty snippet finishes", (page) => page.run("", "Finished"));

promise("an array of ten million elements is a large object", async (page) => {
  await page.run("const big = new Array(1e7).fill(0);\nconsole.log(big.length);", "Finished");
  assert.equal((await page.console()).trim(), "10000000");
  await page.waitForFigure("large-used", (text) => bytesOf(text) >= 8e7);
});

promise("Step goes from line to line, and Reset back to the start", async (page) => {
  const before = await page.figure("allocated");
  await page.type("let a = 1;\na += 1;\nconsole.log(a);");
  await page.press("Step");
  await page.waitForState("Paused at line 2");
  await page.press("Step");
  await page.waitForState("Paused at line 3");
  await page.press("Step");
  await page.waitForState("Finished");
  await page.press("Reset");
  await page.waitForState("Ready");
  await page.waitForFigure("allocated", (text) => text === before);
});

promise("the main job needs no mouse", async (page) => {
  const { keyboard } = page.page;
  await page.page.locator("semispace-editor .cm-content").focus();
  await keyboard.press("Control+a");
  await keyboard.press("Delete");
  await keyboard.insertText("console.log('by keyboard');");
  await keyboard.press("Control+Enter");
  await page.waitForState("Finished");
  await keyboard.press("Escape");
  for (let i = 0; i < 12; i++) {
    await keyboard.press("Tab");
    if ((await page.page.evaluate(() => document.activeElement.textContent)) === "Scavenge") break;
  }
  await keyboard.press("Enter");
  await page.waitForFigure("scavenges", (text) => text === "1");
});

promise("three snapshots and the verdict on a leak need no mouse", async (page) => {
  const { keyboard } = page.page;
  /** Presses Tab until what has the focus is called so. */
  const tabTo = async (name, key = "Tab") => {
    for (let i = 0; i < 80; i++) {
      const here = await page.page.evaluate(() => {
        let active = document.activeElement;
        while (active.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        return active.getAttribute("aria-label") ?? active.textContent.trim();
      });
      if (here === name || (name instanceof RegExp && name.test(here))) return;
      await keyboard.press(key);
    }
    assert.fail(`Tab does not reach ${name}`);
  };
  await tabTo("Snippet");
  await keyboard.press("Control+a");
  await keyboard.press("Delete");
  await keyboard.insertText(
    "class Session {}\nglobalThis.leak = [];\nfor (let i = 0; i < 1e6; i++) {\n  ({ garbage: i });\n  if (i % 200 === 0) leak.push(new Session());\n}",
  );
  // The first Escape closes the list of completions.
  await keyboard.press("Escape");
  await keyboard.press("Escape");
  for (let turn = 1; turn <= 3; turn++) {
    await tabTo("Run to", turn === 1 ? "Tab" : "Shift+Tab");
    await keyboard.press("ArrowDown");
    await page.waitForFigure("scavenges", (text) => text === String(turn));
    await page.waitForState("Paused");
    await tabTo("Snapshot");
    await keyboard.press("Enter");
    await page.page.locator(`.slot.taken:nth-child(${turn})`).waitFor();
  }
  await tabTo("Leaks");
  await keyboard.press("Enter");
  const verdict = page.page.locator(".snapshot-view .verdict");
  await verdict.getByText(/Session/).first().waitFor();
  assert.match(await verdict.innerText(), /leak/);
  await tabTo(/^What keeps Session @\d+$/);
  await keyboard.press("Enter");
  await page.page.locator(".retainers .tree-row").first().waitFor();
});

promise("nothing is fetched from another origin", async (page) => {
  await page.run("console.log(1);", "Finished");
  const foreign = page.requests.filter((url) => !url.startsWith(site.url) && !url.startsWith("data:"));
  assert.deepEqual(foreign, []);
  assert.ok(page.requests.length >= 6);
});

promise("inline scripts and eval are refused", async (page) => {
  const refused = await page.page.evaluate(async () => {
    const violations = [];
    document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
    const script = document.createElement("script");
    script.textContent = "window.inlineRan = true";
    document.body.append(script);
    // In a task of its own: the debugging protocol lifts the policy for what it calls itself.
    const evalRan = await new Promise((resolve) => {
      setTimeout(() => {
        try {
          resolve(globalThis.eval("true"));
        } catch {
          resolve(false);
        }
      });
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    return { inlineRan: window.inlineRan === true, evalRan, hasViolations: violations.length > 0 };
  });
  assert.deepEqual(refused, { inlineRan: false, evalRan: false, hasViolations: true });
  page.problems.length = 0;
});

promise("markup in output and errors shows as text", async (page) => {
  const markup = "<img src=x onerror=\"document.title='broken'\">";
  await page.run(`console.log(${JSON.stringify(markup)});\nthrow new Error(${JSON.stringify(markup)});`, "Stopped by an error");
  assert.ok((await page.console()).includes(markup));
  assert.equal(await page.page.locator("img").count(), 0);
});

promise("a first visit says what to do, until it is dismissed", async (page) => {
  await page.page.getByText("New here? Press Run").waitFor();
  await page.press("Got it");
  await page.open(site.url);
  assert.equal(await page.page.getByText("New here? Press Run").isVisible(), false);
});

promise("a question mark opens the list of shortcuts", async (page) => {
  await page.page.locator(".stage canvas").focus();
  await page.page.keyboard.press("?");
  await page.page.locator("#help").getByText("run, or pause").waitFor();
});

promise("light and dark follow the system, and the choice of another is kept", async (page) => {
  const ground = () => page.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.page.emulateMedia({ colorScheme: "dark" });
  const dark = await ground();
  await page.page.emulateMedia({ colorScheme: "light" });
  const light = await ground();
  assert.notEqual(dark, light);
  await page.press("Switch between light and dark");
  assert.equal(await ground(), dark);
  await page.open(site.url);
  assert.equal(await ground(), dark);
});
