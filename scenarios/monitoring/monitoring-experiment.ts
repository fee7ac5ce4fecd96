import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { milliseconds } from '../../core/duration.ts'
import { EventproofError } from '../../core/error.ts'
import type { ScenarioJudgement } from '../../proof/judgement.ts'
import { type AlertRule, alertRule, RulesInvalid } from '../../proof/observers/alert-rules.ts'
import type { Capability } from '../../stacks/stack.ts'
import { type ConsumerConfig, consumers } from '../consuming/config.ts'
import { SubjectExperiment } from '../subject-experiment.ts'
import type { MonitoringConfig } from './config.ts'
import type { MonitoringPlan } from './plan.ts'
import type { MonitoringTestbed } from './testbed/monitoring-testbed.ts'
import { openMonitoringTestbed } from './testbed/open-monitoring-testbed.ts'
import { INTERVAL } from './testbed/prometheus-config.ts'
import { MonitoringView } from './view/monitoring-view.ts'

const KEYS = Array.from({ length: 20 }, (_, n) => `key-${String(n + 1).padStart(2, '0')}`)
/** Milliseconds beside scrapes and evaluations for an alert to be sent and taken, on a busy machine. */
const DELIVERY = 5_000
/** Milliseconds without an answer, beside the age that is declared, after which a monitor is silent. */
const SILENCE = 3_000

/** One scenario on a consumer that is watched. Runnable without Cucumber: `await new MonitoringExperiment(…).run()` */
export class MonitoringExperiment extends SubjectExperiment<MonitoringTestbed, MonitoringConfig> {
  /** Whether the alert is put to the test; by whom it is decided then is the config's business. */
  get #alert(): MonitoringConfig['alert'] {
    return this.window?.traits?.includes('alert-drill') ? this.declared.alert : undefined
  }

  override get capabilities(): readonly Capability[] {
    const own: readonly Capability[] = this.#alert?.rules === undefined ? [] : ['prometheus']
    return [...new Set([...own, ...super.capabilities])]
  }

  protected async perform(): Promise<ScenarioJudgement> {
    const { declared, needs } = this
    const { name } = this.options
    const consumer = consumers.of(this.context.config)[declared.consumer]
    if (consumer === undefined) throw new Error(`the config declares no '${declared.consumer}' in consumers`)
    const rule = await this.#rule().catch((error) => {
      if (error instanceof EventproofError) return error
      throw error
    })
    const prefix = this.topicPrefix
    const readable = rule instanceof EventproofError ? undefined : rule
    const view = new MonitoringView(this.#plan(consumer, prefix, readable))
    return this.follow(view, async (history, context) => {
      if (rule instanceof EventproofError) throw rule
      await context.stack.need(['postgres', 'kafka'])
      return openMonitoringTestbed({
        context,
        view,
        history,
        monitoring: declared,
        consumer,
        prefix,
        database: name,
        keys: KEYS,
        instances: Math.max(1, ...needs.map(({ consumers = 1 }) => consumers)),
        env: consumer.expiry?.env ?? {},
        rule: readable?.text,
      })
    })
  }

  /** The rule of the alert, as this scenario evaluates it. @throws {RulesInvalid} */
  async #rule(): Promise<AlertRule | undefined> {
    const { pace = 'quick', folder } = this.context
    const { rules, name, quick = { for: '2s' } } = this.#alert ?? {}
    if (rules === undefined || name === undefined) return undefined
    const text = await readFile(resolve(folder, rules), 'utf8').catch((cause) => {
      throw new RulesInvalid('a rule file can’t be read', {
        what: cause.message,
        where: `monitoring.${this.options.subject}.alert.rules`,
        hint: 'paths start at the config file',
        cause,
      })
    })
    return alertRule(text, name, rules, pace === 'quick' ? milliseconds(quick.for) : undefined)
  }

  #plan(consumer: ConsumerConfig, prefix: string, rule: AlertRule | undefined): MonitoringPlan {
    const { declared, context } = this
    const alert = this.#alert
    const { metric, labels, service: monitor } = declared
    const refresh = milliseconds(declared.refresh ?? '0s')
    const interval = 1000 * INTERVAL + Math.max(1000 * INTERVAL, rule?.interval ?? 0)
    const waits = alert?.within === undefined ? (rule?.for ?? 10_000) : milliseconds(alert.within)
    const beside = refresh + interval + DELIVERY
    const load = Math.min(context.commands, 2 * KEYS.length)
    return {
      kind: 'monitoring',
      ...this.common(context.trials),
      monitoring: {
        name: this.options.subject,
        monitor,
        consumer: consumer.service,
        topic: prefix + consumer.topic,
        group: prefix + consumer.group,
        metric,
        labels,
        ...(alert ? { alert: { name: alert.name, above: alert.above } } : {}),
      },
      bounds: {
        refresh,
        silence: refresh + SILENCE,
        fires: waits + beside,
        clears: (rule?.keepFiringFor ?? 0) + beside,
        recovery: milliseconds(consumer.recoverWithin ?? '75s'),
        quiet: alert === undefined ? 0 : waits + refresh + interval,
        // What comes without a fault is not to wait in such a number that it fires the alert.
        events: Math.max(1, Math.min(load, alert?.above ?? load)),
      },
    }
  }
}
