import { attestationLine, waiverLine } from '../declared-lines.ts'
import type { Report } from '../report.ts'
import { said } from './said.ts'
import { type Html, html } from './template.ts'

/** What somebody answers for: known violations, and what can only be declared. Apart from what was proved. */
export function declaredSection({ verdicts }: Report): Html | false {
  const { attestations = [], waivers = [] } = verdicts
  if (attestations.length + waivers.length === 0) return false
  return html`<section aria-labelledby="declared"><h2 id="declared">${said('What is attested, and what is waived')}</h2>
<p class="muted">${said('People answer for this; nothing here was proved. A waived violation stays one.')}</p>
<ul>${waivers.map((each) => html`<li><span class="unmet"><span aria-hidden="true">✗</span></span> ${waiverLine(each)}</li>`)}
${attestations.map((each) => html`<li><span class="${each.state === 'ATTESTED' ? 'muted' : 'unmet'}"><span aria-hidden="true">${each.state === 'ATTESTED' ? '✎' : '–'}</span></span> ${attestationLine(each)}<br><span class="muted small">${each.evidence}${each.found !== null && html`, SHA-256 <code>${each.found}</code>`}</span></li>`)}</ul></section>`
}
