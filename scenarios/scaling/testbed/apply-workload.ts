import { resolve } from 'node:path'
import type { NewEvent } from '../../../proof/history/event.ts'
import type { ClusterObject, Database, Namespace } from '../../../stacks/stack.ts'
import type { ServiceConfig } from '../../../subjects/contract/index.ts'
import type { RunContext } from '../../run-context.ts'
import type { ScalingConfig } from '../config.ts'
import type { ScalingPlan } from '../plan.ts'
import { fittedObjects } from './fitted-objects.ts'
import { localProcess, PORT_VARIABLE } from './local-process.ts'
import { type OtherTrigger, SHIFT } from './other-trigger.ts'
import type { Workload } from './workload.ts'

export interface ApplyOptions {
  readonly context: RunContext
  readonly plan: ScalingPlan
  readonly workload: Workload
  readonly scaling: ScalingConfig
  readonly service: ServiceConfig
  readonly database: Database
  readonly namespace: Namespace
  readonly prefix: string
  /** host:port at which KEDA finds the broker. */
  readonly kafka: string
  /** Of the containers, beside what service and config say. */
  readonly env: Readonly<Record<string, string>>
  readonly other: OtherTrigger | undefined
  readonly record: (event: NewEvent) => void
}

/**
 * Gives the cluster the workload's objects as this scenario needs them, and writes down what was changed in them.
 * @returns the ScaledObject as it was applied
 */
export async function applyWorkload(options: ApplyOptions): Promise<ClusterObject> {
  const { context, plan, workload, scaling, service, namespace, prefix, kafka, other, record } = options
  const local = localProcess(service, {
    database: options.database,
    kafka: context.stack.kafka.bootstrapServers,
    topicPrefix: prefix,
    more: { ...scaling.env, ...options.env },
    cwd: resolve(context.folder, service.cwd ?? '.'),
  })
  for (const { image, port, command: mapped, service: own } of workload.containers) {
    const command = mapped?.map(local.fill) ?? local.command
    const texts = own ? [...command, ...Object.values(local.env)] : command
    // Where nothing asks for a port of its own, the container listens where its manifest says.
    const ports = texts.some((text) => text.includes(`$(${PORT_VARIABLE})`)) ? { [PORT_VARIABLE]: port } : {}
    namespace.use(image, { command, cwd: local.cwd, ports })
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
    env: local.env,
    ...(other ? { triggers: other.triggers } : {}),
  })
  for (const { object, field, from, to } of fitted.changes) {
    const subject = `${object} ${field}`
    record({ kind: 'fact', name: 'manifest.changed', subject, value: `${from} → ${to}` })
  }
  for (const object of fitted.objects) await namespace.apply(object)
  await namespace.apply(fitted.scaledObject)
  return fitted.scaledObject
}
