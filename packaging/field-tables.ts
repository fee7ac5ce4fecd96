import type { Field } from './config-types.ts'

export const CONTRACT = new URL('../docs/subject-contract.md', import.meta.url)

/** `<!-- fields of publishers -->` and what is below it, up to the next comment. */
const TABLE = /(<!-- fields of (\w+) -->\n)[^<]*(?=<!-- end of fields -->)/g

/** A page in which each table of fields is what their types and comments say. @param config fields of a config */
export function withTables(page: string, config: readonly Field[]): string {
  return page.replace(TABLE, (_, start: string, section: string) => {
    const found = config.find(({ name }) => name === section)
    if (!found) throw new Error(`a config has no section '${section}'`)
    return `${start}| field | | |\n|--|--|--|\n${rowsOf(found.each).join('')}`
  })
}

function rowsOf(fields: readonly Field[], within = ''): string[] {
  return fields.flatMap(({ name, optional, comment, type, fields: inner }) => {
    const path = `${within}${name}`
    const shape = inner.length > 0 ? '' : `\`${inWords(type)}\``
    const cells = [`\`${path}\`${optional ? '?' : ''}`, shape, comment.replaceAll('\n', ' ')]
    return [`| ${cells.join(' | ').replaceAll('  ', ' ')} |\n`, ...rowsOf(inner, `${path}.`)]
  })
}

/** A type as people write it; a `|` would end the cell. */
function inWords(type: string): string {
  return type
    .replaceAll('readonly ', '')
    .replaceAll('; }', ' }')
    .replaceAll('[x: string]', '[name]')
    .replaceAll('"', "'")
    .replaceAll(' | ', ' \\| ')
}
