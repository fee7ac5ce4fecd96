import { type Html, html } from './html/template.ts'

/** A stretch of a chart with a time and a scale of its own. */
export interface Panel {
  readonly name: string
  readonly top: number
  readonly height: number
  readonly x: (at: number) => number
  readonly y: (value: number) => number
  /** Milliseconds at its right edge. */
  readonly end: number
}

interface Timed {
  readonly at: number
}

/** A coordinate to a tenth of a pixel, without a zero behind the point: a page has thousands of them. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10)
}

/** A value that holds until the next look; it breaks where nothing was known. */
export function stairs<L extends Timed>(
  { x, y, end }: Panel,
  looks: readonly L[],
  value: (look: L) => number | null,
  colour: string,
  { width = 2, dashes = '' }: { readonly width?: number; readonly dashes?: string },
): Html | false {
  const parts: string[] = []
  let drawn: number | null = null
  for (const look of looks) {
    const now = value(look)
    if (now === drawn) continue
    const at = short(x(look.at))
    if (drawn !== null) parts.push(`H${at}`)
    if (now !== null) parts.push(drawn === null ? `M${at} ${short(y(now))}` : `V${short(y(now))}`)
    drawn = now
  }
  if (drawn !== null) parts.push(`H${short(x(end))}`)
  return (
    parts.length > 0 &&
    html`<path d="${parts.join('')}" fill="none" stroke="${colour}" stroke-width="${width}"${dashes && html` stroke-dasharray="${dashes}"`}/>`
  )
}

/** Counts stacked on each other, each until the next look. */
export function bars<L extends Timed>(
  { x, y, end }: Panel,
  looks: readonly L[],
  layers: readonly { readonly colour: string; readonly of: (look: L) => number }[],
): Html {
  return html`${layers.map(({ colour }, layer) => {
    const upTo = (look: L, count: number) => layers.slice(0, count).reduce((sum, { of }) => sum + of(look), 0)
    const ofLook = looks.map((look) => [upTo(look, layer), upTo(look, layer + 1)] as const)
    const parts: string[] = []
    for (const [i, look] of looks.entries()) {
      const [low, high] = ofLook[i] ?? [0, 0]
      // Looks that show the same are one bar.
      if (high === low || sameAs(ofLook[i - 1], low, high)) continue
      const next = ofLook.findIndex((each, at) => at > i && !sameAs(each, low, high))
      const [from, to] = [short(x(look.at)), short(x(looks[next]?.at ?? end))]
      parts.push(`M${from} ${short(y(low))}V${short(y(high))}H${to}V${short(y(low))}Z`)
    }
    return parts.length > 0 && html`<path d="${parts.join('')}" fill="${colour}"/>`
  })}`
}

function sameAs(bar: readonly [number, number] | undefined, low: number, high: number): boolean {
  return bar !== undefined && bar[0] === low && bar[1] === high
}

/** A limit across the whole panel. */
export function dashed({ x, y, end }: Panel, value: number, colour: string): Html {
  const at = short(y(value))
  return html`<line x1="${x(0)}" x2="${x(end)}" y1="${at}" y2="${at}" stroke="${colour}" stroke-width="1.4" stroke-dasharray="2 3"/>`
}

/** Times to write below an axis of this many milliseconds: round ones, six to twelve of them. */
export function ticksOf(length: number): number[] {
  const steps = [500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000]
  const step = steps.find((each) => length / each <= 12) ?? Math.ceil(length / 12 / 60_000) * 60_000
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, i) => i * step)
}
