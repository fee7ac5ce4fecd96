import { type Cell, type Column, nameOf, type Table } from '../table.ts'
import { grouped } from '../words.ts'
import { translated } from './said.ts'
import { type Html, html } from './template.ts'
import { verdictMark } from './verdict-mark.ts'

/** Rows that are kept on one printed page. */
const WHOLE = 8

/** End tags that HTML lets out are left out: a report has thousands of cells, and the page has to stay below 500 KB. */
export function tableOf({ title, columns, rows, note, dense }: Table): Html {
  const look = dense ? 'raw' : rows.length <= WHOLE ? 'whole' : undefined
  return html`<div class="scroll" tabindex="0"><table${look !== undefined && html` class="${look}"`}>
<caption>${translated(title)}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col"${classOf(column, HEAD)}>${translated(nameOf(column))}`)}
<tbody>${rows.map((row) => html`<tr>${row.map((cell, index) => cellOf(cell, columns[index] ?? '', index === 0))}`)}
</table></div>${note !== undefined && html`<p class="muted small">${note}</p>`}`
}

const HEAD: Readonly<Record<string, string>> = { number: 'number' }
const BODY: Readonly<Record<string, string>> = { number: 'number', word: 'nowrap', small: 'small' }

function cellOf(cell: Cell, column: Column, first: boolean): Html {
  return first
    ? html`<th scope="row"${classOf(column, HEAD)}>${content(cell)}`
    : html`<td${classOf(column, BODY)}>${content(cell)}`
}

function classOf(column: Column, names: Readonly<Record<string, string>>): Html | false {
  const name = typeof column === 'string' ? undefined : names[column.as]
  return name !== undefined && html` class="${name}"`
}

function content(cell: Cell): Html | string {
  if (typeof cell === 'string') return cell
  if (typeof cell === 'number') return grouped(cell)
  if ('code' in cell) return html`<code>${cell.code}</code>`
  if ('met' in cell)
    return html`<span class="${cell.met ? 'met' : 'unmet'}"><span aria-hidden="true">${cell.met ? '✓' : '✗'}</span> ${cell.text}</span>`
  if ('verdict' in cell)
    return html`${verdictMark(cell.verdict)}${cell.note && html`<br><span class="small nowrap">${cell.note}</span>`}`
  if ('lines' in cell)
    return html`${cell.lines.map((line, index) => html`${index > 0 && html`<br>`}${line}`)}`
  return html`${cell.text}${cell.note && html`<br><span class="muted small">${cell.note}</span>`}`
}
