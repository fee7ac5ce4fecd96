import type { ScenarioJudgement } from '../../proof/judgement.ts'
import { SubjectExperiment } from '../subject-experiment.ts'
import type { ConsumerConfig } from './config.ts'
import { consumerBounds } from './consumer-bounds.ts'
import { declareConsumer } from './declare-consumer.ts'
import type { ConsumerPlan } from './plan.ts'
import type { ConsumerTestbed } from './testbed/consumer-testbed.ts'
import { openConsumerTestbed } from './testbed/open-consumer-testbed.ts'
import { ConsumerView } from './view/consumer-view.ts'

const KEYS = Array.from({ length: 20 }, (_, n) => `key-${String(n + 1).padStart(2, '0')}`)

/** One scenario on a consumer. Runnable without Cucumber: `await new ConsumerExperiment(context, options).enter(…).run()` */
export class ConsumerExperiment extends SubjectExperiment<ConsumerTestbed, ConsumerConfig> {
  #plan(consumer: ConsumerConfig): ConsumerPlan {
    const { trials, commands } = this.context
    const events = Math.min(commands, 2 * KEYS.length)
    return {
      kind: 'consuming',
      ...this.common(trials),
      consumer: declareConsumer(this.options.subject, consumer, this.topicPrefix),
      bounds: consumerBounds(consumer, { events, keys: KEYS.length }),
    }
  }

  protected perform(): Promise<ScenarioJudgement> {
    const { declared: consumer, needs, window, topicPrefix } = this
    const { name } = this.options
    const view = new ConsumerView(this.#plan(consumer))
    return this.follow(view, async (history, context) => {
      await context.stack.need(['postgres', 'kafka'])
      return openConsumerTestbed({
        context,
        view,
        history,
        consumer,
        topicPrefix,
        database: name,
        keys: KEYS,
        instances: Math.max(1, ...needs.map(({ consumers = 1 }) => consumers)),
        versions: this.variant === 'versions' ? Object.keys(consumer.event.versions ?? {}) : [],
        redrive: window?.needs.redrive,
        expiry: needs.some(({ expiry }) => expiry) ? consumer.expiry : undefined,
        commands: context.commands,
      })
    })
  }
}
