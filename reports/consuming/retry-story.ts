import { ATTEMPT } from '../../proof/history/attempt-messages.ts'
import type { EventOf, HistoryEvent } from '../../proof/history/event.ts'
import { eventIdReader } from '../../proof/history/event-id.ts'
import type { ConsumerDeclaration, RetryDeclaration } from '../../scenarios/consuming/plan.ts'
import { bringsEffect } from '../../scenarios/consuming/view/effect-name.ts'
import { allowedWait, LATE } from '../../scenarios/consuming/view/retry-wait.ts'

/** One try at handling an event, with what was declared for the wait before it. Milliseconds. */
export interface Attempt {
  readonly at: number
  /** Since the attempt before; null for the first. */
  readonly waited: number | null
  readonly allowed: { readonly from: number; readonly to: number } | null
  /** How it was seen. */
  readonly by: string
}

/** A record of the event on one of the consumer's topics. */
export interface Stop {
  readonly at: number
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

/** What happened to one event that failed. `at` counts from its publication. */
export interface RetryStory {
  readonly event: string
  readonly retry: RetryDeclaration
  /** The consumer's topics in order: its own, the retry topics, the dead letters. */
  readonly topics: readonly string[]
  readonly attempts: readonly Attempt[]
  readonly stops: readonly Stop[]
  /** When its effect was committed; null where it has none. */
  readonly effect: number | null
  readonly expect: EventOf<'input'>['expect']
}

/**
 * The journey of the event that tells most of one scenario: the most attempts, then a dead letter. Undefined where
 * none failed.
 */
export function retryStory(
  consumer: ConsumerDeclaration,
  late: number | undefined,
  events: readonly HistoryEvent[],
): RetryStory | undefined {
  const { retry } = consumer
  if (retry === undefined) return undefined
  const failing = events.filter((event) => event.kind === 'input' && event.copy === 1 && event.failures !== 0)
  const idOf = eventIdReader(consumer.eventId)
  const stories = (failing as EventOf<'input'>[]).map((input): RetryStory => {
    const since = (at: number) => Math.max(0, at - input.at)
    const stops = events.flatMap((event): readonly Stop[] => {
      if (event.kind !== 'k.record' || idOf(event) !== input.event) return []
      const { topic, partition, offset } = event
      return [{ at: since(event.at), topic, partition, offset }]
    })
    const tx = events.find((event) => event.kind === 'pg.tx' && bringsEffect(event, consumer, input))
    return {
      event: input.event,
      retry,
      topics: [consumer.topic, ...retry.topics, retry.deadLetter],
      attempts: attemptsOf(events, input, stops, retry, late ?? LATE),
      stops: [
        { at: 0, topic: input.topic, partition: input.partition, offset: input.offset },
        ...stops.filter(({ topic }) => topic !== input.topic),
      ],
      effect: tx === undefined ? null : since(tx.at),
      expect: input.expect,
    }
  })
  const told = ({ attempts, stops }: RetryStory) => attempts.length * 10 + stops.length
  return stories.filter(({ attempts }) => attempts.length > 0).sort((a, b) => told(b) - told(a))[0]
}

/** By the database's probe, else by calls, else by the records from which each attempt began. */
function attemptsOf(
  events: readonly HistoryEvent[],
  input: EventOf<'input'>,
  stops: readonly Stop[],
  { delays, deadLetter }: RetryDeclaration,
  late: number,
): Attempt[] {
  const { event, at: began } = input
  const probed = events.filter(
    (each) => each.kind === 'pg.message' && each.prefix === ATTEMPT.made && each.content === event,
  )
  const calls = events.filter((each) => each.kind === 'call' && each.event === event)
  const [by, times] =
    probed.length > 0
      ? ['database probe', probed.map(({ at }) => at - began)]
      : calls.length > 0
        ? ['call to the stub', calls.map((call) => (call.kind === 'call' ? call.startedAt : call.at) - began)]
        : [
            'record on the topic',
            [
              0,
              ...stops
                .filter(({ topic }) => topic !== deadLetter && topic !== input.topic)
                .map(({ at }) => at),
            ],
          ]
  return times.map((at, i): Attempt => {
    const before = times[i - 1]
    const delay = delays[i - 1]
    return {
      at,
      waited: before === undefined ? null : at - before,
      allowed: delay === undefined ? null : allowedWait(delay, late),
      by,
    }
  })
}
