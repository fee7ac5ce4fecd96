import type { NewEvent } from '../../../proof/history/event.ts'
import type { ClusterObject, Namespace } from '../../../stacks/stack.ts'
import type { ServiceConfig } from '../../../subjects/contract/index.ts'
import { placeholdersOf } from '../../../subjects/contract/placeholders.ts'
import type { RunContext } from '../../run-context.ts'
import { componentUrls } from '../../testbed/component-urls.ts'
import { type Addresses, placeholderValues } from '../../testbed/placeholders.ts'
import { programOf, textsOf } from '../../testbed/services.ts'
import type { ScalingConfig } from '../config.ts'
import type { ScalingPlan } from '../plan.ts'
import { fittedObjects } from './fitted-objects.ts'
import { type OtherTrigger, SHIFT } from './other-trigger.ts'
import { podService } from './pod-service.ts'
import type { Workload } from './workload.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** What was changed in a manifest: from → to. */
    'manifest.changed': string
  }
}

export interface ApplyOptions {
  readonly context: RunContext
  readonly plan: ScalingPlan
  readonly workload: Workload
  readonly scaling: ScalingConfig
  readonly service: ServiceConfig
  /** As pods are to be told them. */
  readonly addresses: Addresses
  readonly namespace: Namespace
  readonly prefix: string
  /** host:port at which KEDA finds the broker. */
  readonly kafka: string
  /** Of the containers, beside what service and config say. */
  readonly env: Readonly<Record<string, string>>
  readonly other: OtherTrigger | undefined
  /** Its pods must have a limit of memory. */
  readonly limited: boolean
  readonly record: (event: NewEvent) => void
}

/**
 * Gives the cluster the workload's objects as this scenario needs them, and writes down what was changed in them.
 * @returns the ScaledObject as it was applied
 */
export async function applyWorkload(options: ApplyOptions): Promise<ClusterObject> {
  const { context, plan, workload, scaling, service, namespace, prefix, kafka, other, record } = options
  const { stack, folder } = context
  const more = { ...scaling.env, ...options.env }
  const texts = [...textsOf(service), ...Object.values(more)]
  const own = programOf(service, folder)
  const values = {
    ...placeholderValues(options.addresses, { from: 'cluster', port: '', instance: 0 }),
    ...(await componentUrls(stack, texts, 'cluster')),
  }
  const inPod = (port: number) => podService(service, { values, port: namespace.portText(port), more })
  for (const { image, port, command: mapped, service: main } of workload.containers) {
    const pod = inPod(port)
    // Where nothing asks for a port of its own, the container listens where its manifest says.
    const told = [...(mapped ?? service.command ?? []), ...(main ? texts : [])]
    const named = told.some((text) => placeholdersOf(text).includes('port'))
    const program =
      'image' in own && !mapped ? own : { ...own, command: mapped?.map(pod.fill) ?? pod.command }
    await namespace.use(image, { program, ...(named ? { port } : {}) })
  }
  const { cooldownPeriod } = plan.scaling
  const fitted = fittedObjects(workload, {
    declaration: {
      ...plan.scaling,
      cooldownPeriod: cooldownPeriod - (other?.wakesAt === undefined ? 0 : SHIFT),
    },
    pace: context.pace ?? 'quick',
    prefix,
    kafka,
    env: (port) => inPod(port).env,
    ...(other ? { triggers: other.triggers } : {}),
    limited: options.limited,
  })
  for (const { object, field, from, to } of fitted.changes) {
    const subject = `${object} ${field}`
    record({ kind: 'fact', name: 'manifest.changed', subject, value: `${from} → ${to}` })
  }
  for (const object of fitted.objects) await namespace.apply(object)
  await namespace.apply(fitted.scaledObject)
  return fitted.scaledObject
}
