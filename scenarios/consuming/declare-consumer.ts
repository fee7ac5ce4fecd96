import { milliseconds } from '../../core/duration.ts'
import { pick } from '../../core/pick.ts'
import type { ConsumerConfig, OutputsConfig, RetryConfig } from './config.ts'
import {
  AS_DECLARED,
  type ConsumerDeclaration,
  type OutputsDeclaration,
  type RetryDeclaration,
} from './plan.ts'

/** Partitions of a consumer's topics where the config says nothing: more than one, so that keys spread. */
export const PARTITIONS = 3

/** What the predicates need to know of a consumer, with the names that it has in this scenario. */
export function declareConsumer(name: string, config: ConsumerConfig, prefix: string): ConsumerDeclaration {
  const { topic, group, outputs, retry, progress = 'kafka', order = 'per-key', dedupeWithin } = config
  return {
    ...pick(config, AS_DECLARED),
    name,
    service: config.service,
    topic: prefix + topic,
    ...(prefix === '' ? {} : { prefix }),
    group: prefix + group,
    ...(outputs ? { outputs: declareOutputs(outputs, prefix) } : {}),
    ...(retry ? { retry: declareRetry(retry, prefix) } : {}),
    progress,
    order,
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

function declareRetry(
  { delays, topics, deadLetter, headers = {}, ...retry }: RetryConfig,
  prefix: string,
): RetryDeclaration {
  return {
    ...retry,
    delays: delays.map(milliseconds),
    topics: topics.map((topic) => prefix + topic),
    deadLetter: prefix + deadLetter,
    headers,
  }
}

/** Every topic that the consumer reads or writes, as far as it is declared. */
export function topicsOf({ topic, retry, outputs }: ConsumerDeclaration): string[] {
  return [topic, ...(retry ? [...retry.topics, retry.deadLetter] : []), ...(outputs ? [outputs.topic] : [])]
}
