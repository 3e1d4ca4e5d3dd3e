// SPDX-License-Identifier: MIT
#include "page.hpp"

namespace heddle::explorers {

const std::string_view page_before_data = R"html(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Heddle report</title>
<style>
:root { --fg: #1b1f24; --bg: #fff; --soft: #f3f5f7; --line: #d5dae0; --accent: #0b6bcb;
  --bad: #c0262d; --warn: #a15c00; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --fg: #e6e9ed; --bg: #15181c; --soft: #1f242a;
  --line: #39414a; --accent: #6cb2ff; --bad: #ff7b7b; --warn: #f0b35a; } }
* { box-sizing: border-box; }
body { margin: 0; font: 14px/1.45 system-ui, sans-serif; color: var(--fg); background: var(--bg); }
header, #panes, footer { padding: 12px 18px; }
h1 { font-size: 18px; margin: 0 0 4px; } .bad { color: var(--bad); } .warn { color: var(--warn); }
code, pre, .mono { font-family: ui-monospace, monospace; font-size: 12.5px; }
pre { background: var(--soft); padding: 8px 10px; overflow: auto; margin: 6px 0;
  white-space: pre-wrap; overflow-wrap: anywhere; }
ul { margin: 4px 0 4px 18px; padding: 0; }
#tools { display: flex; gap: 12px; flex-wrap: wrap; align-items: center; padding: 6px 18px;
  border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); background: var(--soft); }
#panes { display: flex; gap: 14px; align-items: stretch; }
#view { flex: 1 1 auto; position: relative; overflow: auto; height: 68vh; border: 1px solid var(--line); }
#heads { position: sticky; top: 0; z-index: 3; background: var(--soft); display: flex; height: 24px;
  border-bottom: 1px solid var(--line); font-weight: 600; }
#heads div, .cell { padding: 2px 6px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
#rows { position: relative; } #arrows { position: absolute; left: 0; top: 0; pointer-events: none; z-index: 2; }
.row { position: absolute; left: 0; height: 22px; display: flex; cursor: pointer; }
.row:hover { background: var(--soft); } .row.chosen { outline: 2px solid var(--accent); outline-offset: -2px; }
.row.failure { color: var(--bad); font-weight: 600; } .row.preempted .cell.act { border-left: 3px solid var(--warn); }
.row .step { width: 64px; text-align: right; color: var(--line); flex: none; padding: 2px 6px; filter: brightness(.7); }
#side { flex: 0 0 320px; } #details { min-height: 120px; } #graph { max-width: 100%; }
table { border-collapse: collapse; } td { padding: 1px 10px 1px 0; vertical-align: top; }
</style></head><body>
<header><h1 id="verdict"></h1><div id="cause"></div><ul id="why"></ul>
<div id="rerun"></div><div id="skeleton" class="mono"></div></header>
<div id="tools"><label>object <select id="object"><option value="">all</option></select></label>
<label>thread <select id="thread"><option value="">all</option></select></label>
<label>text <input id="search" size="14"></label>
<label><input type="checkbox" id="showArrows" checked> order</label><span id="count"></span></div>
<div id="panes"><div id="view"><div id="heads"></div><div id="rows"><svg id="arrows"></svg></div></div>
<div id="side"><b>Step</b><div id="details" class="mono">click a step</div>
<b id="waitsTitle"></b><svg id="graph"></svg><ul id="waits"></ul></div></div>
<footer><table id="facts"></table><ul id="notes"></ul><pre id="output" hidden></pre></footer>
<script type="application/json" id="data">)html";

const std::string_view page_after_data = R"html(</script>
<script>
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const by = id => document.getElementById(id);
const make = (tag, text, parent, cls) => { const e = document.createElement(tag);
  if (text !== undefined && text !== null) e.textContent = text; if (cls) e.className = cls;
  if (parent) parent.appendChild(e); return e; };
const svg = (tag, attributes, parent) => { const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const k in attributes) e.setAttribute(k, attributes[k]); if (parent) parent.appendChild(e); return e; };
const place = at => at ? at.file + ":" + at.line : "";
const f = data.failure, title = data.name || "the body";
document.title = "Heddle: " + title;
by("verdict").textContent = f ? title + " failed: " + f.kind + (f.situation ? " (" + f.situation + ")" : "")
                              : title + (data.skipped ? " was skipped" : " passed");
