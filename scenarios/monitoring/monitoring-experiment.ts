import { milliseconds } from '../../core/duration.ts'
import { EventproofError } from '../../core/error.ts'
import type { ScenarioJudgement } from '../../proof/judgement.ts'
import type { Capability, ComponentName } from '../../stacks/stack.ts'
import { consumers } from '../consuming/config.ts'
import { SubjectExperiment } from '../subject-experiment.ts'
import type { Names } from './backlogs/backlog.ts'
import { backlogsOf, type DeclaredBacklog, type MonitoringConfig } from './config.ts'
import type { AlertDeclaration, BacklogDeclaration, MonitoringPlan } from './plan.ts'
import { drilledRules, type Rules } from './rules.ts'
import type { MonitoringTestbed } from './testbed/monitoring-testbed.ts'
import { openMonitoringTestbed } from './testbed/open-monitoring-testbed.ts'
import { INTERVAL, type Relabelled, renamed, unprefixed } from './testbed/prometheus-config.ts'
import { suppliesOf } from './testbed/supplies.ts'
import { MonitoringView } from './view/monitoring-view.ts'

const KEYS = Array.from({ length: 20 }, (_, n) => `key-${String(n + 1).padStart(2, '0')}`)
/** Milliseconds beside scrapes and evaluations for an alert to be sent and taken, on a busy machine. */
const DELIVERY = 5_000
/** Milliseconds without an answer, beside the age that is declared, after which a monitor is silent. */
const SILENCE = 3_000

/** One scenario on what is watched. Runnable without Cucumber: `await new MonitoringExperiment(…).run()` */
export class MonitoringExperiment extends SubjectExperiment<MonitoringTestbed, MonitoringConfig> {
  get #backlogs(): readonly DeclaredBacklog[] {
    return backlogsOf(this.declared)
  }

  /** Whether alerts are put to the test; by whom they are sent then is the config's business. */
  get #drilled(): boolean {
    return this.window?.traits?.includes('alert-drill') ?? false
  }

  get #names(): Names {
    return { config: this.context.config, prefix: this.topicPrefix, database: this.options.name }
  }

  override get capabilities(): readonly Capability[] {
    const rules = this.#drilled && this.#backlogs.some(({ declared }) => declared.alert?.rules !== undefined)
    const own: readonly Capability[] = [
      ...(rules ? (['prometheus'] as const) : []),
      ...(this.declared.slot ? (['debezium'] as const) : []),
    ]
    return [...new Set([...own, ...super.capabilities])]
  }

  get #components(): readonly ComponentName[] {
    return ['postgres', 'kafka', ...(this.declared.slot ? (['connect'] as const) : [])]
  }

  protected async perform(): Promise<ScenarioJudgement> {
    const { declared, needs } = this
    const { pace = 'quick', folder } = this.context
    const alerts = this.#drilled ? this.#backlogs : []
    const rules = await drilledRules(alerts, { folder, subject: this.options.subject, pace }).catch(
      (error) => {
        if (error instanceof EventproofError) return error
        throw error
      },
    )
    const readable = rules instanceof EventproofError ? undefined : rules
    const view = new MonitoringView(this.#plan(readable))
    using _turn = declared.slot ? await this.context.connectLock.take(false) : undefined
    return await this.follow(view, async (history, context) => {
      if (rules instanceof EventproofError) throw rules
      await context.stack.need(this.#components)
      return openMonitoringTestbed({
        context,
        view,
        history,
        monitoring: declared,
        supplies: suppliesOf(declared, this.#names),
        prefix: this.topicPrefix,
        database: this.options.name,
        // What others write is kept by a slot, too.
        ownServer: declared.slot !== undefined,
        keys: KEYS,
        instances: Math.max(1, ...needs.map(({ consumers = 1 }) => consumers)),
        rules: rules.files,
        relabelled: this.#relabelled(),
      })
    })
  }

  /** What a Prometheus has to put back as the rules say it. */
  #relabelled(): readonly Relabelled[] {
    return this.#backlogs.flatMap((one) => {
      const { labels, renamed: other = {} } = one.said(this.#names)
      const names = Object.keys(labels).filter((label) => labels[label]?.startsWith(this.topicPrefix))
      return [
        ...unprefixed(names, this.topicPrefix),
        ...Object.entries(other).map(([label, to]) => renamed(label, labels[label] ?? '', to)),
      ]
    })
  }

  #plan(rules: Rules | undefined): MonitoringPlan {
    const { declared, context } = this
    const refresh = milliseconds(declared.refresh ?? '0s')
    const backlogs = this.#backlogs.map((one) => this.#declare(one, refresh, rules))
    const alerts = backlogs.flatMap(({ alert }) => alert ?? [])
    const config = declared.lag && consumers.of(context.config)[declared.lag.consumer]
    return {
      kind: 'monitoring',
      ...this.common(context.trials, ['kill', 'stop-connector']),
      monitoring: {
        name: this.options.subject,
        monitor: declared.service,
        workers: [...new Set(this.#backlogs.flatMap((one) => one.said(this.#names).workers))],
        ...(config
          ? { consumed: { topic: this.topicPrefix + config.topic, group: this.topicPrefix + config.group } }
          : {}),
        backlogs,
      },
      bounds: {
        refresh,
        silence: refresh + SILENCE,
        recovery: milliseconds(config?.recoverWithin ?? '75s'),
        quiet: Math.max(0, ...alerts.map(({ fires }) => fires - DELIVERY)),
        events: this.#events(backlogs),
      },
    }
  }

  /** What comes without a fault is not to wait in such a number that it fires an alert. */
  #events(backlogs: readonly BacklogDeclaration[]): number {
    if (this.declared.lag === undefined && this.declared.outbox === undefined) return 1
    const counted = backlogs.filter(({ unit }) => unit === 'events' || unit === 'rows')
    const load = Math.min(this.context.commands, 2 * KEYS.length)
    return Math.max(1, Math.min(load, ...counted.flatMap(({ alert }) => alert?.above ?? [])))
  }

  #declare(one: DeclaredBacklog, refresh: number, rules: Rules | undefined): BacklogDeclaration {
    const { metric, alert } = one.declared
    const { workers: _workers, renamed: _renamed, rest, ...said } = one.said(this.#names)
    if (!this.#drilled || alert === undefined) return { of: one.name, metric, ...said }
    const rule = rules?.of.get(alert.name)
    const interval = 1000 * INTERVAL + Math.max(1000 * INTERVAL, rule?.interval ?? 0)
    const waits = alert.within === undefined ? (rule?.for ?? 10_000) : milliseconds(alert.within)
    const beside = refresh + interval + DELIVERY
    const declaration: AlertDeclaration = {
      name: alert.name,
      above: alert.above,
      rest: rest * alert.above,
      fires: waits + beside,
      clears: (rule?.keepFiringFor ?? 0) + beside,
    }
    return { of: one.name, metric, ...said, alert: declaration }
  }
}
