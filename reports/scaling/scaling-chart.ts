import { bars, dashed, type Panel, short, stairs, ticksOf } from '../chart.ts'
import { type Html, html } from '../html/template.ts'
import type { Look, ScalingStory } from './scaling-story.ts'

const WIDTH = 960
const LEFT = 52
const RIGHT = 18
const HEAD = 20
const INK = '#1b2330'
const MUTED = '#566072'
const GRID = '#dfe3ea'
const BAND = '#fbe3c6'
const LAG = '#7ea6d8'
const METRIC = '#0f7b6c'
const WARN = '#a3121f'
const DESIRED = '#8a3f00'
const WORK = '#7a4fa3'
/** Looks that a line needs at most at this width. */
const POINTS = 320

/**
 * One scaling scenario as four panels over one time: what waits and what is not done (on a scale on which 5 and 500 can
 * both be read), replicas wanted and ready, pods by phase, offsets. Each numbered line is a step of the table below it.
 */
export function scalingChart(story: ScalingStory, title: string): Html {
  const { scaling, length } = story
  const looks = thinned(story.looks)
  const numbers = flags(story, (at) => LEFT + (at / length) * (WIDTH - LEFT - RIGHT))
  const top = HEAD + 18 * Math.max(1, ...numbers.map(({ row }) => row + 1))
  const x = (at: number) => LEFT + (Math.min(at, length) / length) * (WIDTH - LEFT - RIGHT)
  const panel = (
    name: string,
    y: number,
    height: number,
    most: number,
    scale: (value: number) => number,
  ): Panel => ({
    name,
    top: y,
    height,
    x,
    y: (value) => y + height - (scale(Math.min(value, most)) / scale(Math.max(most, 1))) * height,
    end: length,
  })
  const seen = (values: readonly (number | null)[]) =>
    values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0)
  const mostLag = Math.max(
    seen(looks.map(({ lag }) => lag)),
    seen(looks.map(({ metric }) => metric)),
    seen(looks.map(({ inFlight }) => inFlight)),
    scaling.lagThreshold,
  )
  const mostPods = Math.max(
    scaling.partitions,
    seen(looks.map(({ replicas }) => replicas)),
    seen(looks.map(({ desired }) => desired)),
    1,
  )
  const waits = panel('events that wait', top + 22, 150, mostLag, (value) =>
    Math.log10(1 + Math.max(0, value)),
  )
  const replicas = panel('replicas', waits.top + 150 + 40, 120, mostPods, (value) => value)
  const pods = panel(
    'pods',
    replicas.top + 120 + 40,
    64,
    Math.max(1, seen(looks.map(total))),
    (value) => value,
  )
  const most = Math.max(1, seen(looks.map(({ end }) => end)))
  const offsets = panel('offsets, all partitions', pods.top + 64 + 40, 64, most, (value) => value)
  const bottom = offsets.top + offsets.height
  const height = bottom + 30
  const lagTicks = [...new Set([0, scaling.activationLagThreshold, scaling.lagThreshold, mostLag])]
  return html`<svg class="timeline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}" font-family="system-ui, 'DejaVu Sans', sans-serif" font-size="11.5">
<title>${title}</title>
${story.faults.map(({ from, to }) => html`<rect x="${x(from).toFixed(1)}" y="${top}" width="${Math.max(2, x(to) - x(from)).toFixed(1)}" height="${bottom - top}" fill="${BAND}" fill-opacity="0.6"/>`)}
${[waits, replicas, pods, offsets].map(frame)}
${legend(waits, [
  ['lag', LAG, ''],
  ['KEDA’s metric', METRIC, '5 3'],
  ['not done yet', WORK, '1 2'],
  [`more than ${scaling.activationLagThreshold} wake it`, WARN, '2 3'],
])}
${legend(replicas, [
  ['wanted by the autoscaler', DESIRED, '5 3'],
  ['asked for', LAG, ''],
  ['ready', METRIC, ''],
  [`${scaling.partitions} partitions`, WARN, '2 3'],
])}
${legend(
  pods,
  PHASES.map(({ name, colour }) => [name, colour, '']),
)}
${legend(offsets, [
  ['committed', METRIC, '5 3'],
  ['end', LAG, ''],
])}
<g stroke="${GRID}" fill="${MUTED}" text-anchor="end">${yAxis(waits, spaced(lagTicks, waits))}${yAxis(replicas, spaced([0, mostPods, scaling.partitions], replicas))}${yAxis(pods, [0, Math.max(1, seen(looks.map(total)))])}${yAxis(offsets, [0, most])}</g>
${timeAxis(length, x, bottom)}
${flagsOf(numbers, bottom)}
${bars(
  pods,
  looks,
  PHASES.map(({ match, colour }) => ({ colour, of: (look: Look) => counted(look, match) })),
)}
${dashed(waits, scaling.activationLagThreshold, WARN)}
<g fill="none">${stairs(waits, looks, ({ lag }) => lag, LAG, { width: 4 })}
${stairs(waits, looks, ({ metric }) => metric, METRIC, { dashes: '5 3' })}
${stairs(waits, looks, ({ inFlight }) => inFlight, WORK, { dashes: '1 2' })}
${dashed(replicas, scaling.partitions, WARN)}
${stairs(replicas, looks, ({ replicas }) => replicas, LAG, { width: 4 })}
${stairs(replicas, looks, ({ ready }) => ready, METRIC, {})}
${stairs(replicas, looks, ({ desired }) => desired, DESIRED, { dashes: '5 3' })}
${stairs(offsets, looks, ({ end }) => end, LAG, { width: 4 })}
${stairs(offsets, looks, ({ committed }) => committed, METRIC, { dashes: '5 3' })}</g>
</svg>`
}

