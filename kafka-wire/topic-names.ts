import type { MetadataResponseBody, TopicPartitionsBody, TopicRef } from './messages.ts'
import type { TopicPartition } from './seen.ts'

/** Topics by id, as Metadata answers name them. */
export class TopicNames {
  readonly #names = new Map<string, string>()

  learn({ topics }: MetadataResponseBody): void {
    for (const { name, topicId } of topics) if (name && topicId) this.#names.set(topicId, name)
  }

  /** The name; or `?` and the id, where no answer has named it: no topic is called so. */
  of({ name, topicId }: TopicRef): string {
    return name ?? this.#names.get(topicId ?? '') ?? `?${topicId ?? ''}`
  }

  partitions(topics: readonly TopicPartitionsBody[]): TopicPartition[] {
    return topics.flatMap(({ topicId, partitions }) =>
      partitions.map((partition) => ({ topic: this.of({ topicId }), partition })),
    )
  }
}
