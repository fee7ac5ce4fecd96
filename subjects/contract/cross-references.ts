import { nearest } from '../../core/nearest.ts'
import type { Fault } from './explain.ts'
import {
  COMMAND_PLACEHOLDERS,
  EVENT_PLACEHOLDERS,
  placeholdersOf,
  STACK_PLACEHOLDERS,
} from './placeholders.ts'
import type { ConsumerConfig, PublisherConfig, SubjectConfig } from './types.ts'

/** What fields say about each other: names of services that must exist, placeholders that must be known. */
export function crossReferences(config: SubjectConfig): readonly Fault[] {
  const services = Object.keys(config.services)
  const { publishers, consumers, scaling } = config
  if (!publishers && !consumers && !scaling) {
    const allowed = 'at least one of publishers, consumers and scaling'
    return [{ field: 'publishers', found: 'nothing to be put to the test', allowed }]
  }
  return [
    ...Object.entries(config.services).flatMap(([name, { command, env = {} }]) => [
      ...placeholders(`services.${name}.command`, command, STACK_PLACEHOLDERS),
      ...placeholders(`services.${name}.env`, env, STACK_PLACEHOLDERS),
    ]),
    ...Object.entries(config.publishers ?? {}).flatMap(([name, publisher]) =>
      publisherFaults(`publishers.${name}`, publisher, services),
    ),
    ...Object.entries(config.consumers ?? {}).flatMap(([name, consumer]) =>
      consumerFaults(`consumers.${name}`, consumer, services),
    ),
    ...Object.entries(config.scaling ?? {}).flatMap(([name, { consumer, env = {}, images = {} }]) => [
      ...known(`scaling.${name}.consumer`, consumer, namedEffects(config.consumers ?? {}), [], 'consumer'),
      ...placeholders(`scaling.${name}.env`, env, STACK_PLACEHOLDERS),
      ...placeholders(`scaling.${name}.images`, images, STACK_PLACEHOLDERS),
    ]),
  ]
}

/** Consumers whose effects can be told apart one by one: what a scaled workload needs. */
function namedEffects(consumers: Readonly<Record<string, ConsumerConfig>>): string[] {
  return Object.keys(consumers).filter((name) => consumers[name]?.effects.sum === undefined)
}

function consumerFaults(
  at: string,
  { service, event, redrive, ...consumer }: ConsumerConfig,
  services: readonly string[],
): Fault[] {
  const { key, headers, json } = event
  return [
    ...known(`${at}.service`, service, services, []),
    ...retryFaults(`${at}.retry`, consumer),
    ...outputFaults(`${at}.outputs`, consumer),
    ...sumFaults(at, consumer),
    ...(redrive
      ? [
          ...known(`${at}.redrive.service`, redrive.service, services, []),
          ...placeholders(`${at}.redrive.approve`, redrive.approve, ['eventId']),
          ...placeholders(`${at}.redrive.scheduled`, redrive.scheduled, STACK_PLACEHOLDERS),
        ]
      : []),
    ...placeholders(`${at}.event`, { ...(key ? { key } : {}), headers, json }, EVENT_PLACEHOLDERS),
  ]
}

/** Each tier has a topic of its own: a record says by its topic how often its event has failed. */
function retryFaults(at: string, { topic, retry }: Pick<ConsumerConfig, 'topic' | 'retry'>): Fault[] {
  if (retry === undefined) return []
  const named = [
    ...retry.topics.map((name, i) => ({ field: `${at}.topics.${i}`, name })),
    { field: `${at}.deadLetter`, name: retry.deadLetter },
  ]
  return named.flatMap(({ field, name }, i) => {
    const taken = [topic, ...named.slice(0, i).map((one) => one.name)]
    if (!taken.includes(name)) return []
    return [{ field, found: `'${name}'`, allowed: `a topic other than ${taken.join(', ')}` }]
  })
}

/** What a consumer publishes must not come back to it, and an amount needs one to be compared with. */
function outputFaults(
  at: string,
  consumer: Pick<ConsumerConfig, 'topic' | 'effects' | 'retry' | 'outputs'>,
): Fault[] {
  const { topic, effects, retry, outputs } = consumer
  if (outputs === undefined) return []
  const own = [topic, ...(retry ? [...retry.topics, retry.deadLetter] : [])]
  return [
    ...(own.includes(outputs.topic)
      ? [
          {
            field: `${at}.topic`,
            found: `'${outputs.topic}'`,
            allowed: `a topic other than ${own.join(', ')}`,
          },
        ]
      : []),
    ...(outputs.amount !== undefined && effects.amount === undefined
      ? [
          {
            field: `${at}.amount`,
            found: `'${outputs.amount}'`,
            allowed: 'nothing where effects.amount is not declared',
          },
        ]
      : []),
  ]
}

/** Who adds events up keeps no trace of an attempt at one of them. */
function sumFaults(at: string, { effects, retry }: Pick<ConsumerConfig, 'effects' | 'retry'>): Fault[] {
  if (effects.sum === undefined || retry === undefined) return []
  const allowed = 'nothing where effects.sum is declared: attempts at one event can’t be told from others'
  return [{ field: `${at}.retry`, found: 'a retry policy', allowed }]
}

function publisherFaults(at: string, publisher: PublisherConfig, services: readonly string[]): Fault[] {
  const { service, relay, command } = publisher
  const inCommand = [...COMMAND_PLACEHOLDERS, ...STACK_PLACEHOLDERS]
  return [
    ...known(`${at}.service`, service, services, []),
    ...(typeof relay === 'string'
      ? known(`${at}.relay`, relay, services, ['polling'])
      : placeholders(`${at}.relay.debezium.connector`, relay.debezium.connector, STACK_PLACEHOLDERS)),
    ...placeholders(`${at}.command.http`, command.http, inCommand),
  ]
}

function known(
  field: string,
  found: string,
  services: readonly string[],
  words: readonly string[],
  noun = 'service',
): Fault[] {
  const allowed = [...services, ...words]
  if (allowed.includes(found)) return []
  const close = nearest(found, allowed)
  return [
    {
      field,
      found: `'${found}'`,
      allowed: `the name of a ${noun}${words.map((word) => ` or '${word}'`).join('')}: ${services.join(', ')}`,
      ...(close === undefined ? {} : { hint: `did you mean '${close}'?` }),
    },
  ]
}

/** Unknown placeholders in any string below `value`. */
function placeholders(field: string, value: unknown, allowed: readonly string[]): Fault[] {
  if (typeof value === 'string') {
    return placeholdersOf(value)
      .filter((name) => !allowed.includes(name))
      .map((name) => {
        const close = nearest(name, allowed)
        return {
          field,
          found: `{${name}} in '${value}'`,
          allowed: allowed.map((placeholder) => `{${placeholder}}`).join(' '),
          ...(close === undefined ? {} : { hint: `did you mean {${close}}?` }),
        }
      })
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    placeholders(Array.isArray(value) ? `${field}[${name}]` : `${field}.${name}`, inner, allowed),
  )
}
