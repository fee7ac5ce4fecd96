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
    const at = x(look.at).toFixed(1)
    if (drawn !== null) parts.push(`H${at}`)
    if (now !== null) parts.push(drawn === null ? `M${at} ${y(now).toFixed(1)}` : `V${y(now).toFixed(1)}`)
    drawn = now
  }
  if (drawn !== null) parts.push(`H${x(end).toFixed(1)}`)
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
    const parts: string[] = []
    for (const [i, look] of looks.entries()) {
      const [low, high] = [upTo(look, layer), upTo(look, layer + 1)]
      if (high === low) continue
      const [from, to] = [x(look.at).toFixed(1), x(looks[i + 1]?.at ?? end).toFixed(1)]
      parts.push(`M${from} ${y(low).toFixed(1)}V${y(high).toFixed(1)}H${to}V${y(low).toFixed(1)}Z`)
    }
    return parts.length > 0 && html`<path d="${parts.join('')}" fill="${colour}"/>`
  })}`
}

/** A limit across the whole panel. */
export function dashed({ x, y, end }: Panel, value: number, colour: string): Html {
  const at = y(value).toFixed(1)
  return html`<line x1="${x(0)}" x2="${x(end)}" y1="${at}" y2="${at}" stroke="${colour}" stroke-width="1.4" stroke-dasharray="2 3"/>`
}

/** Times to write below an axis of this many milliseconds: round ones, six to twelve of them. */
export function ticksOf(length: number): number[] {
  const steps = [500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000]
  const step = steps.find((each) => length / each <= 12) ?? Math.ceil(length / 12 / 60_000) * 60_000
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, i) => i * step)
}
