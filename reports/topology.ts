import type { HistoryEvent } from '../proof/history/event.ts'
import { header } from '../proof/history/event-id.ts'
import { isObject, parsed } from '../proof/history/json-content.ts'
import { withoutPrefix } from '../proof/history/topic-name.ts'
import type { HistoryReader } from './history-pass.ts'

const USES = /"kind":\s*"(?:k\.client|k\.record)"|"name":\s*"topic\.read"/

interface Channel {
  readonly types: Set<string>
  readonly contentTypes: Set<string>
}

/** What a run saw of topics: who wrote and read which, and what was on them. Reads a history once. */
export class ObservedTopology implements HistoryReader {
  readonly #subjectOf: (scenario: string) => string | undefined
  readonly #channels = new Map<string, Channel>()
  /** Subject → what its clients did. */
  readonly #uses = new Map<string, { readonly send: Set<string>; readonly receive: Set<string> }>()

  /** @param subjectOf the subject of a scenario; what is of none is passed over */
  constructor(subjectOf: (scenario: string) => string | undefined) {
    this.#subjectOf = subjectOf
  }

  wants(_: number, line: string): boolean {
    return USES.test(line)
  }

  take(event: HistoryEvent): void {
    const subject = this.#subjectOf(event.scenario)
    if (subject === undefined) return
    const uses = this.#uses.get(subject) ?? { send: new Set(), receive: new Set() }
    this.#uses.set(subject, uses)
    if (event.kind === 'k.client') for (const topic of event.topics) this.#use(uses.send, topic)
    else if (event.kind === 'fact') this.#use(uses.receive, event.subject)
    else if (event.kind === 'k.record') {
      const { types, contentTypes } = this.#channel(withoutPrefix(event.topic))
      const contentType = header(event.headers, 'content-type')
      const value = contentType?.startsWith('application/cloudevents') ? parsed(event.value) : undefined
      const type = isObject(value) ? value.type : header(event.headers, 'ce_type')
      if (typeof type === 'string') types.add(type)
      if (contentType !== undefined) contentTypes.add(contentType)
    }
  }

  #use(topics: Set<string>, topic: string): void {
    if (topic.startsWith('__')) return
    const name = withoutPrefix(topic)
    topics.add(name)
    this.#channel(name)
  }

  #channel(name: string): Channel {
    const channel = this.#channels.get(name) ?? { types: new Set<string>(), contentTypes: new Set<string>() }
    this.#channels.set(name, channel)
    return channel
  }

  /** As an AsyncAPI 3 document to start from. @param only of one subject */
  asyncApi(run: string, only?: string) {
    const uses = [...this.#uses].filter(([subject]) => only === undefined || subject === only)
    const used = new Set(uses.flatMap(([, { send, receive }]) => [...send, ...receive]))
    const operations = uses.flatMap(([subject, actions]) =>
      (['send', 'receive'] as const).flatMap((action) =>
        [...actions[action]].sort().map((topic) => {
          const id = `${subject}.${action}.${topic}`
          return [id, { action, channel: { $ref: `#/channels/${escaped(topic)}` } }] as const
        }),
      ),
    )
    const channels = [...used].sort().map((topic) => {
      const { types, contentTypes } = this.#channel(topic)
      const [contentType] = contentTypes
      const messages = [...types]
        .sort()
        .map((type) => [type, { name: type, ...(contentType && { contentType }) }])
      return [topic, { address: topic, messages: Object.fromEntries(messages) }] as const
    })
    return {
      asyncapi: '3.0.0',
      info: {
        title: `${only ?? 'services'}, as they were observed`,
        version: '0.1.0',
        description: `What clients wrote and read in eventproof's run ${run}. What did not happen in it is not here.`,
      },
      channels: Object.fromEntries(channels),
      operations: Object.fromEntries(operations),
    }
  }

  get subjects(): readonly string[] {
    return [...this.#uses.keys()].sort()
  }
}

/** As JSON pointers write a name. */
const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')