const PHASES = [
  { name: 'Running', match: /^running$/i, colour: '#4f9d8f' },
  { name: 'Pending', match: /^pending$/i, colour: '#d9b45f' },
  { name: 'ending or other', match: /^(?!running$|pending$|succeeded$|failed$)/i, colour: '#a9b2c0' },
] as const

function counted({ pods }: Look, match: RegExp): number {
  return Object.entries(pods).reduce((sum, [phase, n]) => (match.test(phase) ? sum + n : sum), 0)
}

function total(look: Look): number {
  return counted(look, /^(?!succeeded$|failed$)/i)
}

function frame({ top, height, name }: Panel): Html {
  return html`<rect x="${LEFT}" y="${top}" width="${WIDTH - LEFT - RIGHT}" height="${height}" fill="none" stroke="${GRID}"/><text x="${LEFT}" y="${top - 7}" font-weight="600" fill="${INK}">${name}</text>`
}

/** Right-aligned above its panel; 6.4 px a character is more than the font needs. */
function legend({ top }: Panel, entries: readonly (readonly [string, string, string])[]): Html {
  let right = WIDTH - RIGHT
  const parts = [...entries].reverse().map(([name, colour, dashes]) => {
    const text = Math.round(right - name.length * 6.4)
    right = text - 44
    return html`<path d="M${text - 28} ${top - 11}h22" stroke="${colour}" stroke-width="${dashes ? 2 : 3.5}"${dashes && html` stroke-dasharray="${dashes}"`}/><text x="${text}" y="${top - 7}">${name}</text>`
  })
  return html`<g fill="${MUTED}">${parts}</g>`
}

function yAxis({ y, end, x }: Panel, values: readonly number[]): Html {
  const lines = values.map((value) => `M${x(0)} ${short(y(value))}H${x(end)}`)
  return html`<path d="${lines.join('')}"/><g stroke="none">${values.map((value) => html`<text x="${LEFT - 6}" y="${short(y(value) + 4)}">${value}</text>`)}</g>`
}

function timeAxis(length: number, x: (at: number) => number, bottom: number): Html {
  const ticks = ticksOf(length)
  return html`<path d="${ticks.map((at) => `M${short(x(at))} ${bottom}v4`).join('')}" stroke="${MUTED}"/><g text-anchor="middle" fill="${MUTED}">${ticks.map((at) => html`<text x="${short(x(at))}" y="${bottom + 20}">${at / 1000} s</text>`)}</g>`
}

/** What all of them have in common is said once: a scenario may have forty steps. */
function flagsOf(numbers: readonly Flag[], bottom: number): Html {
  const lines = numbers.map(({ x, row }) => `M${short(x)} ${HEAD + row * 18 - 4}V${bottom}`)
  return html`<path d="${lines.join('')}" stroke="${MUTED}" stroke-opacity="0.45" stroke-dasharray="1 3"/>
<g fill="#ffffff" stroke="${MUTED}">${numbers.map(({ x, row }) => html`<circle cx="${short(x)}" cy="${HEAD + row * 18 - 10}" r="8.5"/>`)}</g>
<g text-anchor="middle" fill="${INK}" font-weight="600" font-size="10">${numbers.map(({ x, row, n }) => html`<text x="${short(x)}" y="${HEAD + row * 18 - 6}">${n}</text>`)}</g>`
}

/** Without those whose labels would touch one before. */
function spaced(values: readonly number[], { y }: Panel): number[] {
  const kept: number[] = []
  for (const value of values) if (kept.every((other) => Math.abs(y(other) - y(value)) >= 15)) kept.push(value)
  return kept
}

interface Flag {
  readonly x: number
  readonly row: number
  readonly n: number
}

/** The steps' numbers, in as many rows as it takes that none touches another. */
function flags({ steps }: ScalingStory, x: (at: number) => number): Flag[] {
  const ends: number[] = []
  return steps.map(({ at }, index) => {
    const free = ends.findIndex((end) => end + 20 <= x(at))
    const row = free < 0 ? ends.length : free
    ends[row] = x(at)
    return { x: x(at), row, n: index + 1 }
  })
}

/** Every n-th look, and each at which something but the lag changed. */
function thinned(looks: readonly Look[]): readonly Look[] {
  const step = Math.ceil(looks.length / POINTS)
  return looks.filter((look, i) => {
    const before = looks[i - 1]
    return (
      i % step === 0 ||
      i === looks.length - 1 ||
      before?.replicas !== look.replicas ||
      before.ready !== look.ready ||
      before.desired !== look.desired
    )
  })
}
