import { nearest } from '../../core/nearest.ts'
import { CONTROLS } from '../../reports/controls.ts'
import type { SubjectName } from '../../scenarios/experiment.ts'
import { relayOf } from '../../scenarios/publishing/declaration.ts'
import type { SubjectConfig } from '../../subjects/contract/index.ts'
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
    subjectsOf(pickle, config).map((subject) => ({
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

/**
 * Publishers whose relay the scenario is tagged with, and whose topic where it names one (`@topic=…`); consumers for `@consumer`, of those the ones that declare what
 * further tags are about (`@retry`, `@dedupe`, …, `@offsets`: positions that the group commits, `@delays`: retries that wait); scaled workloads for `@scaling`.
 */
function subjectsOf({ tags }: Pickle, config: SubjectConfig): SubjectName[] {
  const topic = tags.find((tag) => tag.startsWith(ON_TOPIC))?.slice(ON_TOPIC.length)
  const publishers = Object.entries(config.publishers ?? {}).filter(
    ([, publisher]) =>
      tags.includes(relayOf(publisher).kind) && (topic === undefined || topic === publisher.topic),
  )
  const consumers = Object.entries(config.consumers ?? {}).filter(
    ([, consumer]) =>
      tags.includes('consumer') &&
      (!tags.includes('offsets') || consumer.progress !== 'own') &&
      (!tags.includes('delays') || (consumer.retry?.delays.length ?? 0) > 0) &&
      DECLARED.every((what) => !tags.includes(what) || consumer[what] !== undefined),
  )
  const scaling = tags.includes('scaling') ? Object.keys(config.scaling ?? {}) : []
  return [
    ...publishers.map(([name]) => ({ kind: 'publisher' as const, name })),
    ...consumers.map(([name]) => ({ kind: 'consumer' as const, name })),
    ...scaling.map((name) => ({ kind: 'scaling' as const, name })),
  ]
}

/** Of a tag on a scenario that names a topic: it is for those whose topic that is. */
const ON_TOPIC = 'topic='

/** Parts of a consumer's declaration that a scenario may need. */
const DECLARED = ['retry', 'dedupe', 'calls', 'expiry', 'redrive', 'outputs'] as const

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
