import type { CommonConfig } from '../../subjects/contract/config.ts'
import type { WrongField } from '../../subjects/contract/explain.ts'
import { EVENT_PLACEHOLDERS, STACK_PLACEHOLDERS } from '../../subjects/contract/placeholders.ts'
import { unknownPlaceholders, unknownService } from '../../subjects/contract/references.ts'
import { idInBytes } from '../registry-config.ts'
import type { ConsumerConfig } from './consumer-config.ts'
import { inVersion, wrongEvent } from './event-record.ts'
import type { OutputsConfig } from './outputs-config.ts'

const OF_SERVICES = ['port', 'instance', 'slot', 'publication', 'stub.url', 'alerts.url']
/** Known when a runbook is followed: the event, the service's address, and those of the components. */
const RUNBOOK_PLACEHOLDERS = [
  'eventId',
  'redrive.url',
  ...STACK_PLACEHOLDERS.filter((name) => !OF_SERVICES.includes(name) && !name.startsWith('otlp')),
]

/** What the fields of a consumer get wrong about each other, and about the services of the config. */
export function references(at: string, consumer: ConsumerConfig, config: CommonConfig): WrongField[] {
  const { service, redrive, event } = consumer
  return [
    ...unknownService(`${at}.service`, service, config),
    ...takenTopics(`${at}.retry`, consumer),
    ...wrongOutputs(`${at}.outputs`, consumer),
    ...retriesOfSums(`${at}.retry`, consumer),
    ...retriesOfNoCalls(`${at}.retry.of`, consumer),
    ...(redrive
      ? [
          ...unknownService(`${at}.redrive.service`, redrive.service, config),
          ...unknownPlaceholders(`${at}.redrive.approve`, redrive.approve, ['eventId']),
          ...unknownPlaceholders(`${at}.redrive.scheduled`, redrive.scheduled),
          ...unknownPlaceholders(`${at}.redrive.runbook.env`, redrive.runbook?.env, RUNBOOK_PLACEHOLDERS),
        ]
      : []),
    ...unknownPlaceholders(`${at}.event`, event, EVENT_PLACEHOLDERS),
    ...wrongEvent(at, consumer),
    ...(event.registry ? idInBytes(`${at}.eventId`, consumer.eventId, 'event.registry') : []),
    ...Object.keys(event.versions ?? {}).flatMap((version) => wrongVersion(at, consumer, version)),
  ]
}

/** An event of another version says the same as one of the newest. */
function wrongVersion(at: string, consumer: ConsumerConfig, version: string): WrongField[] {
  const wrong = wrongEvent(at, { ...consumer, event: inVersion(consumer.event, version) })
  return wrong.map((one) => ({
    ...one,
    field: one.field.replace(`${at}.event`, `${at}.event.versions.${version}`),
  }))
}

function retriesOfNoCalls(field: string, { retry, calls }: ConsumerConfig): WrongField[] {
  if (calls !== undefined || !retry?.of?.includes('calls')) return []
  return [{ field, found: "'calls', and no calls are declared", allowed: "['database'], or calls beside it" }]
}

/** Each tier has a topic of its own: a record says by its topic how often its event has failed. */
function takenTopics(at: string, { topic, retry }: ConsumerConfig): WrongField[] {
  if (retry === undefined) return []
  const named = [
    ...retry.topics.map((name, i) => ({ field: `${at}.topics.${i}`, name })),
    { field: `${at}.deadLetter`, name: retry.deadLetter },
  ]
  return named.flatMap(({ field, name }, i) =>
    otherThan(field, name, [topic, ...named.slice(0, i).map((one) => one.name)]),
  )
}

/** What a consumer publishes must not come back to it, and an amount needs one to be compared with. */
function wrongOutputs(at: string, { topic, effects, retry, outputs }: ConsumerConfig): WrongField[] {
  if (outputs === undefined) return []
  const { amount } = outputs
  const own = [topic, ...(retry ? [...retry.topics, retry.deadLetter] : [])]
  const allowed = 'nothing where effects.amount is not declared'
  return [
    ...otherThan(`${at}.topic`, outputs.topic, own),
    ...(amount !== undefined && effects.amount === undefined
      ? [{ field: `${at}.amount`, found: `'${amount}'`, allowed }]
      : []),
    ...(outputs.registry ? unreadOutputs(at, outputs) : []),
  ]
}

/** An output that is written by a schema says by its headers what is declared of it. */
function unreadOutputs(at: string, { eventId, cause, amount }: OutputsConfig): WrongField[] {
  const because = 'outputs.registry'
  const allowed = `nothing: ${because} says that values are written by a schema, and amounts are read from JSON`
  return [
    ...idInBytes(`${at}.eventId`, eventId, because),
    ...idInBytes(`${at}.cause`, cause, because),
    ...(amount === undefined ? [] : [{ field: `${at}.amount`, found: `'${amount}'`, allowed }]),
  ]
}

function otherThan(field: string, name: string, taken: readonly string[]): WrongField[] {
  if (!taken.includes(name)) return []
  return [{ field, found: `'${name}'`, allowed: `a topic other than ${taken.join(', ')}` }]
}

/** A consumer that adds events up keeps no trace of an attempt at one of them. */
function retriesOfSums(at: string, { effects, retry }: ConsumerConfig): WrongField[] {
  if (effects.sum === undefined || retry === undefined) return []
  const allowed = 'nothing where effects.sum is declared: attempts at one event can’t be told from others'
  return [{ field: at, found: 'a retry policy', allowed }]
}
