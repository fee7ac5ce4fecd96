import { shown } from '../shown.ts'

/** Markup that is safe to print. Only {@link html} and {@link trusted} make it: the boundary against injection is this file. */
export class Html {
  readonly markup: string
  private constructor(markup: string) {
    this.markup = markup
  }
  static of(parts: readonly string[], values: readonly Insert[]): Html {
    return new Html(
      parts.map((part, index) => part + (index < values.length ? inserted(values[index]) : '')).join(''),
    )
  }
}

export type Insert = Html | string | number | false | null | undefined | readonly Insert[]

/**
 * A template whose inserts are escaped unless they are {@link Html} themselves. Lists are joined; `false`, `null` and
 * `undefined` print nothing. Attributes must be in double quotes. Credentials and control characters are taken out on the way.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Insert[]): Html {
  return Html.of(parts, values)
}

/** For constants of this project, such as the style sheet. Never for text from a run. */
export function trusted(markup: string): Html {
  return Html.of([markup], [])
}

/** For HTML and XML, text and quoted attributes alike. */
export function escaped(text: string): string {
  return shown(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
}

function inserted(value: Insert): string {
  if (value === undefined || value === null || value === false) return ''
  if (value instanceof Html) return value.markup
  if (typeof value === 'object') return value.map(inserted).join('')
  return escaped(String(value))
}
