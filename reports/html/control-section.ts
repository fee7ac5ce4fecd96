import { boundInWords } from '../bound.ts'
import type { Story } from '../panels.ts'
import type { ControlReport } from '../report.ts'
import { count } from '../words.ts'
import { inBoth, said, translated } from './said.ts'
import { tableOf } from './table.ts'
import { type Html, html } from './template.ts'
import { verdictMark } from './verdict-mark.ts'
import { violationBlock } from './violation.ts'

/** All that was found out about one judged control. */
export function controlSection(report: ControlReport, replay: string): Html {
  const { control, judgement } = report
  return html`<section class="control" aria-labelledby="${control.id}">
<header><h3 id="${control.id}">${control.id} · ${translated(control.title)}</h3>${verdictMark(judgement.verdict)}</header>
<p class="claim">${inBoth(control.asks, control.ko)}</p>
${report.violations.length === 0 && judgement.bound === null && html`<p class="found">${judgement.reason.charAt(0).toUpperCase() + judgement.reason.slice(1)}.</p>`}
${report.declared.map((line) => html`<p class="found">${line}.</p>`)}
${bound(report)}
${violations(report, replay)}
<h4>${said('How it is judged')}</h4>
<p>${judgement.method !== 'none' && html`<b class="method">${translated(judgement.method)}</b>. `}${translated(control.judgedBy)}</p>
<ul class="predicates">${report.predicates.map(({ id, promise, because, judged }) => html`<li><code>${id}</code><span>${promise} <span class="muted small">${because}; ${judged}</span></span></li>`)}</ul>
${evidence(report)}
${report.settings && html`<p class="small">${said('What the clients asked for is listed under')} <a href="#settings">${said('settings of every client seen')}</a>.</p>`}
${control.limits.length > 0 && html`<h4>${said('What is not claimed')}</h4><ul>${control.limits.map((limit) => html`<li>${translated(limit)}</li>`)}</ul>`}
</section>`
}

/** How it was hurt and what was seen. Folded where it held: a reviewer opens what is in doubt. */
function evidence({ judgement, scenarios, tables, stories }: ControlReport): Html | false {
  if (tables.length === 0 && stories.length === 0) return false
  const { trials } = judgement
  return html`<details${judgement.verdict !== 'HELD' && html` open`}>
<summary>${said('How it was hurt, and what was seen')}: ${count(scenarios.length, 'scenario')}${trials > 0 && `, ${count(trials, 'trial')}`}</summary>
${tables.map(tableOf)}
${stories.map(story)}
</details>`
}

/** A picture, how to read it, and the same in words. */
function story({ heading, says, picture, legend, table }: Story): Html {
  return html`<h4>${heading}</h4>
<p class="small muted">${says}</p>
<div class="scroll" tabindex="0">${picture}</div>
<p class="legend">${legend}</p>
${table.rows.length > 0 && tableOf(table)}`
}

function bound({ judgement }: ControlReport): Html | false {
  if (judgement.bound === null) return false
  return html`<p>0 violations in ${count(judgement.trials, 'trial')}: ${boundInWords(judgement.bound)}. ${said('Windows are held open, so the number that matters more is how often each was entered.')}</p>`
}

function violations({ control, violations }: ControlReport, replay: string): Html[] {
  return violations.map((each) =>
    each.control === control.id
      ? violationBlock(each, replay)
      : html`<p><a href="#${each.anchor}">${each.violation.name}</a> ${said('is told under')} ${each.control}.</p>`,
  )
}
