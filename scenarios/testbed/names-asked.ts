import type { WireSeen } from '../../kafka-wire/seen.ts'
import type { NewEvent } from '../../proof/history/event.ts'
import '../../proof/unknown-topics.ts'
import { factsOf } from '../../proof/history/recorded-fact.ts'
import type { ScenarioHistory } from '../../proof/history/scenario-history.ts'

declare module '../../proof/history/fact.ts' {
  interface Facts {
    /** The client that asked for a topic first. */
    'topic.asked': string
    /** The client that took part in a group first. */
    'group.asked': string
  }
}

type Asked = 'topic.asked' | 'topic.read' | 'topic.unknown' | 'group.asked'

/** Writes down, once each, which topics clients ask the broker for, which of those do not exist, and which groups they join. */
export function recordNamesAsked(record: (event: NewEvent) => void): (seen: WireSeen) => void {
  const known = new Set<string>()
  const once = (name: Asked, subject: string, value: string) => {
    if (known.has(`${name} ${subject}`) || subject.startsWith('?')) return
    known.add(`${name} ${subject}`)
    record({ kind: 'fact', name, subject, value })
  }
  return (seen) => {
    if (seen.from === 'broker') {
      if (seen.api === 'metadata')
        for (const topic of seen.unknown) once('topic.unknown', topic, seen.clientId)
      return
    }
    if (seen.api === 'metadata' || seen.api === 'produce')
      for (const topic of seen.topics ?? []) once('topic.asked', topic, seen.clientId)
    if (seen.api === 'fetch') for (const topic of seen.topics) once('topic.read', topic, seen.clientId)
    if ('group' in seen) once('group.asked', seen.group, seen.clientId)
  }
}

/** Names that clients asked for so far. */
export function topicsAsked(history: ScenarioHistory): readonly string[] {
  return asked(history, 'topic.asked')
}

/** Of those, what the broker did not have. */
export function topicsMissing(history: ScenarioHistory): readonly string[] {
  return asked(history, 'topic.unknown')
}

export function groupsAsked(history: ScenarioHistory): readonly string[] {
  return asked(history, 'group.asked')
}

function asked(history: ScenarioHistory, wanted: Asked): readonly string[] {
  return factsOf(history.all('fact'), wanted).map(({ subject }) => subject)
}

/** Names in quotes. */
export function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ')
}
