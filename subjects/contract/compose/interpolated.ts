import { ComposeUnfit } from './compose-unfit.ts'

/** Where the values of `${…}` come from. */
export interface Variables {
  readonly values: Readonly<Record<string, string | undefined>>
  /** Told of a variable that has no value and no default: it is then empty, as for Docker Compose. */
  readonly unset: (name: string) => void
}

const NAME = /^[A-Za-z_]\w*/
const OPERATOR = /^:?[-?+]/

/**
 * A text with its variables replaced, as Docker Compose does it: `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME?error}`,
 * `${NAME:+instead}`, nested in each other; without the colon an empty value counts as one. `$$` is a `$`.
 * @throws {ComposeUnfit} for a variable that must be set, and for what is none of these
 */
export function interpolated(text: string, variables: Variables): string {
  let result = ''
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf('$', at)
    if (next < 0) return result + text.slice(at)
    result += text.slice(at, next)
    const [value, length] = expression(text.slice(next + 1), variables)
    result += value
    at = next + 1 + length
  }
  return result
}

/** @param rest of the text, behind a `$` @returns its value, and how much of `rest` it is */
function expression(rest: string, variables: Variables): [string, number] {
  if (rest.startsWith('$')) return ['$', 1]
  if (rest.startsWith('{')) {
    const end = closing(rest)
    return [inBraces(rest.slice(1, end), variables), end + 1]
  }
  const name = NAME.exec(rest)?.[0]
  if (name === undefined) throw notUnderstood(rest)
  return [setValue(name, variables), name.length]
}

function inBraces(text: string, variables: Variables): string {
  const name = NAME.exec(text)?.[0]
  const operator = name === undefined ? undefined : OPERATOR.exec(text.slice(name.length))?.[0]
  if (name === undefined || (operator === undefined && name !== text)) throw notUnderstood(`{${text}}`)
  if (operator === undefined) return setValue(name, variables)
  const word = text.slice(name.length + operator.length)
  const value = variables.values[name]
  const there = value !== undefined && !(operator.startsWith(':') && value === '')
  if (operator.endsWith('+')) return there ? interpolated(word, variables) : ''
  if (there) return value
  if (operator.endsWith('-')) return interpolated(word, variables)
  throw new ComposeUnfit(`the compose file needs the variable ${name}`, {
    what: `it is not set: ${interpolated(word, variables) || 'the file says no more'}`,
    hint: `set ${name} in the environment, or in the file .env beside the compose file`,
  })
}

function setValue(name: string, { values, unset }: Variables): string {
  const value = values[name]
  if (value === undefined) unset(name)
  return value ?? ''
}

/** Where the brace closes that `text` begins with. */
function closing(text: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{' && (at === 0 || text[at - 1] === '$')) depth++
    if (text[at] === '}' && --depth === 0) return at
  }
  throw notUnderstood(text)
}

function notUnderstood(rest: string): ComposeUnfit {
  return new ComposeUnfit('a variable of the compose file is not understood', {
    what: `found '$${rest.slice(0, 40)}', expected '$NAME', '\${NAME}' or '\${NAME:-default}'`,
    hint: "a '$' that is meant is written '$$'",
  })
}
