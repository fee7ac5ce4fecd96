import { STAGES } from '../controls.ts'
import type { Report } from '../report.ts'
import { scope, verdictCounts } from '../summary.ts'
import { duration, utc } from '../words.ts'
import { inBoth, type Phrase, said, translated } from './said.ts'
import { type Html, html } from './template.ts'
import { SYMBOL } from './verdict-mark.ts'

/** What a reviewer reads first: scope and verdict in one line, then what makes the run identifiable. */
export function cover(report: Report): Html {
  const { run, verdicts } = report
  return html`<header>
<p class="brand">eventproof · ${said('compliance report')}</p>
<h1>${said('{} controls:', report.controls.length)} ${verdictCounts(report).map((each, index) => html`${index > 0 && ', '}<span class="nowrap">${each}</span>`)}</h1>
<p class="muted">${scope(report)}</p>
<div class="result ${verdicts.verdict.toLowerCase()}">
<p class="word"><span aria-hidden="true">${SYMBOL[verdicts.verdict]}</span> ${verdicts.verdict}${verdicts.interrupted && html` · ${said('interrupted')}`}</p>
<p>${sentence(report)}</p>
</div>
<ol class="stages">${STAGES.map(
    (stage) =>
      html`<li><h3>${translated(stage.title)}</h3><ol class="cells">${report.controls
        .filter(({ control }) => control.stage === stage.id)
        .map(
          ({ control, judgement }) =>
            html`<li><a class="${judgement.verdict.toLowerCase()}" href="#${control.id}" title="${control.title}: ${judgement.verdict}">${control.id} <span aria-hidden="true">${SYMBOL[judgement.verdict]}</span></a></li>`,
        )}</ol></li>`,
  )}</ol>
<dl class="facts">
${fact('Run', run.id)}
${fact('Started', utc(run.startedAt))}
${fact('Took', duration(run.startedAt, run.endedAt))}
${fact('Commit', run.git ? html`<code>${run.git.commit.slice(0, 12)}</code>${run.git.dirty && html` ${said('with local changes')}`}` : said('not in a git checkout'))}
${fact('Tool', `${run.tool.name} ${run.tool.version}`)}
${fact('Stack', run.stack)}
${fact('Seed', html`<code>${run.seed}</code>`)}
${fact('Profile', `${run.profile}${run.repeat > 1 ? `, each scenario ${run.repeat} times` : ''}`)}
${fact('Selected', run.selection.length > 0 ? run.selection.join(' ') : said('everything'))}
${run.twin !== undefined && fact('Twin', run.twin)}
${run.disarmed.length > 0 && fact('Switched off', run.disarmed.join(', '))}
<div class="wide"><dt>${said('Evidence root (SHA-256)')}</dt><dd><code>${report.evidence}</code></dd></div>
</dl>
<p class="muted small">${inBoth('', '발견되어 기록된 내용은 증거에 적힌 그대로 영어로 표시됩니다.')}</p>
</header>`
}

function sentence({ run, verdicts, controls }: Report): Html | string {
  const worst = controls.filter((each) => each.judgement.verdict === verdicts.verdict)
  if (verdicts.interrupted) {
    return said(
      'The run was interrupted. What was violated until then stays violated; nothing else is confirmed.',
    )
  }
  if (verdicts.scenarios.length === 0) return said('No scenario ran, so nothing is proved.')
  if (run.disarmed.length > 0 && verdicts.verdict === 'VACUOUS') {
    return said('Faults were switched off on purpose: without them the run says nothing.')
  }
  if (verdicts.verdict === 'HELD') {
    if (worst.length === controls.length)
      return said('All promises were put to the test, and none was broken.')
    return said(
      'No promise that was put to the test was broken. The other controls are listed as not proven, with the reason.',
    )
  }
  const [first] = worst
  if (!first) return said('A scenario outside the controls did not hold.')
  return html`<a href="#${first.control.id}">${first.control.id} ${translated(first.control.title)}</a>: ${first.judgement.reason}${worst.length > 1 && html` (${said('and {} more', worst.length - 1)})`}`
}

function fact(name: Phrase, value: Html | string): Html {
  return html`<div><dt>${said(name)}</dt><dd>${value}</dd></div>`
}
