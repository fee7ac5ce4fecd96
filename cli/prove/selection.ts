import { CONTROLS } from '../../reports/controls.ts'
import { relayOf } from '../../scenarios/laboratory/declaration.ts'
import type { SubjectConfig } from '../../subjects/contract/index.ts'
import { nearest } from '../../subjects/contract/nearest.ts'
import { UsageError } from '../usage-error.ts'
import type { Pickle } from './features.ts'

/** One scenario on one publisher. */
export interface Selected {
  /** Unique in the run: in the history, in reports, in file names. */
  readonly id: string
  readonly pickle: Pickle
  readonly publisher: string
  readonly controls: readonly string[]
}

const CONTROL_IDS = CONTROLS.map(({ id }) => id)

/**
 * The scenarios that the words select, each for every publisher whose relay it is about. A word is a control id (P1),
 * a tag (@W5), or a part of a feature's path; several words select what any of them does; none selects all.
 * @throws {UsageError} for a word that nothing answers to
 */
export function select(
  pickles: readonly Pickle[],
  config: SubjectConfig,
  words: readonly string[],
  repeat: number,
): Selected[] {
  for (const word of words) {
    if (!CONTROL_IDS.includes(word.toUpperCase()) && !pickles.some((pickle) => answers(pickle, word))) {
      const known = [...CONTROL_IDS, ...new Set(pickles.flatMap(({ tags }) => tags.map((tag) => `@${tag}`)))]
      const close = nearest(word, known)
      throw new UsageError(`nothing is called ${word}`, {
        what: 'expected a control (P1), a tag (@W5) or a part of a feature’s path',
        hint: close ? `did you mean ${close}?` : `there are ${known.join(' ')}`,
      })
    }
  }
  const wanted = pickles.filter((pickle) => words.length === 0 || words.some((word) => answers(pickle, word)))
  const runs = wanted.flatMap((pickle) =>
    Object.entries(config.publishers)
      .filter(([, publisher]) => pickle.tags.includes(relayOf(publisher).kind))
      .map(([publisher]) => ({
        id: `${publisher}-${slug(pickle.title)}`,
        pickle,
        publisher,
        controls: pickle.tags.filter((tag) => CONTROL_IDS.includes(tag)),
      })),
  )
  if (repeat === 1) return runs
  return Array.from({ length: repeat }, (_, n) =>
    runs.map((run) => ({ ...run, id: `${run.id}-${n + 1}` })),
  ).flat()
}

function answers({ tags, uri }: Pickle, word: string): boolean {
  const tag = word.replace(/^@/, '').toLowerCase()
  return (
    tags.some((one) => one.toLowerCase() === tag) ||
    (!word.startsWith('@') && word.includes('/') && uri.includes(word))
  )
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replaceAll('’', '')
    .replaceAll(/[^a-z0-9]+/g, '-')
}
