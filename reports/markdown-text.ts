import { oneLine } from './payload.ts'
import { type Cell, nameOf, type Table } from './table.ts'
import { grouped } from './words.ts'

/** Under its title; empty where there are no rows. */
export function titled({ title, columns, rows, note }: Table): string {
  if (rows.length === 0) return ''
  const body = table(
    columns.map(nameOf),
    rows.map((row) => row.map(content)),
  )
  return [`**${text(title)}**`, body, ...(note === undefined ? [] : [text(note)])].join('\n\n')
}

function content(cell: Cell): string {
  if (typeof cell === 'string') return cell
  if (typeof cell === 'number') return grouped(cell)
  if ('code' in cell) return cell.code
  if ('met' in cell) return cell.met ? cell.text : `✗ ${cell.text}`
  if ('lines' in cell) return cell.lines.join(', ')
  const said = 'verdict' in cell ? cell.verdict : cell.text
  return cell.note ? `${said} (${cell.note})` : said
}

/** Empty where there are no rows. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const line = (cells: readonly string[]) => `| ${cells.map(text).join(' | ')} |`
  return [line(headings), `|${' -- |'.repeat(headings.length)}`, ...rows.map(line)].join('\n')
}

/** Untrusted text on one line, in which nothing means anything to Markdown or HTML, bare addresses included. */
export function text(value: string): string {
  return oneLine(value)
    .replace(/[\\`*_{}[\]#!|~<>&@$^]/g, '\\$&')
    .replace(/:\/\//g, '\\://')
    .replace(/\bwww\./gi, (start) => `${start.slice(0, -1)}\\.`)
    .replace(/^[-+]/, '\\$&')
    .replace(/^(\d+)\.(?=\s|$)/, '$1\\.')
}

/** A fence longer than any run of backticks inside. */
export function code(content: string): string {
  const lines = content.split('\n').map(oneLine).join('\n')
  const longest = Math.max(2, ...(lines.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${lines}\n${fence}`
}
