import { grouped } from '../words.ts'
import { type Html, html, type Insert } from './template.ts'

/** A heading that begins with `#` is of a column of numbers. */
export function table(
  caption: string,
  headings: readonly string[],
  rows: readonly Html[],
  note?: string,
): Html {
  return html`<div class="scroll"><table${rows.length <= 8 && html` class="whole"`}>
<caption>${caption}</caption>
<thead><tr>${headings.map((heading) =>
    heading.startsWith('#')
      ? html`<th scope="col" class="number">${heading.slice(1)}</th>`
      : html`<th scope="col">${heading}</th>`,
  )}</tr></thead>
<tbody>${rows}</tbody>
</table></div>${note && html`<p class="muted small">${note}</p>`}`
}

export function mark(good: boolean, text: Insert): Html {
  return html`<span class="${good ? 'met' : 'unmet'}"><span aria-hidden="true">${good ? '✓' : '✗'}</span> ${text}</span>`
}

export function number(value: number): Html {
  return html`<td class="number">${grouped(value)}</td>`
}
