/** The report's whole look. Light, printable on A4, verdicts told by symbol and word as well as by colour. */
export const STYLE = `
:root { --ink: #1b2330; --muted: #566072; --line: #dfe3ea; --soft: #f6f7f9; --accent: #1f4f8f; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; color: var(--ink); background: #fff; font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
main { max-width: 1040px; margin: 0 auto; padding: 48px 32px 80px; }
h1 { font-size: 30px; line-height: 1.2; letter-spacing: -.01em; margin: 0 0 6px; }
h2 { font-size: 21px; line-height: 1.3; margin: 56px 0 12px; padding-top: 20px; border-top: 1px solid var(--line); }
h3 { font-size: 15px; margin: 28px 0 8px; }
h4 { font-size: 14px; margin: 20px 0 6px; }
p { margin: 0 0 10px; max-width: 76ch; }
a { color: var(--accent); text-underline-offset: 2px; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .88em; }
code { overflow-wrap: anywhere; }
pre { margin: 8px 0 14px; padding: 12px 14px; background: var(--soft); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.5; }
.brand { font-size: 13px; font-weight: 600; letter-spacing: .02em; color: var(--muted); margin: 0 0 20px; }
.muted { color: var(--muted); }
.small { font-size: 13px; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.nowrap { white-space: nowrap; }
.verdict { display: inline-block; white-space: nowrap; font-size: 12px; font-weight: 700; letter-spacing: .03em; line-height: 1.4; padding: 1px 8px; border-radius: 4px; border: 1px solid; }
.held { color: #0b5a32; background: #e6f5ec; border-color: #9fd3b6; }
.violated { color: #a3121f; background: #fdebec; border-color: #eeaab0; }
.stalled { color: #7f4300; background: #fdf0df; border-color: #e8c08d; }
.inconclusive, .vacuous { color: #51378f; background: #f1ecfb; border-color: #c7b6ea; }
.not-proven, .not-applicable { color: #4a5364; background: #f1f3f6; border-color: #cbd2dc; }
.result { margin: 24px 0; padding: 18px 22px; border-radius: 8px; border: 1px solid; border-left-width: 6px; }
.result p { margin: 0; max-width: none; color: var(--ink); }
.violation > p { max-width: none; }
.violation .says { font-size: 16px; }
.legend { max-width: none; }
.result .word { font-size: 24px; font-weight: 750; line-height: 1.3; color: inherit; }
.stages { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 12px 20px; margin: 0 0 28px; padding: 0; list-style: none; }
.stages h3 { margin: 0 0 6px; font-size: 13px; color: var(--muted); font-weight: 600; }
.cells { display: flex; gap: 5px; margin: 0; padding: 0; list-style: none; }
.cells a { display: block; padding: 5px 0 4px; border: 1px solid; border-radius: 5px; text-align: center; font-size: 12px; font-weight: 650; line-height: 1.35; text-decoration: none; }
.cells li { flex: 1 1 0; min-width: 0; max-width: 54px; }
.facts { display: grid; grid-template-columns: repeat(3, 1fr); gap: 12px 28px; margin: 0; padding: 16px 0 0; border-top: 1px solid var(--line); }
.facts dt { font-size: 12px; color: var(--muted); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.facts .wide { grid-column: 1 / -1; }
.scroll { overflow-x: auto; margin: 8px 0 16px; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; line-height: 1.45; }
caption { text-align: left; font-weight: 600; font-size: 14px; padding: 0 0 6px; }
th, td { text-align: left; vertical-align: top; padding: 7px 12px 7px 0; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
thead th { font-size: 12px; font-weight: 600; color: var(--muted); border-bottom-color: #b9c1cd; white-space: nowrap; }
tbody th { font-weight: 600; }
tbody th .muted { font-weight: 400; }
th a { text-decoration-thickness: 1px; }
tr.stage th { padding-top: 18px; font-size: 13px; color: var(--muted); border-bottom-color: #b9c1cd; }
td { overflow-wrap: break-word; }
.control > header { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; margin: 56px 0 8px; padding-top: 20px; border-top: 1px solid var(--line); }
.control > header h3 { margin: 0; font-size: 19px; flex: 1 1 auto; }
h2 + .control > header { border-top: 0; margin-top: 8px; padding-top: 0; }
.control h4 { margin-top: 24px; }
.claim { font-size: 16px; }
.met { color: #0b5a32; font-weight: 600; }
.unmet { color: #a3121f; font-weight: 600; }
.violation { margin: 18px 0 28px; padding: 18px 22px 8px; border: 1px solid #eeaab0; border-left-width: 6px; border-radius: 8px; }
.violation h4 { margin: 0 0 6px; font-size: 16px; color: #a3121f; }
.violation h4 code { font-size: 1em; }
.violation h5 { font-size: 13px; margin: 16px 0 4px; }
.timeline { display: block; width: 100%; min-width: 760px; height: auto; }
.legend { font-size: 12.5px; color: var(--muted); }
.raw td { font-size: 12.5px; }
.raw code { font-size: 12px; }
ul { margin: 0 0 12px; padding-left: 20px; max-width: 76ch; }
.predicates { list-style: none; padding: 0; }
.predicates li { display: flex; gap: 10px; }
.predicates code { flex: 0 0 3em; font-weight: 600; padding-top: .1em; }
input[name=language] { position: absolute; opacity: 0; }
.language { position: absolute; top: 18px; right: 32px; margin: 0; font-size: 13px; }
.language label { margin-left: 12px; color: var(--accent); cursor: pointer; text-decoration: underline; text-underline-offset: 2px; }
#english:checked ~ .language label[for=english], #korean:checked ~ .language label[for=korean] { color: var(--muted); text-decoration: none; }
#english:focus-visible ~ .language label[for=english], #korean:focus-visible ~ .language label[for=korean] { outline: 2px solid var(--accent); outline-offset: 2px; }
b.method::first-letter { text-transform: uppercase; }
b.method { display: inline-block; font-weight: inherit; }
details { margin: 18px 0; border: 1px solid var(--line); border-radius: 6px; }
summary { padding: 8px 14px; font-size: 14px; font-weight: 600; cursor: pointer; }
details[open] > summary { border-bottom: 1px solid var(--line); }
details > :not(summary) { margin-left: 14px; margin-right: 14px; }
footer { margin-top: 56px; padding-top: 16px; border-top: 1px solid var(--line); font-size: 13px; color: var(--muted); }
@media screen and (min-width: 721px) { .overview td:nth-child(2) { white-space: nowrap; } }
@media screen and (max-width: 720px) {
  main { padding: 28px 18px 56px; }
  h1 { font-size: 25px; }
  .stages { grid-template-columns: 1fr; }
  .facts { grid-template-columns: 1fr; }
  .scroll > table { min-width: 620px; }
  .scroll > table.overview { min-width: 0; font-size: 12.5px; }
  .overview th, .overview td { padding-right: 8px; }
  .extra { display: none; }
  .overview .verdict { font-size: 10.5px; padding: 1px 5px; }
  .violation { padding: 14px 14px 6px; }
}
@media print {
  @page { size: A4; margin: 14mm 14mm 15mm; }
  body { font-size: 9pt; line-height: 1.45; }
  h1 { font-size: 17pt; }
  h2 { font-size: 14pt; margin: 20pt 0 6pt; padding-top: 8pt; }
  #controls { margin: 9pt 0 3pt; padding-top: 6pt; }
  .brand { margin-bottom: 8px; }
  .control > header { margin-top: 20pt; padding-top: 10pt; }
  .facts { gap: 4px 20px; padding-top: 10px; }
  .result { margin: 10px 0 14px; padding: 9px 14px; }
  .result .word { font-size: 14pt; }
  .claim, .violation .says { font-size: 10pt; }
  .stages { margin-bottom: 16px; }
  th, td { padding-top: 3.5px; padding-bottom: 3.5px; }
  tr.stage th { padding-top: 7px; }
  .overview td { line-height: 1.35; }
  table.overview { font-size: 8pt; table-layout: fixed; }
  .overview thead th { font-size: 7.5pt; }
  .overview th:nth-child(1) { width: 5%; }
  .overview th:nth-child(2) { width: 25%; }
  .overview th:nth-child(3) { width: 15%; }
  .overview th:nth-child(4) { width: 11%; }
  .overview th:nth-child(5) { width: 9%; }
  .overview th, .overview td { padding-top: 2px; padding-bottom: 2px; }
  .overview tr.stage th { padding-top: 4px; font-size: 8pt; }
  .small, .legend, .raw td { font-size: 8pt; }
  .raw code { font-size: 7.5pt; }
  .verdict { font-size: 7.5pt; padding: 0 5px; }
  .cells a { font-size: 8pt; padding: 3px 0; }
  .violation { -webkit-box-decoration-break: clone; box-decoration-break: clone; }
  main { max-width: none; padding: 0; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  table { font-size: 8.5pt; }
  h2, h3, h4, h5, .control > header, caption { break-after: avoid; }
  tr, .result, .facts div, .cells, svg, .predicates li { break-inside: avoid; }
  thead { display: table-header-group; }
  thead, caption { break-after: avoid; }
  table.whole, .raw tr { break-inside: avoid; }
  .language { display: none; }
  .scroll { overflow: visible; }
  /* On paper nothing can be opened. */
  details { border: 0; margin: 6pt 0; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
  summary { padding: 0; list-style: none; }
  details[open] > summary { border: 0; }
  details > :not(summary) { margin-left: 0; margin-right: 0; }
  .timeline { min-width: 0; }
  a { color: inherit; text-decoration: none; }
}
`
