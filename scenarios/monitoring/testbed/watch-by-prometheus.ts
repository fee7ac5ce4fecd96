import { EventproofError } from '../../../core/error.ts'
import { until } from '../../../core/until.ts'
import { at } from '../../../proof/history/json-content.ts'
import { RulesInvalid } from '../../../proof/observers/alert-rules.ts'
import type { RunningPrometheus, RunningService, Stack } from '../../../stacks/stack.ts'
import type { HttpStub } from '../../testbed/http-stub.ts'
import { prometheusConfig, type Relabelled, rulesName } from './prometheus-config.ts'

interface Options {
  readonly stack: Stack
  /** Of the scenario. */
  readonly name: string
  readonly monitor: string
  readonly relabelled: readonly Relabelled[]
  readonly watcher: RunningService
  readonly path: string
  /** Rule files by the names that the config has for them, as they are evaluated here. */
  readonly rules: ReadonlyMap<string, string>
  readonly stub: HttpStub
}

/** Starts a Prometheus with the user's rules. @throws {RulesInvalid} with its own words where it does not take them */
export async function watchByPrometheus(options: Options): Promise<RunningPrometheus> {
  const { stack, name, monitor, relabelled, watcher, path, rules, stub } = options
  const { hostname: host, port, pathname } = new URL(stub.alertsUrl('host'))
  const config = prometheusConfig({
    monitor,
    at: watcher.endpoint('host'),
    path,
    relabelled,
    rules: rules.size,
    alerts: { at: { host, port: Number(port) }, path: pathname },
  })
  try {
    const files = Object.fromEntries([...rules.values()].map((text, n) => [rulesName(n), text]))
    const prometheus = await stack.prometheus({ name: `${name}-prometheus`, config, files })
    await atWork(prometheus)
    return prometheus
  } catch (error) {
    const { last = '' } = error instanceof EventproofError ? error.detail : {}
    const [, number, said] = /rules-(\d+)\.yml: ((?:\\.|[^"\\])*)"/.exec(last) ?? []
    if (said === undefined) throw error
    const where = [...rules.keys()][Number(number) - 1]
    throw new RulesInvalid('Prometheus does not take the rules', {
      what: said.replaceAll('\\n', ' ').replaceAll('\\', ''),
      ...(where === undefined ? {} : { where }),
      hint: 'promtool check rules tells the same',
      cause: error,
    })
  }
}

/** Milliseconds until it knows what to scrape and whom to tell: it looks for both each 5 s. */
const BEGINS = 20_000

/** Waits until it has scraped, and knows who takes its alerts: before that its silence says nothing. @throws {DeadlinePassed} */
async function atWork(prometheus: RunningPrometheus): Promise<void> {
  const list = async (path: string, name: string) => {
    const response = await fetch(`${prometheus.url('host')}/api/v1/${path}`)
    const found = at(await response.json(), `$.data.${name}`)
    return Array.isArray(found) ? found : []
  }
  const begun = async () => {
    const targets = await list('targets', 'activeTargets')
    const told = await list('alertmanagers', 'activeAlertmanagers')
    return told.length > 0 && targets.some((target) => at(target, '$.health') !== 'unknown')
  }
  await until(begun, { what: 'Prometheus to scrape the monitor', deadline: BEGINS, every: 50 })
}
