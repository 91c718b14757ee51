/** The documentation's one stylesheet; fonts are the reader's own. */
export const STYLE = `
:root { --ink: #1d2733; --soft: #5c6b7a; --line: #dfe5eb; --paper: #fff; --tint: #f5f7f9; --accent: #0b5c8a; --get: #2b6b4f; --post: #9a4a12; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #dfe6ec; --soft: #93a1af; --line: #303b46; --paper: #151b21; --tint: #1d252d; --accent: #74b9e0; --get: #6fc29d; --post: #e3a06c; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; color-scheme: light dark; }
body { margin: 0; display: grid; grid-template-columns: 17rem minmax(0, 1fr); background: var(--paper); color: var(--ink);
  font: 15px/1.7 system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
code, pre, .method { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace; font-size: .86em; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.2rem 1rem 3rem; background: var(--tint); border-right: 1px solid var(--line); font-size: 13.5px; line-height: 1.5; }
nav .brand { margin: 0 0 1rem; font-size: 1.25rem; font-weight: 700; }
nav .brand small { margin-left: .6em; font-size: .75rem; font-weight: 400; color: var(--soft); }
nav h2 { margin: 1.1rem 0 .25rem; font-size: .85rem; }
nav h2 a { color: var(--ink); }
nav ul { margin: 0; padding: 0; list-style: none; }
nav li a { display: flex; gap: .5em; align-items: baseline; padding: .18rem .3rem; border-radius: 4px; color: var(--soft); }
nav li a:hover { background: var(--line); color: var(--ink); text-decoration: none; }
.method { display: inline-block; flex: none; min-width: 2.9em; font-size: .72rem; letter-spacing: .03em; }
.method.get { color: var(--get); }
.method.post { color: var(--post); }
main { padding: 2rem clamp(1rem, 3vw, 3rem) 6rem; max-width: 96rem; }
h1 { margin: 0 0 .4rem; font-size: 1.9rem; }
section > h2 { margin: 3.5rem 0 .3rem; padding-bottom: .35rem; border-bottom: 2px solid var(--accent); font-size: 1.4rem; }
.lead { margin: .4rem 0 0; color: var(--soft); }
dt { margin-top: .9rem; font-weight: 600; }
dd { margin: 0; max-width: 52em; }
article { margin-top: 1.6rem; }
.operation { padding-top: 1.4rem; border-top: 1px solid var(--line); }
.lead + .operation { border-top: 0; padding-top: .4rem; }
article:target > h3 a { background: color-mix(in srgb, var(--accent) 16%, transparent); }
h3 { margin: 0; font-size: 1.1rem; }
h3 a { color: var(--ink); }
h4 { margin: 1.1rem 0 .3rem; font-size: .9rem; }
h4 small, p small { font-weight: 400; color: var(--soft); }
.address { margin: .15rem 0 0; }
.address .method { margin-right: .5em; padding: 0 .5em; border: 1px solid; border-radius: 4px; font-size: .75rem; }
.columns > pre { align-self: start; margin: 1.1rem 0 0; }
@media (min-width: 85rem) { .columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 28rem); gap: 2rem; } }
pre { margin: .6rem 0; padding: .9rem 1rem; overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; background: var(--tint); line-height: 1.55; }
table { width: 100%; border-collapse: collapse; font-size: .92em; }
th { font-weight: 500; color: var(--soft); }
th, td { padding: .32rem .8rem .32rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
td:first-child { width: 30%; }
td:nth-last-child(2) { width: 17%; }
.parameters td:nth-child(2) { width: 5em; }
abbr { margin-left: .15em; color: var(--post); text-decoration: none; }
.limits { color: var(--soft); }
.limits::before { content: "· "; }
details { margin: .2rem 0; }
summary { cursor: pointer; }
summary .type { margin-left: .4em; color: var(--soft); }
details > table { margin: .3rem 0 .8rem; }
.good { color: var(--get); font-weight: 600; }
.refusals { margin: .5rem 0 0; color: var(--soft); font-size: .92em; }
@media (max-width: 60rem) {
  body { display: block; }
  nav { position: static; height: auto; max-height: 32vh; border-right: 0; border-bottom: 1px solid var(--line); }
}
@media print {
  @page { margin: 18mm 15mm; }
  :root { --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --tint: #fff; --accent: #000; --get: #000; --post: #000; }
  body { display: block; font-size: 10pt; }
  nav { display: none; }
  main { padding: 0; }
  h2, h3, h4, .address { break-after: avoid; }
  tr, pre { break-inside: avoid; }
  pre { white-space: pre-wrap; }
  thead { display: table-header-group; }
}
`;
