import type { Kinds } from '../proof/kind.ts'
import type { PredicateWords } from '../proof/predicate.ts'

/** What a table between two markers is of: `<!-- predicates: publishing OA OR -->`, `<!-- windows: publishing -->`. */
const MARKED = /<!-- (predicates|windows): ([\w-]+)((?: [A-Z]+)*) -->\n[\s\S]*?<!-- end -->/g

/**
 * Writes the tables of a document anew, from the words of the predicates and windows themselves. The prose around them
 * stays.
 * @throws where a marker names no kind of subject, or a predicate or a window is in no table
 */
export function withTables(document: string, kinds: Kinds): string {
  const missing = new Set(
    [...kinds.values()].flatMap(({ predicates, windows }) => [...predicates.keys(), ...windows.keys()]),
  )
  const written = document.replace(MARKED, (_, what: string, id: string, letters: string) => {
    const kind = kinds.get(id)
    if (kind === undefined) throw new Error(`no kind of subject is called '${id}'`)
    const families = letters.trim().split(' ')
    const rows =
      what === 'windows'
        ? inOrder([...kind.windows.values()]).map((each) => ({ id: each.id, cells: windowCells(each) }))
        : families
            .flatMap((family) => [...kind.predicates.values()].filter((each) => familyOf(each) === family))
            .map((each) => ({ id: each.id, cells: predicateCells(each) }))
    for (const row of rows) missing.delete(row.id)
    const head =
      what === 'windows'
        ? ['id', 'window', 'held open by', 'shown by']
        : ['id', 'predicate', 'because', 'violations']
    const table = [line(head), `|${'--|'.repeat(head.length)}`, ...rows.map(({ cells }) => line(cells))]
    return [`<!-- ${what}: ${id}${letters} -->\n`, ...table, '\n<!-- end -->'].join('\n')
  })
  if (missing.size > 0) throw new Error(`no table has a row for ${[...missing].join(', ')}`)
  return written
}

function predicateCells({ id, title, formal, violations, expectation = 'guide' }: PredicateWords): string[] {
  const named = Object.entries(violations).map(([name, { means }]) =>
    means === undefined ? `\`${name}\`` : `\`${name}\` (${means})`,
  )
  return [`${id} ${title}`, formal, expectation, named.join(', ')]
}

interface Described {
  readonly id: string
  readonly title: string
  readonly held?: string
  readonly shown?: string
}

function windowCells({ id, title, held = '–', shown = '–' }: Described): string[] {
  return [id, title, held, shown]
}

/** Numbered ones by their numbers, then those that are called by a name. */
function inOrder<W extends Described>(windows: readonly W[]): W[] {
  const named = ({ id }: W) => (/\d/.test(id) ? 0 : 1)
  return windows.toSorted((a, b) => named(a) - named(b) || a.id.localeCompare(b.id, 'en', { numeric: true }))
}

function familyOf({ id }: PredicateWords): string {
  return /^[A-Z]+/.exec(id)?.[0] ?? ''
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
