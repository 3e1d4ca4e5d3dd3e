// SPDX-License-Identifier: MIT
// Opens an HTML report in headless Chromium, clicks a step, filters by an object, scrolls through
// all of it and takes a screenshot. usage: node timeline.mjs <chromium> <program> <directory>
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, mkdirSync, writeFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { tmpdir } from "node:os";
import assert from "node:assert/strict";

const [chromium, program, directory] = process.argv.slice(2);
mkdirSync(directory, { recursive: true });
const page = resolve(join(directory, "timeline.html"));
execFileSync(program, [page]);

const profile = mkdtempSync(join(tmpdir(), "heddle-browser-"));
const browser = spawn(chromium, ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
  "--remote-debugging-pipe", "--window-size=1400,900", "--user-data-dir=" + profile],
  { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
const timeout = setTimeout(() => { console.error("timed out"); browser.kill("SIGKILL"); process.exit(1); }, 90000);

let last = 0, rest = "";
const waiting = new Map(), events = [];
browser.stdio[4].on("data", chunk => {
  rest += chunk;
  for (let end; (end = rest.indexOf("\0")) >= 0; rest = rest.slice(end + 1)) {
    const message = JSON.parse(rest.slice(0, end));
    if (message.id && waiting.has(message.id)) { waiting.get(message.id)(message); waiting.delete(message.id); }
    else events.push(message);
  }
});
const send = (method, params = {}, sessionId) => new Promise((done, failed) => {
  const id = ++last;
  waiting.set(id, m => m.error ? failed(new Error(method + ": " + m.error.message)) : done(m.result));
  browser.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + "\0");
});

try {
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const call = (method, params) => send(method, params, sessionId);
  const run = async expression => {
    const r = await call("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    assert.ok(!r.exceptionDetails, JSON.stringify(r.exceptionDetails));
    return r.result.value;
  };
  await call("Page.enable");
  await call("Network.enable");
  await call("Runtime.enable");
  const begun = Date.now();
  await call("Page.navigate", { url: "file://" + page });
  for (let i = 0; i < 200 && (await run("document.readyState")) !== "complete"; ++i) {
    await new Promise(r => setTimeout(r, 50));
  }
  const entries = await run("events.length");
  assert.ok(entries >= 5000, "a long trace: " + entries);
  assert.ok(Date.now() - begun < 20000, "it opens in time");
  assert.ok(!(await run("document.title")).includes("pwned") || (await run("document.title")).startsWith("Heddle: Page."));
  assert.equal(await run("document.querySelectorAll('img').length"), 0);
  assert.equal(await run("document.querySelectorAll('script').length"), 2);
  assert.ok((await run("by('verdict').textContent")).includes("failed"));
  assert.ok(await run("document.querySelectorAll('.row').length < 400"), "only what is in view is drawn");

  // A real click on a step.
  await run("by('view').scrollTop = 0; new Promise(r => setTimeout(r, 100))");
  const box = await run("(r => ({ x: r.x + 20, y: r.y + 5 }))(document.querySelectorAll('.row')[8].getBoundingClientRect())");
  for (const type of ["mousePressed", "mouseReleased"]) {
    await call("Input.dispatchMouseEvent", { type, ...box, button: "left", clickCount: 1 });
  }
  assert.ok(await run("chosen >= 0 && chosen < 40"), "the click has chosen a step near the top");
  assert.ok((await run("by('details').textContent")).includes("timeline") || (await run("by('details').textContent")).includes("html_report.cpp"));

  // Filter by an object.
  const shown = await run(`(() => { const s = by("object");
    s.value = [...s.options].find(o => o.textContent.includes("balance")).value;
    s.dispatchEvent(new Event("change")); return shown.length; })()`);
  assert.ok(shown >= 5 && shown < 20, "the accesses of one object: " + shown);
  await run(`by("object").value = ""; by("object").dispatchEvent(new Event("change"))`);
  assert.equal(await run("shown.length"), entries);

  // Scrolling through all of it draws each screen in a moment.
  const slowest = await run(`(() => { let worst = 0; const v = by("view");
    for (let y = 0; y < shown.length * H; y += 800) { v.scrollTop = y; const t = performance.now(); draw();
      worst = Math.max(worst, performance.now() - t); } return worst; })()`);
  assert.ok(slowest < 500, "a screen takes " + slowest + " ms");

  const { data } = await call("Page.captureScreenshot", { format: "png" });
  const picture = join(directory, "timeline.png");
  writeFileSync(picture, Buffer.from(data, "base64"));
  assert.ok(statSync(picture).size > 5000);
  const asked = events.filter(e => e.method === "Network.requestWillBeSent").map(e => e.params.request.url);
  assert.deepEqual(asked.filter(u => !u.startsWith("file://" + directory) && !u.startsWith("file://" + page)), []);
  const errors = events.filter(e => e.method === "Runtime.exceptionThrown");
  assert.deepEqual(errors, []);
  console.log(`${entries} entries, a screen in at most ${slowest.toFixed(1)} ms, ${picture}`);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  clearTimeout(timeout);
  browser.kill("SIGKILL");
}
