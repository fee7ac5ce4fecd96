import type { FeatureReport } from '../features.ts'
import type { Report } from '../report.ts'
import { said } from './said.ts'
import { type Html, html } from './template.ts'
import { verdictMark } from './verdict-mark.ts'
import { violationBlock } from './violation.ts'

/** Scenarios of no control, feature by feature. */
export function featuresSection(report: Report): Html | false {
  if (report.features.length === 0) return false
  return html`<section aria-labelledby="features"><h2 id="features">${said('Features of your own')}</h2>
<p class="muted">${said('They are about none of the 18 controls, and count for the verdict of the run.')}</p>
${report.features.map((each) => featureOf(each, report))}</section>`
}

function featureOf({ title, verdict, scenarios, judged }: FeatureReport, report: Report): Html {
  const violations = report.violations.filter(
    ({ scenario, control }) => control === '' && scenarios.some(({ id }) => id === scenario.id),
  )
  return html`<section class="control">
<header><h3>${title}</h3>${verdictMark(verdict)}</header>
${violations.map((each) => violationBlock(each, report.run.replay))}
<ul class="predicates">${judged.map((each) => html`<li><span>${each.promise} <span class="muted small">${each.judged}</span></span></li>`)}</ul>
<div class="scroll" tabindex="0"><table class="whole"><thead><tr><th scope="col">${said('Scenario')}</th><th scope="col">${said('Subject')}</th><th scope="col">${said('Windows')}</th><th scope="col">${said('Verdict')}</th></tr></thead><tbody>
${scenarios.map(rowOf)}
</tbody></table></div>
</section>`
}

function rowOf({ title, reason, subject, windows, verdict }: FeatureReport['scenarios'][number]): Html {
  const entered = windows.map((window) => `${window.id} ${window.entered} of ${window.trials}`).join(', ')
  return html`<tr><th scope="row">${title}${reason && html`<br><span class="muted small">${reason}</span>`}</th><td class="nowrap">${subject}</td><td class="nowrap">${entered || '–'}</td><td>${verdictMark(verdict)}</td></tr>`
}
