import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import { quoted, topicsAsked } from '../../testbed/names-asked.ts'
import { TopicWrong } from '../../testbed/topic-wrong.ts'
import type { PublisherDeclaration } from '../plan.ts'

/**
 * Where nothing came on a publisher's topic: the topics that were written instead, or else those that its clients asked
 * the broker for.
 */
export async function misdeclared(
  history: ScenarioHistory,
  { name, topic }: Pick<PublisherDeclaration, 'name' | 'topic'>,
  writtenTopics: () => Promise<readonly string[]>,
): Promise<TopicWrong | undefined> {
  if (history.first('k.record', (record) => record.topic === topic) !== undefined) return undefined
  const at = `publishers.${name}`
  const nothing = `nothing came on '${topic}'`
  const written = (await writtenTopics()).filter((other) => other !== topic)
  if (written.length > 0)
    return new TopicWrong(at, `${nothing}; written was to ${quoted(written)}`, [topic], written)
  const asked = topicsAsked(history).filter((other) => other !== topic)
  return asked.length > 0 ? TopicWrong.asked(at, nothing, [topic], asked) : undefined
}
