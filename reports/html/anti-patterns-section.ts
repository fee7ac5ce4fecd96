import type { AntiPatternJudgement } from '../../proof/anti-pattern.ts'
import type { Verdicts } from '../../proof/judgement.ts'
import { antiPatternCounts, antiPatternSays, STATES } from '../anti-patterns.ts'
import type { Report } from '../report.ts'
import { topologyPicture } from '../topology-picture.ts'
import { said, translated } from './said.ts'
import { type Html, html } from './template.ts'

const MARK = { found: '✗', absent: '✓', 'not-looked-at': '–' } as const

/** The guide's anti-patterns, found or not, beside the verdicts. */
export function antiPatternsSection({ verdicts }: Report): Html | false {
  const { antiPatterns = [] } = verdicts
  if (antiPatterns.length === 0) return false
  const worstFirst = Object.keys(MARK).flatMap((state) => antiPatterns.filter((each) => each.state === state))
  return html`<section aria-labelledby="anti-patterns"><h2 id="anti-patterns">${said('Anti-patterns')}: ${antiPatternCounts(verdicts)}</h2>
<p class="muted">${said('Ways to build that work and cost later, looked for in what was observed. They are no verdicts, and none depends on them.')}</p>
${picture(verdicts)}<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">${said('Anti-pattern')}</th><th scope="col">${said('State')}</th><th scope="col">${said('What was found')}</th><th scope="col">${said('What to do')}</th></tr></thead>
<tbody>${worstFirst.map(row)}</tbody></table></div></section>`
}

function picture(verdicts: Verdicts): Html | false {
  const drawn = topologyPicture(verdicts, 'Who writes and reads which topic')
  return (
    drawn &&
    html`<div class="scroll" tabindex="0">${drawn}</div><p class="legend">${said('Left: who writes a topic; right: who reads it. Numbers are events that were announced there; ✗ marks where an anti-pattern was found.')}</p>`
  )
}

function row(each: AntiPatternJudgement): Html {
  const { id, title, definition, remedy, harm, state, threshold, found } = each
  const [first] = found
  return html`<tr id="${id}"><th scope="row">${translated(title)}<br><span class="muted small">${translated(definition)}</span></th>
<td class="nowrap"><span class="${state === 'found' ? 'unmet' : state === 'absent' ? 'met' : 'muted'}"><span aria-hidden="true">${MARK[state]}</span> ${translated(STATES[state])}</span></td>
<td>${antiPatternSays(each)}<br><span class="muted small">${said('found from {} on', threshold.value)}: ${threshold.of}${first !== undefined && html`; ${first.scenario}, ${said('events {}', first.events.join(', '))}`}</span></td>
<td>${translated(remedy)}${state === 'found' && html`<br><span class="muted small">${translated(harm)}</span>`}</td></tr>`
}
