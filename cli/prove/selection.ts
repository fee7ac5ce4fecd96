import { nearest } from '../../core/nearest.ts'
import { CONTROLS } from '../../reports/controls.ts'
import type { SubjectName } from '../../scenarios/experiment.ts'
import type { SubjectKinds } from '../../scenarios/kinds.ts'
import type { CommonConfig } from '../../subjects/contract/index.ts'
import { UsageError } from '../usage-error.ts'
import type { Pickle } from './features.ts'

/** One scenario on one subject. */
export interface Selected {
  /** Unique in the run: in the history, in reports, in file names. */
  readonly id: string
  readonly pickle: Pickle
  readonly subject: SubjectName
  readonly controls: readonly string[]
}

const CONTROL_IDS = CONTROLS.map(({ id }) => id)

/**
 * The scenarios that the words select, each for every subject that it is about. A word is a control id (P1),
 * a tag (@W5), a feature or its folder by name, or a part of its path; several words select what any of them does;
 * none selects all.
 * @throws {UsageError} for a word that nothing answers to
 */
export function select(
  pickles: readonly Pickle[],
  kinds: SubjectKinds,
  config: CommonConfig,
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
    subjectsOf(pickle, kinds, config).map((subject) => ({
      id: `${subject.name}-${slug(pickle.title)}`,
      pickle,
      subject,
      controls: pickle.tags.filter((tag) => CONTROL_IDS.includes(tag)),
    })),
  )
  if (repeat === 1) return runs
  return Array.from({ length: repeat }, (_, n) =>
    runs.map((run) => ({ ...run, id: `${run.id}-${n + 1}` })),
  ).flat()
}

/** Of every kind, those that the scenario is about: tags are explained by each kind's `subjects`. */
function subjectsOf({ tags }: Pickle, kinds: SubjectKinds, config: CommonConfig): SubjectName[] {
  return [...kinds.values()].flatMap((kind) =>
    kind.subjects(tags, config).map((name) => ({ kind: kind.id, name })),
  )
}

function answers({ tags, uri }: Pickle, word: string): boolean {
  const tag = word.replace(/^@/, '').toLowerCase()
  if (tags.some((one) => one.toLowerCase() === tag)) return true
  if (word.startsWith('@')) return false
  const names = uri.split('/').slice(1)
  return names.some((name) => [name, name.replace(/\.feature$/, '')].includes(word)) || isPathPart(word, uri)
}

function isPathPart(word: string, uri: string): boolean {
  return word.includes('/') && uri.includes(word)
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replaceAll('’', '')
    .replaceAll(/[^a-z0-9]+/g, '-')
}
