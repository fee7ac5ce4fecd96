import { milliseconds } from '../../core/duration.ts'
import type { ScenarioJudgement } from '../../proof/judgement.ts'
import type { ComponentName } from '../../stacks/stack.ts'
import { SubjectExperiment } from '../subject-experiment.ts'
import { componentsNamed } from '../testbed/component-urls.ts'
import { textsOf } from '../testbed/services.ts'
import type { PublisherConfig } from './config.ts'
import { declare, relayOf } from './declaration.ts'
import type { PublisherPlan } from './plan.ts'
import { openPublisherTestbed } from './testbed/open-publisher-testbed.ts'
import type { PublisherTestbed } from './testbed/publisher-testbed.ts'
import { PublisherView } from './view/publisher-view.ts'

/** Aggregates of the load, and aggregates whose commits the database refuses. */
const KEYS = Array.from({ length: 20 }, (_, n) => `key-${String(n + 1).padStart(2, '0')}`)
/** How long an event may wait because one of another aggregate can't be published. */
const HEAD_OF_LINE = '5s'
const REFUSED_KEYS = ['refused-1', 'refused-2', 'refused-3']

/**
 * One scenario: what is to be done to a publisher, collected first and then run as one piece. Runnable without Cucumber:
 *
 *     await new PublisherExperiment(context, options).enter(publishedNotMarked, killRelay).run()
 */
export class PublisherExperiment extends SubjectExperiment<PublisherTestbed, PublisherConfig> {
  get publisher(): string {
    return this.options.subject
  }

  /** What must run before it can begin. */
  get components(): readonly ComponentName[] {
    const relay = relayOf(this.declared)
    const { services } = this.context.config
    const own = [this.declared.service, ...(relay.kind === 'polling' ? [relay.service] : [])]
    const texts = own.flatMap((name) => (services[name] ? textsOf(services[name]) : []))
    const debezium = relay.kind === 'debezium' ? (['connect'] as const) : []
    return [...new Set(['postgres', 'kafka', 'toxiproxy', ...debezium, ...componentsNamed(texts)] as const)]
  }

  get #relays(): number {
    return Math.max(1, ...this.needs.map(({ relays = 1 }) => relays))
  }

  #plan(name: string): PublisherPlan {
    const { trials, commands } = this.context
    const config = this.declared
    return {
      kind: 'publishing',
      ...this.common(trials),
      ...(this.#relays > 1 && config.instances === 1
        ? {
            excluded: `publishers.${this.publisher}.instances declares that one instance at most may run, and this scenario needs ${this.#relays}`,
          }
        : {}),
      publisher: declare(this.publisher, config, { topicPrefix: this.topicPrefix, slot: name }),
      bounds: {
        recovery: milliseconds(config.recoverWithin ?? '30s'),
        headOfLine: milliseconds(config.headOfLine ?? HEAD_OF_LINE),
        events: Math.min(commands, 2 * KEYS.length),
        keys: KEYS.length,
      },
    }
  }

  protected async perform(): Promise<ScenarioJudgement> {
    const { needs } = this
    const { name } = this.options
    const view = new PublisherView(this.#plan(name))
    using _turn = this.components.includes('connect')
      ? await this.context.connectLock.take(needs.some(({ exclusive }) => exclusive === 'connect'))
      : undefined
    return await this.follow(view, async (history, context) => {
      await context.stack.need(this.components)
      return openPublisherTestbed({
        context,
        view,
        history,
        publisher: this.declared,
        topicPrefix: this.topicPrefix,
        database: name,
        keys: KEYS,
        refusedKeys: REFUSED_KEYS,
        links: [...new Set(needs.flatMap(({ links = [] }) => links))],
        relays: this.#relays,
        ownServer: needs.some(({ ownServer }) => ownServer),
        commands: context.commands,
      })
    })
  }
}