if (f) by("verdict").className = "bad";
if (f) { by("cause").textContent = f.message;
  for (const d of f.details) make("li", d, by("why"));
  if (f.rerun) make("pre", f.rerun, by("rerun"));
  by("skeleton").textContent = f.skeleton + (f.minimised ? "   [" + f.minimised.text + "]" : "");
  if (f.output) { by("output").hidden = false; by("output").textContent = f.output; } }
const fact = (k, v) => { const r = make("tr", null, by("facts")); make("td", k, r); make("td", v, r); };
fact("explored by", data.explorer); fact("coverage", data.coverage);
fact("executions", data.executions + ": " + ["complete", "failed", "deadlocked", "blocked", "redundant", "cut"]
  .filter(k => data[k]).map(k => data[k] + " " + k).join(", "));
if (data.ended_by) fact("ended by", data.ended_by);
for (const a of data.assumptions) make("li", "assuming " + a, by("notes"));
for (const w of data.warnings) make("li", "warning: " + w, by("notes"), "warn");

const events = f ? f.events : [], threads = f ? f.threads : [], objects = f ? f.objects : [];
const H = 22, W = 64, lane = Math.max(110, Math.min(240, Math.floor(1000 / Math.max(1, threads.length))));
const colours = ["#0b6bcb", "#c2410c", "#15803d", "#7e22ce", "#be185d", "#0f766e", "#a16207", "#475569"];
let shown = [], chosen = -1, position = new Map();
const width = W + lane * threads.length + 320;
make("div", "step", by("heads")).style.width = W + "px";
for (const t of threads) { const h = make("div", t.name, by("heads")); h.style.width = lane + "px";
  h.style.color = colours[t.id % colours.length]; h.title = "started at " + (place(t.started) || "the beginning");
  make("option", t.name, by("thread")).value = t.id; }
for (const o of objects) make("option", o.text, by("object")).value = o.id;

function filter() {
  const o = by("object").value, t = by("thread").value, s = by("search").value.toLowerCase();
  shown = []; position = new Map();
  events.forEach((e, i) => {
    if (o !== "" && e.object !== +o && e.second !== +o && e.what !== "failure") return;
    if (t !== "" && e.thread !== +t) return;
    if (s && !(e.text + " " + place(e.at)).toLowerCase().includes(s)) return;
    position.set(i, shown.length); shown.push(i); });
  by("rows").style.height = shown.length * H + "px"; by("rows").style.width = width + "px";
  by("heads").style.width = width + "px";
  by("count").textContent = shown.length + " of " + events.length + " entries";
  draw();
}
let drawn = [];
function draw() {
  const view = by("view"), top = Math.max(0, Math.floor(view.scrollTop / H) - 10);
  const end = Math.min(shown.length, top + Math.ceil(view.clientHeight / H) + 20);
  for (const r of drawn) r.remove(); drawn = [];
  for (let k = top; k < end; ++k) {
    const i = shown[k], e = events[i];
    const row = make("div", null, by("rows"), "row " + e.what + (e.preempted ? " preempted" : "") + (i === chosen ? " chosen" : ""));
    row.style.top = k * H + "px"; row.style.width = width + "px"; row.dataset.index = i;
    row.title = threads[e.thread] ? threads[e.thread].name + ": " + e.text + "\n" + place(e.at) : e.text;
    make("div", e.visible ? e.step + 1 : "", row, "step mono");
    const gap = make("div", null, row); gap.style.width = lane * e.thread + "px"; gap.style.flex = "none";
    const cell = make("div", e.text, row, "cell act mono"); cell.style.width = lane + "px";
    cell.style.flex = "none"; cell.style.color = e.what === "failure" ? "" : colours[e.thread % colours.length];
    const rest = make("div", null, row); rest.style.width = lane * (threads.length - e.thread - 1) + "px"; rest.style.flex = "none";
    make("div", place(e.at), row, "cell mono").style.flex = "1";
    drawn.push(row); }
  arrows(top, end);
}
const incoming = new Map();
if (f) for (const o of f.orders) { if (!incoming.has(o.to)) incoming.set(o.to, []); incoming.get(o.to).push(o); }
function arrows(top, end) {
  const s = by("arrows"); s.replaceChildren();
  s.setAttribute("width", width); s.setAttribute("height", Math.max(1, shown.length * H));
  if (!by("showArrows").checked) return;
  const x = i => W + lane * events[i].thread + 4, y = i => position.get(i) * H + H / 2;
  for (let k = top; k < end; ++k) for (const o of incoming.get(shown[k]) || []) {
    if (!position.has(o.from)) continue;
    const strong = o.from === chosen || o.to === chosen;
    const line = svg("line", { x1: x(o.from), y1: y(o.from), x2: x(o.to), y2: y(o.to), "stroke": "currentColor",
      "stroke-opacity": strong ? .9 : .22, "stroke-width": strong ? 2 : 1 }, s);
    svg("circle", { cx: x(o.to), cy: y(o.to), r: 3, fill: "currentColor", "fill-opacity": strong ? .9 : .3 }, s);
    line.appendChild(svg("title", {})).textContent = o.why; }
}
function choose(i) {
  chosen = i; const e = events[i], d = by("details"); d.replaceChildren();
  const say = (k, v) => { if (v !== undefined && v !== "" && v !== null) make("div", k + ": " + v, d); };
  say("thread", threads[e.thread] ? threads[e.thread].name : e.thread); say("does", e.text);
  say("step", e.visible ? e.step + 1 : undefined); say("at", place(e.at));
  if (e.object !== undefined) { say("object", objects[e.object].text); say("made at", place(objects[e.object].made)); }
  say("value", e.value); if (e.failed) say("result", "failed"); if (e.preempted) say("preempts", "the thread before it");
  for (const o of f.orders) { if (o.to === i) say(o.why, "this, from " + threads[events[o.from].thread].name + ": " + events[o.from].text);
    if (o.from === i) say("then " + o.why, threads[events[o.to].thread].name + ": " + events[o.to].text); }
  draw();
}
by("rows").addEventListener("click", e => { const r = e.target.closest(".row"); if (r) choose(+r.dataset.index); });
let waiting = false;
by("view").addEventListener("scroll", () => { if (waiting) return; waiting = true;
  requestAnimationFrame(() => { waiting = false; draw(); }); });
