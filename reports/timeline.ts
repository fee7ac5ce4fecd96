import type { HistoryEvent } from '../proof/history/event.ts'
import { fitted } from './fitted.ts'
import { type Html, html } from './html/template.ts'
import { allLanes, type Lanes, laneOf } from './lanes.ts'
import type { CounterexampleEvent } from './report.ts'
import { shown } from './shown.ts'
import { tell } from './telling.ts'

const WIDTH = 960
const TOP = 40
const ROW = 30
const FIRST_LANE = 116
/** So that the lanes of one timeline fit beside its labels. */
const LANES_WIDTH = 340
/** A cell of text at 12.5 px takes no more than this. */
const CELL = 7.2

const INK = '#1b2330'
const MUTED = '#566072'
const SHOWN = '#a3121f'
const BAND = '#fbe3c6'

/**
 * A lane each for what the kind of subject is made of; one row an event, in the order in which the harness saw
 * them. Every label has a row of its own, so labels can't overlap. The counterexample is filled and joined by
 * a line; a fault shades the rows during which it was in force.
 */
export function timeline(events: readonly CounterexampleEvent[], title: string, of: Lanes): Html {
  const lanes = allLanes(of)
  const width = of.width ?? Math.floor(LANES_WIDTH / lanes.length)
  const x = (lane: number) => FIRST_LANE + lane * width - 20
  const label = FIRST_LANE + lanes.length * width - 14
  const laneAt = (event: HistoryEvent) => Math.max(0, lanes.indexOf(laneOf(event, of)))
  const height = TOP + events.length * ROW + 8
  return html`<svg class="timeline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}" font-family="system-ui, 'DejaVu Sans', sans-serif" font-size="12.5">
<title>${title}</title>
${bandsOf(events).map(({ from, to }) => html`<rect x="0" y="${TOP + from * ROW}" width="${WIDTH}" height="${(to - from) * ROW}" fill="${BAND}" fill-opacity="0.55"/>`)}
${lanes.map((lane, index) => html`<line x1="${x(index)}" y1="${TOP - 6}" x2="${x(index)}" y2="${height - 6}" stroke="#c9d0da"/><text x="${x(index)}" y="${TOP - 16}" text-anchor="middle" font-weight="600" fill="${INK}">${lane}</text>`)}
<text x="8" y="${TOP - 16}" fill="${MUTED}">ms</text>
${downOf(events, laneAt).map(({ lane, from, to }) => html`<line x1="${x(lane)}" x2="${x(lane)}" y1="${y(from)}" y2="${y(to)}" stroke="#ffffff" stroke-width="5"/><line x1="${x(lane)}" x2="${x(lane)}" y1="${y(from)}" y2="${y(to)}" stroke="${MUTED}" stroke-width="2" stroke-dasharray="2 4"/>`)}
${path(events, (event) => x(laneAt(event)))}
${events.map((each, row) => rowOf(each, row, { x: x(laneAt(each.event)), label }, events[0]?.event.at ?? 0))}
</svg>`
}

function rowOf(
  { event, counterexample }: CounterexampleEvent,
  row: number,
  { x, label }: { readonly x: number; readonly label: number },
  start: number,
): Html {
  const cells = Math.floor((WIDTH - label) / CELL)
  const colour = counterexample ? SHOWN : MUTED
  const text = shown(tell(event)).replace(/\s+/g, ' ')
  return html`<text x="8" y="${y(row) + 4}" fill="${MUTED}" font-size="11.5">+${Math.round(event.at - start)}</text>
<line x1="${x + 9}" x2="${label - 8}" y1="${y(row)}" y2="${y(row)}" stroke="${counterexample ? SHOWN : MUTED}" stroke-opacity="0.3" stroke-dasharray="1 3"/>
<circle cx="${x}" cy="${y(row)}" r="${counterexample ? 6.5 : 4.5}" fill="${counterexample ? SHOWN : '#ffffff'}" stroke="${colour}" stroke-width="1.6"/>
<text x="${label}" y="${y(row) + 4}" fill="${counterexample ? INK : MUTED}"${counterexample && html` font-weight="600"`}>${fitted(text, counterexample ? cells - 6 : cells)}<title>${text}</title></text>`
}

function path(events: readonly CounterexampleEvent[], x: (event: HistoryEvent) => number): Html | false {
  const points = events.flatMap(({ event, counterexample }, row) =>
    counterexample ? [`${x(event)},${y(row)}`] : [],
  )
  return (
    points.length > 1 &&
    html`<polyline points="${points.join(' ')}" fill="none" stroke="${SHOWN}" stroke-opacity="0.45" stroke-width="2"/>`
  )
}

/** Rows during which a fault was in force: from the first row where it was injected before, to the last where it was not healed. */
function bandsOf(events: readonly CounterexampleEvent[]): { from: number; to: number }[] {
  const bands: { from: number; to: number }[] = []
  const open = new Map<string, number>()
  for (const [row, { event }] of events.entries()) {
    if (event.kind === 'fault.injected') open.set(`${event.fault} ${event.target}`, row)
    else if (event.kind === 'fault.healed') {
      bands.push({ from: open.get(`${event.fault} ${event.target}`) ?? 0, to: row + 1 })
      open.delete(`${event.fault} ${event.target}`)
    }
  }
  for (const from of open.values()) bands.push({ from, to: events.length })
  return merged(bands)
}

/** Where a process was gone or stopped: its lane is dashed there. */
function downOf(
  events: readonly CounterexampleEvent[],
  laneAt: (event: HistoryEvent) => number,
): { lane: number; from: number; to: number }[] {
  const spans: { lane: number; from: number; to: number }[] = []
  const down = new Map<string, { lane: number; from: number }>()
  for (const [row, { event }] of events.entries()) {
    if (event.kind !== 'proc') continue
    const process = `${event.service} ${event.instance}`
    const since = down.get(process)
    if (GONE.has(event.event)) down.set(process, since ?? { lane: laneAt(event), from: row })
    else if (since) {
      spans.push({ ...since, to: row })
      down.delete(process)
    }
  }
  for (const since of down.values()) spans.push({ ...since, to: events.length - 1 })
  return spans
}

const GONE: ReadonlySet<string> = new Set(['killed', 'exited', 'ended', 'stopped'])

function merged(bands: readonly { from: number; to: number }[]): { from: number; to: number }[] {
  const result: { from: number; to: number }[] = []
  for (const band of [...bands].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (last && band.from <= last.to) last.to = Math.max(last.to, band.to)
    else result.push({ ...band })
  }
  return result
}

function y(row: number): number {
  return TOP + row * ROW + ROW / 2
}
