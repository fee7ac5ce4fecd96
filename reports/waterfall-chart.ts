import { ticksOf } from './chart.ts'
import { type Html, html } from './html/template.ts'
import { shown } from './shown.ts'
import type { Waterfall } from './waterfall.ts'

const WIDTH = 960
const LEFT = 270
const RIGHT = 40
const ROW = 22
const COLOURS = { span: '#0b5a32', failed: '#a3121f', record: '#566072' } as const

/** A row for each span, as long as it took, and each record, when it was stored. */
export function waterfallChart({ happenings }: Waterfall, title: string): Html {
  const length = Math.max(1, ...happenings.map(({ to }) => to)) * 1.02
  const bottom = happenings.length * ROW + 6
  const x = (at: number) => (LEFT + (at / length) * (WIDTH - LEFT - RIGHT)).toFixed(1)
  const wide = (from: number, to: number) => Math.max(3, Number(x(to)) - Number(x(from))).toFixed(1)
  const label = (text: string) => (text.length > 38 ? `${shown(text).slice(0, 37)}…` : text)
  return html`<svg class="timeline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 24}" role="img" aria-label="${title}" font-family="system-ui, 'DejaVu Sans', sans-serif" font-size="11.5">
<title>${title}</title>
${happenings.map(({ says, by, from, to, how }, row) => html`<text x="${LEFT - 12}" y="${row * ROW + 17}" text-anchor="end">${label(`${by} ${says}`)}</text><rect x="${x(from)}" y="${row * ROW + 6}" width="${wide(from, to)}" height="14" rx="2" fill="${COLOURS[how]}"/>`)}
${ticksOf(length).map((at) => html`<text x="${x(at)}" y="${bottom + 16}" text-anchor="middle" fill="#566072">${at / 1000} s</text>`)}
</svg>`
}
