import { milliseconds } from '../../core/duration.ts'
import type { ConsumerConfig, OutputsConfig, RetryConfig } from '../../subjects/contract/index.ts'
import type { ConsumerDeclaration, OutputsDeclaration, RetryDeclaration } from './plan.ts'

/** Partitions of a consumer's topics where the config says nothing: more than one, so that keys spread. */
export const PARTITIONS = 3

/** What the predicates need to know of a consumer, with the names that it has in this scenario. */
export function declareConsumer(name: string, config: ConsumerConfig, prefix: string): ConsumerDeclaration {
  const { topic, group, eventId, effects, dedupe, versions, calls, outputs, retry } = config
  const { progress, order, workers, dedupeWithin } = config
  return {
    name,
    topic: prefix + topic,
    group: prefix + group,
    eventId,
    effects,
    ...(dedupe ? { dedupe } : {}),
    ...(versions ? { versions } : {}),
    ...(calls ? { calls } : {}),
    ...(outputs ? { outputs: declareOutputs(outputs, prefix) } : {}),
    ...(retry ? { retry: declareRetry(retry, prefix) } : {}),
    progress: progress ?? 'kafka',
    order: order ?? 'per-key',
    ...(workers === undefined ? {} : { workers }),
    ...(dedupeWithin ? { dedupeWithin: milliseconds(dedupeWithin) } : {}),
  }
}

function declareOutputs({ within, ...outputs }: OutputsConfig, prefix: string): OutputsDeclaration {
  return {
    ...outputs,
    topic: prefix + outputs.topic,
    ...(within ? { within: milliseconds(within) } : {}),
  }
}

function declareRetry(retry: RetryConfig, prefix: string): RetryDeclaration {
  return {
    attempts: retry.attempts,
    delays: retry.delays.map(milliseconds),
    topics: retry.topics.map((topic) => prefix + topic),
    deadLetter: prefix + retry.deadLetter,
    headers: retry.headers ?? {},
  }
}

/** Every topic that the consumer reads or writes, as far as it is declared. */
export function topicsOf({ topic, retry, outputs }: ConsumerDeclaration): string[] {
  return [topic, ...(retry ? [...retry.topics, retry.deadLetter] : []), ...(outputs ? [outputs.topic] : [])]
}
