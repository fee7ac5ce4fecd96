import { FaultLog } from '../../../faults/fault-log.ts'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import type { RunningService } from '../../../stacks/stack.ts'
import { serviceNamed } from '../../../subjects/contract/config.ts'
import { AddressBook } from '../../address-book.ts'
import type { Opened } from '../../opened.ts'
import type { RunContext } from '../../run-context.ts'
import { openDatabase } from '../../testbed/open-database.ts'
import { openTopics } from '../../testbed/open-topics.ts'
import { openStub } from '../../testbed/outside-stub.ts'
import type { Addresses } from '../../testbed/placeholders.ts'
import { startService, textsOf } from '../../testbed/services.ts'
import { openSpanEndpoints } from '../../testbed/span-endpoints.ts'
import type { MonitoringConfig } from '../config.ts'
import type { MonitoringView } from '../view/monitoring-view.ts'
import type { Ground, Supply } from './backlog-source.ts'
import { BacklogWatch } from './backlog-watch.ts'
import { MonitoringTestbed } from './monitoring-testbed.ts'
import type { Relabelled } from './prometheus-config.ts'
import { Started } from './started.ts'
import { watchByPrometheus } from './watch-by-prometheus.ts'

export interface MonitoringTestbedOptions {
  readonly context: RunContext
  /** It follows the scenario. */
  readonly view: MonitoringView
  readonly history: ScenarioHistory
  readonly monitoring: MonitoringConfig
  readonly supplies: readonly Supply[]
  readonly prefix: string
  readonly database: string
  /** The database has a server of its own. */
  readonly ownServer: boolean
  readonly keys: readonly string[]
  readonly instances: number
  /** Rule files by the names that the config has for them, as a Prometheus evaluates them here; empty: there is none. */
  readonly rules: ReadonlyMap<string, string>
  readonly relabelled: readonly Relabelled[]
}

/**
 * Brings what is watched up with what watches it: a database and topics of its own, whoever works off what waits, the
 * monitor, and a Prometheus where an alert is a rule. All of it ends with the returned stack, in reverse order.
 */
export async function openMonitoringTestbed(
  options: MonitoringTestbedOptions,
): Promise<Opened<MonitoringTestbed>> {
  const { context, view, history, monitoring, supplies, prefix, ownServer, rules, relabelled } = options
  const { stack, config, signal } = context
  const { plan } = view
  const { monitor, backlogs } = plan.monitoring
  const record = history.record.bind(history)
  const bootstrapServers = stack.kafka.bootstrapServers('host')
  await using parts = new AsyncDisposableStack()

  const names = [...new Set([...supplies.flatMap(({ services }) => services), monitor])]
  const services = names.map((one) => serviceNamed(config, one))
  const database = await openDatabase({ context, services, name: options.database, ownServer, parts })
  const topics = Object.assign({}, ...supplies.map((supply) => supply.topics))
  await openTopics({ bootstrapServers, topics, parts, record })
  const stub = await openStub(stack, { record, eventId: { header: 'eventId' } }, parts)
  const spans = await openSpanEndpoints(stack, services.flatMap(textsOf), { plan, record }, parts)
  const addresses: Addresses = {
    database,
    kafka: (from) => stack.kafka.bootstrapServers(from),
    topicPrefix: prefix,
    stub,
    spans,
  }
  const started = new Started((name, instance, env) =>
    startService({ context, scenario: options.database, record, parts, name, instance, addresses, env }),
  )
  const faults = new FaultLog({ record, disarmed: plan.disarmed })
  const ground: Ground = {
    ...{ context, plan, history, record, parts, faults, prefix, database, bootstrapServers },
    keys: options.keys,
    instances: options.instances,
    start: started.start,
  }
  // A Prometheus takes its time to begin: meanwhile the others get to work.
  const opening = Promise.all(supplies.map((supply) => supply.open(ground)))
  opening.catch(() => {})
  if (plan.monitoring.workers.includes(monitor)) await opening
  const watcher = await started.start(monitor)
  const path = monitoring.path ?? '/metrics'
  if (rules.size > 0)
    parts.use(
      await watchByPrometheus({
        ...{ stack, monitor, relabelled, watcher, path, rules, stub },
        name: options.database,
      }),
    )
  const sources = await opening
  const watch = parts.use(
    new BacklogWatch({ sources, reported: backlogs, monitor, url: urlOf(watcher, path), record }),
  )
  return {
    testbed: new MonitoringTestbed({ view, history, faults, sources, watch, signal }),
    parts: parts.move(),
    addresses: new AddressBook({ stack, database, topicPrefix: prefix, services: await started.all() }),
  }
}

function urlOf(service: RunningService, path: string): string {
  const { host, port } = service.endpoint('host')
  return `http://${host}:${port}${path}`
}
