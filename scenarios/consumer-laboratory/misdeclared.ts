import type { EventproofError } from '../../core/error.ts'
import type { ConsumerDeclaration } from '../../proof/history/plan.ts'
import type { ScenarioHistory } from '../../proof/history/scenario-history.ts'
import { GroupWrong } from '../laboratory/group-wrong.ts'
import { groupsAsked, quoted, topicsAsked } from '../laboratory/names-asked.ts'
import { TopicWrong } from '../laboratory/topic-wrong.ts'
import { topicsOf } from './declare-consumer.ts'

/**
 * Where a consumer came to no end: what its clients asked the broker for, in the place of what the config declares.
 * Undefined where nothing that is declared was left alone, or nothing else was asked for.
 * @param known topics that belong to the scenario, those of other services among them
 */
export function misdeclared(
  history: ScenarioHistory,
  consumer: ConsumerDeclaration,
  known: readonly string[],
): EventproofError | undefined {
  const at = `consumers.${consumer.name}`
  const groups = groupsAsked(history)
  if (consumer.progress === 'kafka' && groups.length > 0 && !groups.includes(consumer.group))
    return new GroupWrong(at, consumer.group, groups)

  const topics = topicsAsked(history)
  const alone = topicsOf(consumer).filter((topic) => !topics.includes(topic))
  const others = topics.filter((topic) => !known.includes(topic) && !topic.startsWith('__'))
  if (alone.length === 0 || others.length === 0) return undefined
  return new TopicWrong(at, `nobody asked for ${quoted(alone)}`, others)
}
