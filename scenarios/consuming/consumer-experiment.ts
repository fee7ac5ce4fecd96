import { CHECKERS } from './predicates/predicates.ts'
import type { ConsumerPlan } from '../../proof/history/plan.ts'
import type { ScenarioJudgement } from '../../proof/judgement.ts'
import { consumerBounds } from './consumer-bounds.ts'
import type { ConsumerLaboratory } from './testbed/consumer-testbed.ts'
import { declareConsumer } from './declare-consumer.ts'
import { openConsumerLaboratory } from './testbed/open-consumer-testbed.ts'
import { SubjectExperiment } from '../subject-experiment.ts'

const KEYS = Array.from({ length: 20 }, (_, n) => `key-${String(n + 1).padStart(2, '0')}`)

/** One scenario on a consumer. Runnable without Cucumber: `await new ConsumerExperiment(setting, options).enter(…).run()` */
export class ConsumerExperiment extends SubjectExperiment<ConsumerLaboratory> {
  get #config() {
    const config = this.setting.config.consumers?.[this.options.subject]
    if (!config) throw new Error(`the config has no consumer '${this.options.subject}'`)
    return config
  }

  #plan(prefix: string): ConsumerPlan {
    const { trials, commands } = this.setting
    const events = Math.min(commands, 2 * KEYS.length)
    return {
      ...this.common(CHECKERS, trials),
      consumer: declareConsumer(this.options.subject, this.#config, prefix),
      bounds: consumerBounds(this.#config, { events, keys: KEYS.length }),
    }
  }

  protected perform(spoiled: string | undefined): Promise<ScenarioJudgement> {
    const { setting, needs, window } = this
    const { name } = this.options
    const topicPrefix = `${name}.`
    const plan = this.#plan(topicPrefix)
    return this.follow(plan, spoiled, async (history) => {
      await setting.stack.need(['postgres', 'kafka'])
      return openConsumerLaboratory({
        setting,
        plan,
        history,
        consumer: this.#config,
        topicPrefix,
        database: name,
        keys: KEYS,
        instances: Math.max(1, ...needs.map(({ consumers = 1 }) => consumers)),
        redrive: window?.needs.redrive,
        expiry: needs.some(({ expiry }) => expiry) ? this.#config.expiry : undefined,
        commands: setting.commands,
      })
    })
  }
}