for (const id of ["object", "thread", "showArrows"]) by(id).addEventListener("change", filter);
by("search").addEventListener("input", filter);
window.addEventListener("resize", draw);

function graph() {
  if (!f || !f.waits.length) return;
  by("waitsTitle").textContent = "Who could not go on";
  const n = f.waits.length, R = 26, S = Math.max(200, Math.min(320, 80 * n)), c = S / 2;
  const g = by("graph"); g.setAttribute("viewBox", "0 0 " + S + " " + S); g.setAttribute("width", S); g.setAttribute("height", S);
  const at = new Map(); f.waits.forEach((w, k) => { const a = 2 * Math.PI * k / n - Math.PI / 2;
    at.set(w.thread, [c + (c - R - 6) * Math.cos(a), c + (c - R - 6) * Math.sin(a)]); });
  const marker = svg("marker", { id: "tip", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto" }, svg("defs", {}, g));
  svg("path", { d: "M0 0L8 4L0 8z", fill: "currentColor" }, marker);
  for (const w of f.waits) {
    const line = (threads[w.thread] ? threads[w.thread].name : "T" + w.thread) + ": " + w.operation + (w.object ? " of " + w.object : "") +
      (w.for !== undefined && threads[w.for] ? ", held up by " + threads[w.for].name : "") + " (" + place(w.at) + ")";
    make("li", line, by("waits"));
    if (w.for === undefined || !at.has(w.for) || w.for === w.thread) continue;
    const [x1, y1] = at.get(w.thread), [x2, y2] = at.get(w.for), l = Math.hypot(x2 - x1, y2 - y1) || 1;
    svg("line", { x1: x1 + (x2 - x1) * R / l, y1: y1 + (y2 - y1) * R / l, x2: x2 - (x2 - x1) * R / l, y2: y2 - (y2 - y1) * R / l,
      stroke: "currentColor", "stroke-width": 1.5, "marker-end": "url(#tip)" }, g); }
  for (const [t, [x, y]] of at) { svg("circle", { cx: x, cy: y, r: R, fill: "none", stroke: colours[t % colours.length], "stroke-width": 2 }, g);
    const label = svg("text", { x, y: y + 4, "text-anchor": "middle", fill: "currentColor", "font-size": 12 }, g);
    label.textContent = "T" + t; label.appendChild(svg("title", {})).textContent = threads[t] ? threads[t].name : ""; }
}
graph(); filter();
const bad = events.findIndex(e => e.what === "failure");
if (bad >= 0) { choose(bad); by("view").scrollTop = Math.max(0, position.get(bad) * H - by("view").clientHeight / 2); }
</script></body></html>
)html";

}  // namespace heddle::explorers
