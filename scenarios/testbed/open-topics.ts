import type { NewEvent } from '../../proof/history/event.ts'
import type { ScenarioPlan } from '../../proof/history/plan.ts'
import { createTopics, deleteTopics } from '../../proof/observers/topics.ts'

export interface TopicsOptions {
  readonly bootstrapServers: string
  /** Name → how many partitions. */
  readonly topics: Readonly<Record<string, number>>
  /** Others that its services write and read: nothing is known of them but their names. */
  readonly further?: ScenarioPlan['topics']
  readonly settings?: Readonly<Record<string, string>> | undefined
  /** The topics are deleted with it. */
  readonly parts: AsyncDisposableStack
  readonly record: (event: NewEvent) => void
}

/** Creates the topics of a scenario, and writes down how many partitions each has. */
export async function openTopics(options: TopicsOptions): Promise<void> {
  const { bootstrapServers, topics, further, settings = {}, parts, record } = options
  const names = new Set([...(further?.writes ?? []), ...(further?.reads ?? [])])
  const others = Object.fromEntries([...names].flatMap((name) => (name in topics ? [] : [[name, 1]])))
  await createTopics(bootstrapServers, topics, { settings })
  if (Object.keys(others).length > 0) await createTopics(bootstrapServers, others)
  const all = { ...topics, ...others }
  parts.defer(() => deleteTopics(bootstrapServers, Object.keys(all)))
  for (const [subject, value] of Object.entries(all))
    record({ kind: 'fact', name: 'topic.partitions', subject, value })
}
