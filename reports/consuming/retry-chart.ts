import { ticksOf } from '../chart.ts'
import { type Html, html } from '../html/template.ts'
import type { RetryStory } from './retry-story.ts'

const WIDTH = 960
const LEFT = 200
const RIGHT = 40
const TOP = 30
const ROW = 34
const INK = '#1b2330'
const MUTED = '#566072'
const BAND = '#cfe6d8'
const GOOD = '#0b5a32'
const BAD = '#a3121f'

/**
 * One event's way through its retries: a lane each for the attempts and for every topic, the declared windows shaded
 * on the attempts' lane, each record and attempt at the time at which it was seen.
 */
export function retryChart(story: RetryStory, title: string): Html {
  const lanes = ['attempts', ...story.topics]
  const length = lengthOf(story)
  const bottom = TOP + lanes.length * ROW
  const x = (at: number) => (LEFT + (Math.max(0, at) / length) * (WIDTH - LEFT - RIGHT)).toFixed(1)
  const y = (lane: number) => TOP + lane * ROW + ROW / 2
  const windows = story.attempts.flatMap(({ allowed, waited, at }) =>
    allowed && waited !== null ? [{ from: at - waited + allowed.from, to: at - waited + allowed.to }] : [],
  )
  return html`<svg class="timeline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 30}" role="img" aria-label="${title}" font-family="system-ui, 'DejaVu Sans', sans-serif" font-size="11.5">
<title>${title}</title>
${windows.map(({ from, to }) => html`<rect x="${x(from)}" y="${TOP + 3}" width="${Math.max(2, Number(x(to)) - Number(x(from))).toFixed(1)}" height="${ROW - 6}" fill="${BAND}"/>`)}
${lanes.map((lane, index) => html`<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(index)}" y2="${y(index)}" stroke="#c9d0da"/><text x="${LEFT - 14}" y="${y(index) + 4}" text-anchor="end" fill="${INK}"${index === 0 && html` font-weight="600"`}>${shortened(lane)}</text>`)}
${story.stops.map(({ topic, at, partition, offset }) => html`<circle cx="${x(at)}" cy="${y(1 + Math.max(0, story.topics.indexOf(topic)))}" r="5" fill="#ffffff" stroke="${MUTED}" stroke-width="1.8"><title>${topic}/${partition} @ ${offset}, ${(at / 1000).toFixed(2)} s</title></circle>`)}
${story.attempts.map((attempt, index) => html`<circle cx="${x(attempt.at)}" cy="${y(0)}" r="8.5" fill="${inTime(attempt) ? GOOD : BAD}"/>${apart(story, index, (at) => Number(x(at))) && html`<text x="${x(attempt.at)}" y="${y(0) + 4}" text-anchor="middle" font-weight="700" font-size="10.5" fill="#ffffff">${index + 1}</text>`}`)}
${story.effect !== null && html`<line x1="${x(story.effect)}" x2="${x(story.effect)}" y1="${TOP}" y2="${bottom}" stroke="${GOOD}" stroke-width="1.6"/><text x="${x(story.effect)}" y="${TOP - 8}" text-anchor="middle" fill="${GOOD}" font-weight="600">effect</text>`}
${ticksOf(length).map((at) => html`<text x="${x(at)}" y="${bottom + 18}" text-anchor="middle" fill="${MUTED}">${at / 1000} s</text>`)}
</svg>`
}

export function inTime({ waited, allowed }: RetryStory['attempts'][number]): boolean {
  return waited === null || allowed === null || (waited >= allowed.from && waited <= allowed.to)
}

/** Numbers that would touch the one before are left to the table. */
function apart({ attempts }: RetryStory, index: number, x: (at: number) => number): boolean {
  const [before, now] = [attempts[index - 1], attempts[index]]
  return before === undefined || now === undefined || x(now.at) - x(before.at) >= 18
}

function lengthOf({ attempts, stops, effect }: RetryStory): number {
  const due = attempts.map(({ at, waited, allowed }) => at - (waited ?? 0) + (allowed?.to ?? 0))
  const seen = [...attempts, ...stops].map(({ at }) => at)
  return Math.max(1000, effect ?? 0, ...due, ...seen) * 1.02
}

function shortened(name: string): string {
  return name.length > 26 ? `…${name.slice(-25)}` : name
}
