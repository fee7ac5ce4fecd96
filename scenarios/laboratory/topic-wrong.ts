import { EventproofError } from '../../core/error.ts'
import type { NewEvent } from '../../proof/history/event.ts'
import type { ScenarioHistory } from '../../proof/history/scenario-history.ts'
import type { WireSeen } from '../../proof/wire/seen.ts'

const ASKED = 'topic.asked'

/** Nothing came on the topic that the config declares, and the service's clients asked the broker for other ones. */
export class TopicWrong extends EventproofError {
  override readonly code = 'EVENTPROOF_TOPIC_WRONG'

  constructor(publisher: string, declared: string, asked: readonly string[]) {
    super(`publishers.${publisher} publishes nothing on the topic that it declares`, {
      what: `nothing came on '${declared}'; its clients asked for ${asked.map((topic) => `'${topic}'`).join(', ')}`,
      where: `publishers.${publisher}: topic in the config, without {topicPrefix}`,
      hint: 'correct the name in the config, or what the service is given as its topic',
    })
  }
}

/** Writes down, once each, which topics clients ask the broker for that are not the declared one. */
export function recordTopicsAsked(
  record: (event: NewEvent) => void,
  declared: string,
): (seen: WireSeen) => void {
  const known = new Set([declared])
  return (seen) => {
    if (seen.from !== 'client' || (seen.api !== 'metadata' && seen.api !== 'produce')) return
    for (const topic of seen.topics ?? []) {
      if (known.has(topic) || topic.startsWith('?')) continue
      known.add(topic)
      record({ kind: 'fact', name: ASKED, subject: topic, value: seen.clientId })
    }
  }
}

/** Other topics that clients asked for, where nothing came on the declared one; undefined where something did. */
export function misdirected(history: ScenarioHistory, declared: string): readonly string[] | undefined {
  if (history.first('k.record', ({ topic }) => topic === declared) !== undefined) return undefined
  const asked = history.all('fact').filter(({ name }) => name === ASKED)
  return asked.length === 0 ? undefined : asked.map(({ subject }) => subject)
}
