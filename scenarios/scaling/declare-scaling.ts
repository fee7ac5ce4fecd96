import { partitionsOf } from '../../lint/kafka-trigger.ts'
import { Manifests } from '../../lint/manifests.ts'
import type { ConsumerConfig } from '../consuming/config.ts'
import { declareConsumer, PARTITIONS } from '../consuming/declare-consumer.ts'
import type { Pace } from '../run-context.ts'
import type { ScalingConfig } from './config.ts'
import type { ScalingDeclaration } from './plan.ts'
import type { Workload } from './testbed/workload.ts'

/** What the quick pace puts in the place of the manifest's seconds where the config does not say. */
const QUICK = { pollingInterval: 1, cooldownPeriod: 5 } as const

export interface ScalingNames {
  readonly workload: string
  /** Of topics and group. */
  readonly prefix: string
  readonly namespace: string
}

/** What the predicates need to know of a scaled workload, with the names and the seconds that it has in this scenario. */
export function declareScaling(
  workload: Workload,
  config: { readonly scaling: ScalingConfig; readonly consumer: ConsumerConfig },
  { workload: name, prefix, namespace }: ScalingNames,
  pace: Pace,
): ScalingDeclaration {
  const { scaledObject, trigger, deployment, manifests } = workload
  const { pollingInterval, cooldownPeriod } =
    pace === 'quick' ? (config.scaling.quick ?? QUICK) : scaledObject
  const { minReplicas, maxReplicas, idleReplicas } = scaledObject
  const { topic } = config.consumer
  const declared = { ...trigger, topic, topics: [topic] }
  return {
    name,
    namespace,
    deployment: deployment.name,
    scaledObject: scaledObject.manifest.name,
    consumer: declareConsumer(config.scaling.consumer, config.consumer, prefix),
    partitions:
      config.consumer.partitions ??
      partitionsOf(declared, {
        manifests: new Manifests(manifests),
        scaledObjects: [scaledObject],
        context: {},
      }) ??
      PARTITIONS,
    pollingInterval,
    cooldownPeriod,
    minReplicas,
    ...(idleReplicas === undefined ? {} : { idleReplicas }),
    maxReplicas,
    lagThreshold: trigger.lagThreshold,
    activationLagThreshold: trigger.activationLagThreshold,
    allowIdleConsumers: trigger.flag('allowIdleConsumers'),
    ...(countsPart(workload) ? { partialLag: true } : {}),
  }
}

/** What the autoscaler is told is not the lag, by the manifest's own wish. */
function countsPart({ trigger, scaledObject }: Workload): boolean {
  const { root } = scaledObject.manifest
  return (
    trigger.flag('excludePersistentLag') ||
    trigger.flag('limitToPartitionsWithLag') ||
    root.get('spec', 'advanced', 'scalingModifiers', 'formula').text !== undefined
  )
}

/** The same where nobody can read the manifests: KEDA's defaults, so that a plan can say what was to be judged. */
export function undeclaredScaling(
  { scaling, consumer }: { readonly scaling: ScalingConfig; readonly consumer: ConsumerConfig },
  { workload: name, prefix, namespace }: ScalingNames,
): ScalingDeclaration {
  return {
    name,
    namespace,
    deployment: name,
    scaledObject: name,
    consumer: declareConsumer(scaling.consumer, consumer, prefix),
    partitions: consumer.partitions ?? PARTITIONS,
    pollingInterval: 30,
    cooldownPeriod: 300,
    minReplicas: 0,
    maxReplicas: 100,
    lagThreshold: 10,
    activationLagThreshold: 0,
    allowIdleConsumers: false,
  }
}
