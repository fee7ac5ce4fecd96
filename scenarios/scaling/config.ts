import { z } from 'zod'
import type { Declared } from '../../subjects/contract/declared.ts'
import { unknownName, unknownPlaceholders } from '../../subjects/contract/references.ts'
import { section } from '../../subjects/contract/section.ts'
import { duration, text, texts } from '../../subjects/contract/words.ts'
import { consumers } from '../consuming/config.ts'

const scaled = z.strictObject({
  /** The Deployment, which the entry is called by, its ScaledObject and what belongs to them; globs allowed. */
  manifests: z.array(text).min(1),
  /** A name of `consumers`: its topic, group and effects. */
  consumer: text,
  /**
   * What runs for images of containers beside the service, or in its place: such a command is the image's entrypoint,
   * so that a container's own `command` and `args` count as they do in Kubernetes. Placeholders allowed.
   */
  images: z.record(z.string(), z.array(text).min(1)).exactOptional(),
  /** Environment of the service's container, beside what the manifests say; placeholders allowed. */
  env: texts.exactOptional(),
  /** Time from the decision to scale to a ready pod. Default 30s. */
  startWithin: duration.exactOptional(),
  /** So many events must not wait for more: the linter holds the activation threshold against it. */
  wakesAt: z.int().min(1).exactOptional(),
  /** Values of the ScaledObject, in seconds, that the quick profile shortens. */
  quick: z.strictObject({ pollingInterval: z.int().min(1), cooldownPeriod: z.int().min(0) }).exactOptional(),
})

export interface ScalingConfig extends Declared<typeof scaled> {}

/** Scaled workloads, as a config declares them. */
export const scaling = section<'scaling', ScalingConfig>({
  name: 'scaling',
  subject: scaled,
  references: (at, { consumer, env, images }, config) => [
    ...unknownName(`${at}.consumer`, consumer, withEffectsOneByOne(consumers.of(config)), 'consumer'),
    ...unknownPlaceholders(`${at}.env`, env),
    ...unknownPlaceholders(`${at}.images`, images),
  ],
})

/** Consumers whose effects can be told apart one by one: what a scaled workload needs. */
function withEffectsOneByOne(declared: ReturnType<typeof consumers.of>): string[] {
  return Object.keys(declared).filter((name) => declared[name]?.effects.sum === undefined)
}
