import type { WireSeen } from '../../kafka-wire/seen.ts'
import type { NewEvent } from '../../proof/history/event.ts'
import type { ScenarioHistory } from '../../proof/history/scenario-history.ts'

const TOPIC = 'topic.asked'
const GROUP = 'group.asked'

/** Writes down, once each, which topics clients ask the broker for, and which groups they take part in. */
export function recordNamesAsked(record: (event: NewEvent) => void): (seen: WireSeen) => void {
  const known = new Set<string>()
  const once = (name: string, subject: string, value: string) => {
    if (known.has(`${name} ${subject}`) || subject.startsWith('?')) return
    known.add(`${name} ${subject}`)
    record({ kind: 'fact', name, subject, value })
  }
  return (seen) => {
    if (seen.from !== 'client') return
    if (seen.api === 'metadata' || seen.api === 'produce')
      for (const topic of seen.topics ?? []) once(TOPIC, topic, seen.clientId)
    if ('group' in seen) once(GROUP, seen.group, seen.clientId)
  }
}

/** Names that clients asked for so far. */
export function topicsAsked(history: ScenarioHistory): readonly string[] {
  return asked(history, TOPIC)
}

export function groupsAsked(history: ScenarioHistory): readonly string[] {
  return asked(history, GROUP)
}

function asked(history: ScenarioHistory, wanted: string): readonly string[] {
  return history
    .all('fact')
    .filter(({ name }) => name === wanted)
    .map(({ subject }) => subject)
}

/** Names in quotes. */
export function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ')
}
