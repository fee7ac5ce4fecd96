import type { NewEvent } from '../../proof/history/event.ts'
import { createTopics, deleteTopics } from '../../proof/observers/topics.ts'

export interface TopicsOptions {
  readonly bootstrapServers: string
  /** Name → how many partitions. */
  readonly topics: Readonly<Record<string, number>>
  readonly settings?: Readonly<Record<string, string>> | undefined
  /** The topics are deleted with it. */
  readonly parts: AsyncDisposableStack
  readonly record: (event: NewEvent) => void
}

/** Creates the topics of a scenario, and writes down how many partitions each has. */
export async function openTopics(options: TopicsOptions): Promise<void> {
  const { bootstrapServers, topics, settings = {}, parts, record } = options
  await createTopics(bootstrapServers, topics, { settings })
  parts.defer(() => deleteTopics(bootstrapServers, Object.keys(topics)))
  for (const [subject, value] of Object.entries(topics))
    record({ kind: 'fact', name: 'topic.partitions', subject, value })
}
