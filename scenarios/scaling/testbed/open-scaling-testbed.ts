import { endpointText } from '../../../core/endpoint.ts'
import { seededRandom } from '../../../core/random.ts'
import { FaultLog } from '../../../faults/fault-log.ts'
import { lintScaledObjects } from '../../../lint/lint.ts'
import { EffectGate } from '../../../proof/gates/effect-gate.ts'
import { WorkStop } from '../../../proof/gates/work-stop.ts'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import { ClusterObserver } from '../../../proof/observers/cluster-observer.ts'
import { DatabaseObserver } from '../../../proof/observers/database-observer.ts'
import { missingColumns } from '../../../proof/observers/declared-tables.ts'
import { GroupProgress } from '../../../proof/observers/group-progress.ts'
import { OffsetObserver } from '../../../proof/observers/offset-observer.ts'
import { ScaleSampler } from '../../../proof/observers/scale-sampler.ts'
import type { Viewpoint } from '../../../stacks/stack.ts'
import { serviceNamed } from '../../../subjects/contract/config.ts'
import { AddressBook } from '../../address-book.ts'
import { type ConsumerConfig, consumers } from '../../consuming/config.ts'
import { topicsOf } from '../../consuming/declare-consumer.ts'
import { effectColumns, effectRows } from '../../consuming/testbed/effect-rows.ts'
import { type Input, Inputs } from '../../consuming/testbed/inputs.ts'
import { openEncoder } from '../../consuming/testbed/open-encoder.ts'
import type { Opened } from '../../opened.ts'
import type { RunContext } from '../../run-context.ts'
import { DeclarationWrong } from '../../testbed/declaration-wrong.ts'
import { openDatabase } from '../../testbed/open-database.ts'
import { openTopics } from '../../testbed/open-topics.ts'
import { namesStub, openStub } from '../../testbed/outside-stub.ts'
import { textsOf } from '../../testbed/services.ts'
import { openSpanEndpoints } from '../../testbed/span-endpoints.ts'
import type { ScalingConfig } from '../config.ts'
import { declaredScaling } from '../declared-scaling.ts'
import type { ScalingView } from '../view/scaling-view.ts'
import { applyWorkload } from './apply-workload.ts'
import { budgetOf } from './budget.ts'
import { ClusterFaults } from './cluster-faults.ts'
import { lintEvents } from './lint-events.ts'
import { beforeClock, byClock, byMetric, type OtherTrigger, type ScaledBy } from './other-trigger.ts'
import { PlainObject } from './plain-object.ts'
import { scalerReady } from './scaler-ready.ts'
import { ScalingTestbed } from './scaling-testbed.ts'
import type { Workload } from './workload.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** Annotations that somebody put on an object. */
    'annotated.by-hand': string
  }
}

export interface ScalingTestbedOptions {
  readonly context: RunContext
  /** It follows the scenario. */
  readonly view: ScalingView
  readonly history: ScenarioHistory
  readonly workload: Workload
  readonly scaling: ScalingConfig
  readonly consumer: ConsumerConfig
  readonly prefix: string
  readonly database: string
  readonly keys: readonly string[]
  /** Of the containers, for windows that wait for a session to expire. */
  readonly env: Readonly<Record<string, string>>
  readonly by: ScaledBy
  /** Its pods must have a limit of memory. */
  readonly limited: boolean
  /** KEDA reaches the broker through a link of its own. */
  readonly linked: boolean
}

/**
 * Brings one scaled workload up on the running stack: a database, topics and a namespace of its own, its manifests as
 * this scenario needs them, observers of all that scaling moves. All of it ends with the returned stack, in reverse
 * order.
 */
