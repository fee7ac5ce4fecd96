import { milliseconds } from '../../core/duration.ts'
import type { DeclaredConsumer, LintContext } from '../../lint/context.ts'
import type { CommonConfig } from '../../subjects/contract/index.ts'
import { type ConsumerConfig, consumers } from '../consuming/config.ts'
import { type ScalingConfig, scaling } from './config.ts'

/**
 * What the config says about consumers, as the linter of ScaledObjects compares manifests with it: without topic
 * prefix, as the manifests are written. Whoever is named in `scaling` is claimed to rest at zero.
 */
export function declaredScaling(config: CommonConfig): LintContext {
  const workloads = scaling.of(config)
  const scaled = new Map(Object.values(workloads).map((each) => [each.consumer, each]))
  return {
    consumers: Object.fromEntries(
      Object.entries(consumers.of(config)).map(([name, consumer]) => [
        name,
        declared(consumer, scaled.get(name)),
      ]),
    ),
    workloads: Object.fromEntries(
      Object.entries(workloads).map(([workload, { consumer }]) => [workload, consumer]),
    ),
  }
}

/** Patterns of the files that its workloads are made of, relative to the config. */
export function declaredManifests(config: CommonConfig): string[] {
  return Object.values(scaling.of(config)).flatMap(({ manifests }) => manifests)
}

function declared(consumer: ConsumerConfig, scaled: ScalingConfig | undefined): DeclaredConsumer {
  const { group, topic, partitions, retry, longestWork } = consumer
  // Where an event is retried in place it is under way at least as long as the consumer waits between attempts.
  const inPlace = retry === undefined || retry.topics.length > 0 ? [] : retry.delays
  return {
    group,
    topic,
    scaleToZero: scaled !== undefined,
    otherTopics: retry?.topics ?? [],
    deadLetters: retry !== undefined,
    ...(scaled?.wakesAt === undefined ? {} : { wakesAt: scaled.wakesAt }),
    ...(partitions === undefined ? {} : { partitions }),
    ...(inPlace.length === 0 && longestWork === undefined
      ? {}
      : {
          longestWork:
            milliseconds(longestWork ?? '0s') + inPlace.reduce((sum, delay) => sum + milliseconds(delay), 0),
        }),
  }
}
