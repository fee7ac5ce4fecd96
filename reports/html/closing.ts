import type { Report } from '../report.ts'
import { MEANING, VERDICTS } from '../words.ts'
import { type Html, html } from './template.ts'
import { verdictMark } from './verdict-mark.ts'

/** What was not proven, the environment, how to check this report, and what the words mean. */
export function closing(report: Report): Html {
  return html`${notProven(report)}${environment(report)}${verification(report)}${glossary()}`
}

/** Grouped by reason: a reviewer looks for what is missing, not for fourteen copies of a sentence. */
function notProven({ controls, run }: Report): Html {
  const { leftOut = [] } = run
  const open = controls.filter((each) => each.judgement.verdict === 'NOT-PROVEN')
  const groups = Object.entries(Object.groupBy(open, (each) => each.judgement.reason))
  return html`<section aria-labelledby="not-proven"><h2 id="not-proven">What was not proven, and why</h2>
${groups.length === 0 && html`<p>Nothing: every control was judged.</p>`}
${groups.map(
  ([reason, group = []]) => html`<h3>${reason.charAt(0).toUpperCase() + reason.slice(1)}</h3>
<ul>${group.map(({ control }) => html`<li><a href="#${control.id}">${control.id}</a> ${control.asks} <span class="muted">${control.judgedBy}</span></li>`)}</ul>`,
)}
${
  run.notProven.length > 0 &&
  html`<h3>Scenarios that could not run on this stack</h3>
<div class="scroll"><table><thead><tr><th scope="col">Scenario</th><th scope="col">Controls</th><th scope="col">Lacks</th></tr></thead><tbody>
${run.notProven.map((each) => html`<tr><th scope="row">${each.scenario}</th><td>${each.controls.join(', ')}</td><td>${each.capability}</td></tr>`)}
</tbody></table></div>`
}
${
  leftOut.length > 0 &&
  html`<h3>Scenarios that the profile ${run.profile} has no time for</h3>
<p>They take minutes: <code>eventproof prove @slow</code> proves them, as does <code>--profile full</code>.</p>
<ul>${leftOut.map(({ title, controls }) => html`<li>${title} <span class="muted">${controls.join(', ')}</span></li>`)}</ul>`
}
</section>`
}

function environment({ run }: Report): Html {
  const rows: [string, string][] = [
    ...Object.entries(run.versions),
    ['operating system', run.host.os],
    ['processors', String(run.host.cpus)],
    ['memory', `${(run.host.memoryBytes / 2 ** 30).toFixed(1)} GB`],
    ['capabilities', run.capabilities.join(', ') || 'none'],
    ['scenarios at a time', String(run.jobs)],
    ['configuration', `${run.config.path} (sha256 ${run.config.sha256})`],
  ]
  return html`<section aria-labelledby="environment"><h2 id="environment">Environment</h2>
<div class="scroll"><table><thead><tr><th scope="col">What</th><th scope="col">Version or value</th></tr></thead><tbody>
${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}
</tbody></table></div></section>`
}

function verification({ run, evidence }: Report): Html {
  return html`<section aria-labelledby="verify"><h2 id="verify">How to check this report</h2>
<p>Everything in it is made from the files beside it. This compares them with <code>manifest.json</code>, which holds the SHA-256 of each:</p>
<pre><code>eventproof verify &lt;this directory&gt;</code></pre>
<p>The evidence root of this report, over all files that it was made from, is <code>${evidence}</code>.</p>
<p>This runs the same schedule of load and faults again, from the same seed:</p>
<pre><code>${run.replay}</code></pre>
<p class="muted small">The schedule repeats exactly; the interleaving of the operating system and the network does not.</p>
</section>`
}

function glossary(): Html {
  return html`<section aria-labelledby="glossary"><h2 id="glossary">What the verdicts mean</h2>
<p>A refutation is sound: one counterexample settles it. A confirmation is bounded, and says its bound. The worst verdict wins.</p>
<div class="scroll"><table class="whole"><thead><tr><th scope="col">Verdict</th><th scope="col">Meaning</th></tr></thead><tbody>
${VERDICTS.map((verdict) => html`<tr><th scope="row">${verdictMark(verdict)}</th><td>${MEANING[verdict]}</td></tr>`)}
</tbody></table></div></section>`
}