export async function openScalingTestbed(options: ScalingTestbedOptions): Promise<Opened<ScalingTestbed>> {
  const { context, view, history, workload, scaling, prefix, env } = options
  const { plan } = view
  const { stack, config } = context
  const { consumer, namespace: name, deployment, scaledObject } = plan.scaling
  const record = history.record.bind(history)
  const bootstrapServers = stack.kafka.bootstrapServers('host')
  const { keda } = stack.versions
  await using parts = new AsyncDisposableStack()

  // The cluster is what takes longest: database and topics are made meanwhile.
  const clusterReady = stack.need(['kubernetes'])
  clusterReady.catch(() => {})

  const service = serviceNamed(config, options.consumer.service)
  const database = await openDatabase({ context, services: [service], name: options.database, parts })
  const url = database.url('host')

  const topics = Object.fromEntries(topicsFor(options).map((topic) => [topic, plan.scaling.partitions]))
  await openTopics({ bootstrapServers, topics, parts, record })
  // What is on this broker we made and committed ourselves: it says nothing about where the manifests will be used.
  const declared = { ...declaredScaling(config), ...(keda === undefined ? {} : { keda }) }
  for (const finding of lintEvents(lintScaledObjects(workload.files, declared))) record(finding)

  const effects = effectRows(consumer)
  const gate = parts.use(await EffectGate.install({ url, effects, record, disarmed: plan.disarmed }))
  const work = parts.use(await WorkStop.install({ url, effects }))
  const commits = parts.use(await DatabaseObserver.open({ url, tables: [consumer.effects.table], record }))
  const offsets = parts.use(OffsetObserver.open({ bootstrapServers, groups: [consumer.group], record }))
  const { group, topic } = consumer
  const progress = parts.use(await GroupProgress.open({ bootstrapServers, group, topic }))
  record({ kind: 'fact', name: 'offsets.committed', subject: group, value: await progress.commitEnds() })

  await clusterReady
  const { kubeconfig, metricsAdapter } = stack.kubernetes
  const link = options.linked
    ? parts.use(await stack.link(`${options.database}-keda→kafka`, 'kafka', 'cluster'))
    : undefined
  const namespace = parts.use(
    await stack.kubernetes.namespace(name, ({ pod, ...event }) =>
      record({ kind: 'proc', service: pod, instance: 0, ...event }),
    ),
  )
  const cluster = parts.use(await ClusterObserver.open({ kubeconfig, namespace: name, record }))
  const other = await otherTrigger(options, progress, parts)
  const kafka = link ? endpointText(link.endpoint('cluster')) : stack.kafka.bootstrapServers('cluster')
  const texts = [...textsOf(service), ...Object.values({ ...scaling.env, ...env })]
  const stub = namesStub(texts)
    ? await openStub(stack, { record, eventId: consumer.eventId }, parts)
    : undefined
  const spans = await openSpanEndpoints(stack, texts, { plan, record }, parts)
  const addresses = {
    database,
    kafka: (from: Viewpoint) => stack.kafka.bootstrapServers(from),
    topicPrefix: prefix,
    stub,
    spans,
  }
  const applied = await applyWorkload({
    context,
    plan,
    workload,
    scaling,
    prefix,
    env,
    service,
    addresses,
    namespace,
    kafka,
    other,
    limited: options.limited,
    record,
  })
  await scalerReady(cluster, scaledObject, context.signal)
  if (context.annotated) {
    const { metadata } = applied
    const annotations = { ...(metadata.annotations as object | undefined), ...context.annotated }
    await namespace.apply({ ...applied, metadata: { ...metadata, annotations } })
    const value = JSON.stringify(context.annotated)
    record({ kind: 'fact', name: 'annotated.by-hand', subject: scaledObject, value })
  }

  const encoder = await openEncoder({ name: consumer.name, consumer: options.consumer, prefix, context })
  const inputs = new Inputs({
    event: options.consumer.event,
    ...(encoder ? { encode: encoder.write } : {}),
    topic,
    writer: parts.use(await stack.kafka.writer()),
    keys: options.keys,
    random: seededRandom(`${context.seed}/${plan.id}`).fork('inputs'),
    record: (event) => record(event) as Input,
  })
  const faults = new FaultLog({ record, disarmed: plan.disarmed })
  const { signal } = context
  const clusterFaults = new ClusterFaults({
    history,
    faults,
    cluster,
    scaledObject,
    group,
    topic,
    link,
    metricsAdapter,
    metricsLock: context.metricsLock,
    progress,
    signal,
  })
  const testbed = new ScalingTestbed({
    view,
    history,
    namespace,
    budget: budgetOf(deployment, new PlainObject(workload.deployment.root.plain).get('spec', 'selector')),
    cluster,
    clusterFaults,
    wakesAt: other?.wakesAt,
    declaredWrong: async () => {
      const [missing] = await missingColumns(url, [effectColumns(consumer)])
      return missing && new DeclarationWrong(`consumers.${consumer.name}`, 'effects', missing)
    },
    gate,
    work,
    faults,
    inputs,
    commits,
    offsets,
    metricsLock: context.metricsLock,
    signal,
  })
  parts.use(
    await ScaleSampler.open({
      kubeconfig,
      namespace: name,
      deployment,
      scaledObject,
      cluster,
      progress,
      inFlight: () => view.work.inFlight().length,
      record,
      every: Math.min(1000, 500 * plan.scaling.pollingInterval),
    }),
  )
  return {
    testbed,
    parts: parts.move(),
    addresses: new AddressBook({ stack, database, topicPrefix: prefix }),
  }
}

/** The consumer's own topics, and those of other consumers that a trigger names: a topic nobody declares does not exist. */
function topicsFor({ view: { plan }, workload, context, prefix }: ScalingTestbedOptions): string[] {
  const named = workload.scaledObject.triggers.map((trigger) => trigger.setting('topic').value)
  const declared = Object.values(consumers.of(context.config)).map(({ topic }) => topic)
  const others = declared.filter((topic) => named.includes(topic)).map((topic) => prefix + topic)
  return [...new Set([...topicsOf(plan.scaling.consumer), ...others])]
}

/** Undefined: the ScaledObject's own triggers count. */
async function otherTrigger(
  { by, view: { plan }, history, context }: ScalingTestbedOptions,
  progress: GroupProgress,
  parts: AsyncDisposableStack,
): Promise<OtherTrigger | undefined> {
  if (by === 'metric') return byMetric(plan.scaling, context.stack, progress, parts)
  if (by !== 'clock') return undefined
  const now = Date.now()
  const clock = byClock(now, beforeClock(plan))
  const { scaledObject: subject } = plan.scaling
  history.record({ kind: 'fact', name: 'clock.wakes', subject, value: clock.wakesAt - now })
  return clock
}
