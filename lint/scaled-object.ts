import { authenticationOf } from './authentication.ts'
import type { Field } from './field.ts'
import type { Manifest } from './manifest.ts'
import type { Manifests } from './manifests.ts'
import { type Trigger, triggerOf } from './trigger.ts'
import { environmentOf, type Target, targetOf, workloadOf } from './workload.ts'

/** A ScaledObject as KEDA 2.21 understands it, defaults filled in. */
export interface ScaledObject {
  readonly manifest: Manifest
  readonly root: Field
  readonly spec: Field
  readonly target: Target
  /** The manifest of the target, where it is among those given. */
  readonly workload: Manifest | undefined
  readonly triggers: readonly Trigger[]
  readonly minReplicas: number
  readonly maxReplicas: number
  /** Replicas while no trigger is active, where it is set apart from the minimum. */
  readonly idleReplicas: number | undefined
  /** Nothing runs while no trigger is active. */
  readonly fromZero: boolean
  /** The autoscaler that KEDA makes of it. */
  readonly autoscaler: { readonly name: string /** Where it is named. */; readonly at: Field | undefined }
  readonly modifiers: ScalingModifiers
  /** Seconds. */
  readonly pollingInterval: number
  /** Seconds. */
  readonly cooldownPeriod: number
}

/** `advanced.scalingModifiers`; empty where it is not written. */
export interface ScalingModifiers {
  readonly used: boolean
  readonly formula: string
  readonly target: string
}

/** KEDA's defaults, from apis/keda/v1alpha1 and pkg/scaling/executor. */
const DEFAULTS = {
  pollingInterval: 30,
  cooldownPeriod: 300,
  minReplicaCount: 0,
  maxReplicaCount: 100,
} as const

export function isScaledObject({ apiVersion, kind }: Manifest): boolean {
  return kind === 'ScaledObject' && apiVersion.startsWith('keda.sh/')
}

export function scaledObjectOf(manifest: Manifest, manifests: Manifests): ScaledObject {
  const spec = manifest.root.get('spec')
  const target = targetOf(manifest)
  const workload = workloadOf(target, manifests)
  const environment = environmentOf(workload, spec.get('scaleTargetRef', 'envSourceContainerName').text)
  const number = (key: keyof typeof DEFAULTS) => wholeOf(spec.get(key)) ?? DEFAULTS[key]
  const minReplicas = number('minReplicaCount')
  const idleReplicas = wholeOf(spec.get('idleReplicaCount'))
  return {
    manifest,
    root: manifest.root,
    spec,
    target,
    workload,
    triggers: spec
      .get('triggers')
      .items()
      .map((field) =>
        triggerOf(
          field,
          environment,
          authenticationOf(field.get('authenticationRef'), manifest.namespace, manifests, environment),
        ),
      ),
    minReplicas,
    maxReplicas: number('maxReplicaCount'),
    idleReplicas,
    fromZero: (idleReplicas ?? minReplicas) === 0,
    autoscaler: autoscalerOf(spec, manifest.name),
    modifiers: modifiersOf(spec.get('advanced', 'scalingModifiers')),
    pollingInterval: number('pollingInterval'),
    cooldownPeriod: number('cooldownPeriod'),
  }
}

/** getHpaName of KEDA's scaledobject_webhook.go. */
function autoscalerOf(spec: Field, name: string): ScaledObject['autoscaler'] {
  const at = spec.get('advanced', 'horizontalPodAutoscalerConfig', 'name')
  return at.text ? { name: at.text, at } : { name: `keda-hpa-${name}`, at: undefined }
}

function modifiersOf(field: Field): ScalingModifiers {
  const texts = ['formula', 'target', 'activationTarget', 'metricType'].map(
    (key) => field.get(key).text ?? '',
  )
  const [formula = '', target = ''] = texts
  return { used: texts.some((text) => text !== ''), formula, target }
}

function wholeOf({ value }: Field): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined
}
