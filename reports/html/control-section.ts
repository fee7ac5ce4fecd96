import { boundInWords } from '../bound.ts'
import { deliveriesTable, groupTable, retryTimeline } from '../consuming/panels.ts'
import { judgedInWords } from '../judged.ts'
import type { ControlReport } from '../report.ts'
import { manifestsTable, scalingTable, scalingTimeline } from '../scaling/panels.ts'
import { settingRows } from '../setting-rows.ts'
import { count } from '../words.ts'
import { clientsTable, guardsTable, loadTable, scenariosTable, sizesTable, windowsTable } from './tables.ts'
import { type Html, html } from './template.ts'
import { verdictMark } from './verdict-mark.ts'
import { violationBlock } from './violation.ts'

/** Controls about how a group shares its partitions and says how far it is. */
const GROUPS: ReadonlySet<string> = new Set(['C3', 'C4', 'C5'])
/** Controls that are measured on what clients ask for. */
const SETTINGS: ReadonlySet<string> = new Set(['P3', 'C4', 'C5'])

/** All that was found out about one judged control. */
export function controlSection(report: ControlReport, replay: string): Html {
  const { control, judgement, scenarios } = report
  return html`<section class="control" aria-labelledby="${control.id}">
<header><h3 id="${control.id}">${control.id} · ${control.title}</h3>${verdictMark(judgement.verdict)}</header>
<p class="claim">${control.asks}</p>
<p class="muted small" lang="ko">${control.ko}</p>
${report.violations.length === 0 && judgement.bound === null && html`<p class="found">${judgement.reason.charAt(0).toUpperCase() + judgement.reason.slice(1)}.</p>`}
${bound(report)}
${violations(report, replay)}
<h4>How it is judged</h4>
<p>${method(judgement.method)}${control.judgedBy}</p>
<ul class="predicates">${report.predicates.map(({ id, promise }) => html`<li><code>${id}</code><span>${promise} <span class="muted small">${judgedInWords(id, scenarios)}</span></span></li>`)}</ul>
${control.id === 'P3' && clientsTable(scenarios)}
${control.id === 'P4' && sizesTable(scenarios)}
${scenariosTable(scenarios, judgement.scenarios)}
${windowsTable(scenarios)}
${guardsTable(scenarios)}
${control.id !== 'P4' && loadTable(scenarios)}
${control.stage === 'consume' && deliveriesTable(scenarios)}
${GROUPS.has(control.id) && groupTable(scenarios)}
${report.retries.map(retryTimeline)}
${scalingTable(scenarios)}
${manifestsTable(scenarios)}
${report.scalings.map(scalingTimeline)}
${SETTINGS.has(control.id) && settingRows(scenarios).length > 0 && html`<p class="small">What the clients asked for is listed under <a href="#settings">settings of every client seen</a>.</p>`}
${control.limits.length > 0 && html`<h4>What is not claimed</h4><ul>${control.limits.map((limit) => html`<li>${limit}</li>`)}</ul>`}
</section>`
}

function bound({ judgement }: ControlReport): Html | false {
  if (judgement.bound === null) return false
  return html`<p>0 violations in ${count(judgement.trials, 'trial')}: ${boundInWords(judgement.bound)}. Windows are held open, so the number that matters more is how often each was entered.</p>`
}

function violations({ control, violations }: ControlReport, replay: string): Html[] {
  return violations.map((each) =>
    each.control === control.id
      ? violationBlock(each, replay)
      : html`<p><a href="#${each.anchor}">${each.violation.name}</a> is told under ${each.control}.</p>`,
  )
}

function method(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}. `
}
