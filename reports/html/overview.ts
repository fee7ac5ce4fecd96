import { STAGES } from '../controls.ts'
import type { ControlReport, Report } from '../report.ts'
import { said, translated } from './said.ts'
import { type Html, html } from './template.ts'
import { verdictMark } from './verdict-mark.ts'

/** The 18 controls in the checklist's four stages. */
export function overview({ controls }: Report): Html {
  return html`<section aria-labelledby="controls">
<h2 id="controls">${said('The {} controls', controls.length)}</h2>
<div class="scroll" tabindex="0"><table class="overview">
<thead><tr><th scope="col">${said('Id')}</th><th scope="col">${said('Control')}</th><th scope="col">${said('Verdict')}</th><th scope="col" class="extra">${said('Method')}</th><th scope="col" class="number extra">${said('Scenarios')}</th><th scope="col">${said('What was found')}</th></tr></thead>
${STAGES.map(
  (stage) => html`<tbody>
<tr class="stage"><th scope="rowgroup" colspan="6">${translated(stage.title)}</th></tr>
${controls.filter(({ control }) => control.stage === stage.id).map(row)}
</tbody>`,
)}
</table></div>
</section>`
}

function row({ control, judgement, scenarios, declared }: ControlReport): Html {
  const judged = judgement.method !== 'none'
  return html`<tr${!judged && html` id="${control.id}"`}>
<th scope="row">${judged ? html`<a href="#${control.id}">${control.id}</a>` : control.id}</th>
<td>${translated(control.title)}</td>
<td>${verdictMark(judgement.verdict)}</td>
<td class="extra">${judged ? translated(judgement.method) : '–'}</td>
<td class="number extra">${scenarios.length > 0 ? scenarios.length : '–'}</td>
<td${!judged && html` class="muted"`}>${judgement.reason}${!judged && declared.map((line) => html`<br>${line}`)}</td>
</tr>`
}
