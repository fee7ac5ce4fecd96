/** How serializers name the subject of a record's value. */
export const STRATEGIES = ['topic', 'record', 'topic-record'] as const

export type Strategy = (typeof STRATEGIES)[number]

/** @param record the full name of the record or message */
export function subjectName(strategy: Strategy, topic: string, record: string | undefined): string {
  switch (strategy) {
    case 'topic':
      return `${topic}-value`
    case 'record':
      return record ?? topic
    case 'topic-record':
      return `${topic}-${record ?? ''}`
  }
}
