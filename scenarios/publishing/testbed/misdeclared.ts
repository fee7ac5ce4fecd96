import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import { topicsAsked } from '../../testbed/names-asked.ts'
import { TopicWrong } from '../../testbed/topic-wrong.ts'
import type { PublisherDeclaration } from '../plan.ts'

/** Where nothing came on a publisher's topic: what its clients asked the broker for instead. */
export function misdeclared(
  history: ScenarioHistory,
  { name, topic }: PublisherDeclaration,
): TopicWrong | undefined {
  if (history.first('k.record', (record) => record.topic === topic) !== undefined) return undefined
  const others = topicsAsked(history).filter((asked) => asked !== topic)
  if (others.length === 0) return undefined
  return new TopicWrong(`publishers.${name}`, `nothing came on '${topic}'`, others)
}
