import type { EventproofError } from '../../../core/error.ts'
import { nearest } from '../../../core/nearest.ts'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import { groupsAsked, quoted, topicsAsked, topicsMissing } from '../../testbed/names-asked.ts'
import { TopicUndeclared } from '../../testbed/topic-undeclared.ts'
import { TopicWrong } from '../../testbed/topic-wrong.ts'
import type { ConsumerDeclaration } from '../plan.ts'
import { GroupWrong } from './group-wrong.ts'

export interface Names {
  /** Topics that the consumer must have asked for by now, if they are its own. */
  readonly topics: readonly string[]
  /** All topics of the scenario, those of other services among them. */
  readonly known: readonly string[]
  /** Other services take part in groups of their own. */
  readonly alone: boolean
  /** Topics count that are called nearly so: for the others there is another reason to be asked for. */
  readonly similar?: true
}

/**
 * Where a consumer came to no end before anything was hurt: what its clients asked the broker for, in the place of what
 * the config declares. Undefined where nothing that is declared was left alone, or nothing else was asked for.
 */
export function misdeclared(
  history: ScenarioHistory,
  { name, group, progress }: ConsumerDeclaration,
  { topics, known, alone, similar }: Names,
): EventproofError | undefined {
  const at = `consumers.${name}`
  const groups = groupsAsked(history)
  if (alone && progress === 'kafka' && groups.length > 0 && !groups.includes(group))
    return new GroupWrong(at, group, groups)

  const asked = topicsAsked(history)
  const others = asked.filter((topic) => !known.includes(topic) && !topic.startsWith('__'))
  const left = topics.filter(
    (topic) => !asked.includes(topic) && (!similar || nearest(topic, others) !== undefined),
  )
  const missing = topicsMissing(history).filter((topic) => !known.includes(topic))
  if (topics.length > 0 && left.length === 0 && missing.length > 0) return new TopicUndeclared(at, missing)
  if (left.length === 0 || others.length === 0) return undefined
  return TopicWrong.asked(at, `nobody asked for ${quoted(left)}`, left, others)
}
