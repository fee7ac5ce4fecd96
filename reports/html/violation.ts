import type { Counterexample } from '../../proof/finding.ts'
import { payloadOf } from '../payload.ts'
import type { ViolationReport } from '../report.ts'
import { timeline } from '../timeline.ts'
import { said } from './said.ts'
import { type Html, html } from './template.ts'

const GRADE: Readonly<Record<Counterexample['grade'], string>> = {
  A: 'A: the order of a log or a held backend proves it',
  B: 'B: bytes or connections prove it',
  C: 'C: a sentinel or a clock suggests it',
}

/** A violation, from the sentence down to the raw events. */
export function violationBlock(
  { anchor, violation, scenario, lanes, events, times }: ViolationReport,
  replay: string,
): Html {
  const { name, counterexample } = violation
  const found = events.filter((each) => each.counterexample)
  const absent = counterexample.events.length - found.length
  return html`<article class="violation" id="${anchor}">
<h4>${violation.kind === 'violated' ? html`✗ ${said('Violated')}` : html`… ${said('Stalled')}`}: <code>${name}</code></h4>
<p class="says">${counterexample.says}.</p>
<p class="muted small">${scenario.title} · ${scenario.subject} · ${violation.predicate} · evidence ${GRADE[counterexample.grade]}${times > 1 && ` · found ${times} times, the first is shown`}</p>
${
  found.length > 0 &&
  html`<div class="scroll" tabindex="0">${timeline(events, `${name}: ${counterexample.says}`, lanes)}</div>
<p class="legend">${said('Filled and joined: the minimal counterexample. Hollow: what happened around it. Shaded: a fault was in force. Dashed: a process was gone. Rows are in the order in which the harness saw them.')}</p>
<h5>${said('The counterexample, as recorded')}</h5>
<div class="scroll" tabindex="0"><table class="raw"><thead><tr><th scope="col" class="number">seq</th><th scope="col">${said('Kind')}</th><th scope="col">${said('Content')}</th></tr></thead><tbody>
${found.map(({ event }) => html`<tr><td class="number">${event.seq}</td><td class="nowrap"><code>${event.kind}</code></td><td><code>${payloadOf(event)}</code></td></tr>`)}
</tbody></table></div>`
}
${absent > 0 && html`<p class="small">${absent} of the counterexample’s ${counterexample.events.length} events ${found.length === 0 ? 'are not in the history' : 'are not shown here'}; their numbers: ${counterexample.events.slice(0, 40).join(', ')}.</p>`}
<h5>${said('To see it again')}</h5>
<pre><code>${replay}</code></pre>
</article>`
}
