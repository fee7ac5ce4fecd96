import { seededRandom } from '../../../core/random.ts'
import { FaultLog } from '../../../faults/fault-log.ts'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import { LagReader } from '../../../proof/observers/lag-reader.ts'
import { OffsetObserver } from '../../../proof/observers/offset-observer.ts'
import type { RunningService } from '../../../stacks/stack.ts'
import { serviceNamed } from '../../../subjects/contract/config.ts'
import { AddressBook } from '../../address-book.ts'
import type { ConsumerConfig } from '../../consuming/config.ts'
import { declareConsumer, PARTITIONS, topicsOf } from '../../consuming/declare-consumer.ts'
import { type Input, Inputs } from '../../consuming/testbed/inputs.ts'
import type { Opened } from '../../opened.ts'
import type { RunContext } from '../../run-context.ts'
import { openDatabase } from '../../testbed/open-database.ts'
import { openTopics } from '../../testbed/open-topics.ts'
import { openStub } from '../../testbed/outside-stub.ts'
import { startService, textsOf } from '../../testbed/services.ts'
import { openSpanEndpoints } from '../../testbed/span-endpoints.ts'
import type { MonitoringConfig } from '../config.ts'
import type { MonitoringView } from '../view/monitoring-view.ts'
import { LagWatch } from './lag-watch.ts'
import { MonitoringTestbed } from './monitoring-testbed.ts'
import { RenewedWriter } from './renewed-writer.ts'
import { watchByPrometheus } from './watch-by-prometheus.ts'

export interface MonitoringTestbedOptions {
  readonly context: RunContext
  /** It follows the scenario. */
  readonly view: MonitoringView
  readonly history: ScenarioHistory
  readonly monitoring: MonitoringConfig
  readonly consumer: ConsumerConfig
  readonly prefix: string
  readonly database: string
  readonly keys: readonly string[]
  readonly instances: number
  /** Of the consumer: how its sessions end early. */
  readonly env: Readonly<Record<string, string>>
  /** What a Prometheus evaluates; undefined where the alert comes from elsewhere, or none is put to the test. */
  readonly rule: string | undefined
}

/**
 * Brings one consumer up with what watches it: a database and topics of its own, its instances, the monitor, and a
 * Prometheus where the alert is a rule. All of it ends with the returned stack, in reverse order.
 */
export async function openMonitoringTestbed(
  options: MonitoringTestbedOptions,
): Promise<Opened<MonitoringTestbed>> {
  const { context, view, history, monitoring, prefix, rule } = options
  const { stack, config, signal } = context
  const { plan } = view
  const { topic, group, monitor } = plan.monitoring
  const record = history.record.bind(history)
  const bootstrapServers = stack.kafka.bootstrapServers('host')
  await using parts = new AsyncDisposableStack()

  const declared = declareConsumer(monitoring.consumer, options.consumer, prefix)
  const own = monitor === options.consumer.service
  const services = [options.consumer.service, ...(own ? [] : [monitor])].map((one) =>
    serviceNamed(config, one),
  )
  const database = await openDatabase({ context, services, name: options.database, parts })
  const partitions = options.consumer.partitions ?? PARTITIONS
  const topics = Object.fromEntries(topicsOf(declared).map((name) => [name, partitions]))
  await openTopics({ bootstrapServers, topics, parts, record })
  const offsets = parts.use(OffsetObserver.open({ bootstrapServers, groups: [group], record }))
  const stub = await openStub(stack, { record, eventId: declared.eventId }, parts)
  const spans = await openSpanEndpoints(stack, services.flatMap(textsOf), { plan, record }, parts)
  const start = (name: string, instance: number, env: Readonly<Record<string, string>>) =>
    startService({
      context,
      scenario: options.database,
      record,
      parts,
      name,
      instance,
      addresses: {
        database,
        kafka: (from) => stack.kafka.bootstrapServers(from),
        topicPrefix: prefix,
        stub,
        spans,
      },
      env,
    })
  // A Prometheus takes its time to begin: meanwhile the instances join their group.
  const joining = Promise.all(
    Array.from({ length: options.instances }, (_, n) => start(options.consumer.service, n, options.env)),
  )
  joining.catch(() => {})
  const watcher = own ? (await joining)[0] : await start(monitor, 0, {})
  if (watcher === undefined) throw new Error(`nothing runs that could watch ${topic}`)
  const path = monitoring.path ?? '/metrics'
  const file = monitoring.alert?.rules
  if (rule !== undefined && file !== undefined)
    parts.use(
      await watchByPrometheus({
        stack,
        view,
        name: options.database,
        prefix,
        watcher,
        path,
        file,
        rule,
        stub,
      }),
    )
  const consumers = await joining
  const reader = parts.use(await LagReader.open({ bootstrapServers, group, topic }))
  const { metric, labels } = plan.monitoring
  const watch = parts.use(
    new LagWatch({
      reader,
      monitored: { metric, labels, group, topic },
      monitor,
      url: urlOf(watcher, path),
      record,
    }),
  )
  const writer = parts.use(await RenewedWriter.open(() => stack.kafka.writer()))
  const inputs = new Inputs({
    event: options.consumer.event,
    topic,
    writer,
    keys: options.keys,
    weighted: declared.effects.sum !== undefined,
    random: seededRandom(`${context.seed}/${plan.id}`).fork('inputs'),
    record: (event) => record(event) as Input,
  })
  const testbed = new MonitoringTestbed({
    view,
    history,
    bootstrapServers,
    faults: new FaultLog({ record, disarmed: plan.disarmed }),
    inputs,
    writer,
    offsets,
    watch,
    consumers,
    signal,
  })
  const running = own ? consumers : [...consumers, watcher]
  return {
    testbed,
    parts: parts.move(),
    addresses: new AddressBook({ stack, database, topicPrefix: prefix, services: running }),
  }
}

function urlOf(service: RunningService, path: string): string {
  const { host, port } = service.endpoint('host')
  return `http://${host}:${port}${path}`
}
