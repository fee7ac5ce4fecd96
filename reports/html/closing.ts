import type { Report } from '../report.ts'
import { MEANING, VERDICTS } from '../words.ts'
import { inBoth, said, translated } from './said.ts'
import { type Html, html } from './template.ts'
import { verdictMark } from './verdict-mark.ts'

/** What was not proven, the environment, how to check this report, and what the words mean. */
export function closing(report: Report): Html {
  return html`${notProven(report)}${environment(report)}${verification(report)}${glossary()}`
}

/** Grouped by reason: a reviewer looks for what is missing, not for fourteen copies of a sentence. */
function notProven({ controls, run, verdicts }: Report): Html {
  const { leftOut = [] } = run
  const late = leftOut.filter(({ because }) => because === undefined)
  const elsewhere = leftOut.filter(({ because }) => because !== undefined)
  const open = controls.filter((each) => each.judgement.verdict === 'NOT-PROVEN')
  const excluded = verdicts.scenarios.filter(({ verdict }) => verdict === 'NOT-APPLICABLE')
  const groups = Object.entries(Object.groupBy(open, (each) => each.judgement.reason))
  return html`<section aria-labelledby="not-proven"><h2 id="not-proven">${said('What was not proven, and why')}</h2>
${groups.length === 0 && html`<p>${said('Nothing: every control was judged.')}</p>`}
${groups.map(
  ([reason, group = []]) => html`<h3>${reason.charAt(0).toUpperCase() + reason.slice(1)}</h3>
<ul>${group.map(({ control }) => html`<li><a href="#${control.id}">${control.id}</a> ${inBoth(control.asks, control.ko)} <span class="muted">${translated(control.judgedBy)}</span></li>`)}</ul>`,
)}
${
  run.notProven.length > 0 &&
  html`<h3>${said('Scenarios that could not run on this stack')}</h3>
<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">${said('Scenario')}</th><th scope="col">${said('Controls')}</th><th scope="col">${said('Lacks')}</th></tr></thead><tbody>
${run.notProven.map((each) => html`<tr><th scope="row">${each.scenario}</th><td>${each.controls.join(', ')}</td><td>${each.capability}</td></tr>`)}
</tbody></table></div>`
}
${
  excluded.length > 0 &&
  html`<h3>Scenarios that do not apply</h3>
<p>The subject’s own design, declared or seen, keeps it out of what they try. They take no part in a verdict.</p>
<ul>${excluded.map(({ title, subject, reason }) => html`<li>${title} <span class="muted">${subject}: ${reason}</span></li>`)}</ul>`
}
${
  late.length > 0 &&
  html`<h3>${said('Scenarios that the profile {} has no time for', run.profile)}</h3>
<p>${said('They take minutes:')} <code>eventproof prove @slow</code>, <code>--profile full</code></p>
<ul>${late.map(({ title, controls }) => html`<li>${title} <span class="muted">${controls.join(', ')}</span></li>`)}</ul>`
}
${
  elsewhere.length > 0 &&
  html`<h3>${said('Scenarios that only other stacks can run')}</h3>
<ul>${elsewhere.map(({ title, controls, because }) => html`<li>${title} <span class="muted">${controls.join(', ')}: ${because}</span></li>`)}</ul>`
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
    ['scenarios at a time, at most', String(run.jobs)],
    ['configuration', `${run.config.path} (sha256 ${run.config.sha256})`],
  ]
  return html`<section aria-labelledby="environment"><h2 id="environment">${said('Environment')}</h2>
<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">${said('What')}</th><th scope="col">${said('Version or value')}</th></tr></thead><tbody>
${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}
</tbody></table></div></section>`
}

function verification({ run, evidence }: Report): Html {
  return html`<section aria-labelledby="verify"><h2 id="verify">${said('How to check this report')}</h2>
<p>${said('Everything in it is made from the files beside it. This compares them with manifest.json, which holds the SHA-256 of each:')}</p>
<pre><code>eventproof verify &lt;this directory&gt;</code></pre>
<p>${said('The evidence root of this report, over all files that it was made from, is')} <code>${evidence}</code></p>
<p>${said('This runs the same schedule of load and faults again, from the same seed:')}</p>
<pre><code>${run.replay}</code></pre>
<p class="muted small">${said('The schedule repeats exactly; the interleaving of the operating system and the network does not.')}</p>
</section>`
}

function glossary(): Html {
  return html`<section aria-labelledby="glossary"><h2 id="glossary">${said('What the verdicts mean')}</h2>
<p>${said('A refutation is sound: one counterexample settles it. A confirmation is bounded, and says its bound. The worst verdict wins.')}</p>
<div class="scroll" tabindex="0"><table class="whole"><thead><tr><th scope="col">${said('Verdict')}</th><th scope="col">${said('Meaning')}</th></tr></thead><tbody>
${VERDICTS.map((verdict) => html`<tr><th scope="row">${verdictMark(verdict)}</th><td>${translated(MEANING[verdict])}</td></tr>`)}
</tbody></table></div></section>`
}
