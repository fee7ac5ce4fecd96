import type { ClusterObject } from '../../../stacks/stack.ts'
import type { Pace } from '../../run-context.ts'
import type { ScalingDeclaration } from '../plan.ts'
import { type Change, PlainObject } from './plain-object.ts'
import type { Workload } from './workload.ts'
import { CONTAINER_PORT } from './workload-containers.ts'

export interface Fitting {
  readonly declaration: ScalingDeclaration
  readonly pace: Pace
  /** Of topics and groups. */
  readonly prefix: string
  /** host:port at which KEDA finds the broker. */
  readonly kafka: string
  /** In the place of the ScaledObject's own. */
  readonly triggers?: readonly object[]
  /** Containers without a limit of memory get one. */
  readonly limited?: boolean
  /** Of the workload's containers, beside what their manifest says, by the port that a container declares. */
  readonly env: (containerPort: number) => Readonly<Record<string, string>>
}

export interface FittedObjects {
  /** In the order in which they are to be applied; the ScaledObject is not among them. */
  readonly objects: readonly ClusterObject[]
  readonly scaledObject: ClusterObject
  /** Everything that is not as the manifests say. */
  readonly changes: readonly Change[]
}

/** Kinds that the testbed's cluster is given. Of others (a broker's topics, dashboards) it knows nothing. */
const APPLIED = new Set(['ConfigMap', 'Secret', 'ServiceAccount', 'TriggerAuthentication', 'Deployment'])

/** For a service that is to run out of it, and not by itself. */
const MEMORY = '512Mi'

/** How KEDA would reach a broker that wants to know who asks: ours does not. */
const SECURITY = [
  'tls',
  'sasl',
  'username',
  'password',
  'saslTokenProvider',
  'awsRegion',
  'unsafeSsl',
] as const

/** The manifests with the names, addresses and times of a scenario in the place of their own; each change is told. */
export function fittedObjects(workload: Workload, fitting: Fitting): FittedObjects {
  const { deployment, scaledObject, manifests } = workload
  const others = manifests.filter(({ kind, root }) => APPLIED.has(kind) && root !== deployment.root)
  const objects = [...others.map(({ root }) => new PlainObject(root.plain)), fitDeployment(workload, fitting)]
  const scaler = fitScaledObject(workload, fitting)
  const leftOut = manifests
    .filter(({ kind, root }) => !APPLIED.has(kind) && root !== scaledObject.root)
    .map(({ kind, name }) => ({
      object: `${kind}/${name}`,
      field: 'all of it',
      from: 'in the manifests',
      to: null,
    }))
  return {
    objects: objects.map(({ object }) => object),
    scaledObject: scaler.object,
    changes: [...[...objects, scaler].flatMap(({ changes }) => changes), ...leftOut],
  }
}

function fitDeployment(
  { deployment, containers: described }: Workload,
  { env, declaration, limited }: Fitting,
): PlainObject {
  const fitted = new PlainObject(deployment.root.plain)
  // At rest from the beginning: else the API server's default of one would run until the cooldown is over.
  fitted.set(['spec', 'replicas'], declaration.idleReplicas ?? declaration.minReplicas)
  const containers = ['spec', 'template', 'spec', 'containers'] as const
  for (const n of fitted.list(...containers).keys()) {
    const at = [...containers, n] as const
    // The service's own command stands for what its container would run; what else is mapped is an image alone.
    const { command, service, port = CONTAINER_PORT } = described[n] ?? {}
    if (command === undefined) {
      fitted.set([...at, 'command'], undefined)
      fitted.set([...at, 'args'], undefined)
    }
    if (fitted.list(...at, 'ports').length === 0)
      fitted.set([...at, 'ports'], [{ containerPort: CONTAINER_PORT }])
    const limit = [...at, 'resources', 'limits', 'memory'] as const
    if (limited && fitted.get(...limit) === undefined) fitted.set(limit, MEMORY)
    for (const [name, value] of Object.entries(service ? env(port) : {}))
      setVariable(fitted, [...at, 'env'], name, value)
  }
  return fitted
}

function setVariable(
  fitted: PlainObject,
  env: readonly (string | number)[],
  name: string,
  value: string,
): void {
  const variables = fitted.list(...env) as readonly { readonly name: string }[]
  const known = variables.findIndex((variable) => variable.name === name)
  fitted.set([...env, known < 0 ? variables.length : known], { name, value })
}

function fitScaledObject({ scaledObject }: Workload, fitting: Fitting): PlainObject {
  const { declaration, pace, prefix, kafka } = fitting
  const fitted = new PlainObject(scaledObject.root.plain)
  if (pace === 'quick') {
    fitted.set(['spec', 'pollingInterval'], declaration.pollingInterval)
    fitted.set(['spec', 'cooldownPeriod'], declaration.cooldownPeriod)
    const scaleUp = ['spec', 'advanced', 'horizontalPodAutoscalerConfig', 'behavior', 'scaleUp']
    // Kubernetes adds four pods in fifteen seconds at the most; the way down stays as it is.
    if (fitted.get(...scaleUp) === undefined) {
      const policies = [{ type: 'Pods', value: 20, periodSeconds: 1 }]
      fitted.set(scaleUp, { stabilizationWindowSeconds: 0, policies })
    }
  }
  if (fitting.triggers) {
    fitted.set(['spec', 'triggers'], fitting.triggers)
    return fitted
  }
  for (const [n, trigger] of scaledObject.triggers.entries()) {
    if (trigger.type !== 'kafka' && trigger.type !== 'apache-kafka') continue
    const metadata = ['spec', 'triggers', n, 'metadata']
    const put = (key: string, value: string | undefined) => {
      fitted.set([...metadata, `${key}FromEnv`], undefined)
      fitted.set([...metadata, key], value)
    }
    put('bootstrapServers', kafka)
    for (const key of ['topic', 'consumerGroup']) {
      const { value } = trigger.setting(key)
      if (value !== undefined) put(key, prefix + value)
    }
    for (const key of SECURITY) put(key, undefined)
    fitted.set(['spec', 'triggers', n, 'authenticationRef'], undefined)
  }
  return fitted
}
