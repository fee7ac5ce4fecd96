import { milliseconds } from '../../core/duration.ts'
import { EventproofError } from '../../core/error.ts'
import type { ScenarioJudgement } from '../../proof/judgement.ts'
import type { Capability } from '../../stacks/stack.ts'
import { type ConsumerConfig, consumers } from '../consuming/config.ts'
import type { Pace } from '../run-context.ts'
import { SubjectExperiment } from '../subject-experiment.ts'
import type { ScalingConfig } from './config.ts'
import { declareScaling, undeclaredScaling } from './declare-scaling.ts'
import type { ScalingPlan } from './plan.ts'
import { openScalingTestbed } from './testbed/open-scaling-testbed.ts'
import { type ScaledBy, SHIFT } from './testbed/other-trigger.ts'
import type { ScalingTestbed } from './testbed/scaling-testbed.ts'
import { readWorkload, type Workload } from './testbed/workload.ts'
import { ScalingView } from './view/scaling-view.ts'

const KEYS = Array.from({ length: 40 }, (_, n) => `key-${String(n + 1).padStart(2, '0')}`)
/** Replicas that the load of the run without faults asks for: several, and few enough for a small machine. */
const REPLICAS = 4
/** Milliseconds between two looks of the autoscaler: the stack is started with these. */
const AUTOSCALER: Readonly<Record<Pace, number>> = { quick: 1000, declared: 15_000 }
/** Milliseconds beside poll and cooldown until the last pod is gone. */
const GRACE = 10_000

/** One scenario on a scaled workload. Runnable without Cucumber: `await new ScalingExperiment(context, options).run()` */
export class ScalingExperiment extends SubjectExperiment<ScalingTestbed, ScalingConfig> {
  /** By what it is scaled. */
  get #by(): ScaledBy {
    return this.variant === 'metric' || this.variant === 'clock' ? this.variant : 'lag'
  }

  override get capabilities(): readonly Capability[] {
    // A Prometheus of ours tells the scaler the lag.
    const asked: readonly Capability[] = this.#by === 'metric' ? ['reached-by-pods'] : []
    return [...new Set<Capability>(['kubernetes', ...asked, ...super.capabilities])]
  }

  get #config(): { readonly scaling: ScalingConfig; readonly consumer: ConsumerConfig } {
    const { declared: scaling } = this
    const consumer = consumers.of(this.context.config)[scaling.consumer]
    if (consumer === undefined) throw new Error(`the config declares no '${scaling.consumer}' in consumers`)
    return { scaling, consumer }
  }

  protected async perform(): Promise<ScenarioJudgement> {
    const { needs } = this
    const { name, subject } = this.options
    const config = this.#config
    const read = await readWorkload(subject, config.scaling, this.context.folder).catch((error) => {
      if (error instanceof EventproofError) return error
      throw error
    })
    const view = new ScalingView(this.#plan(read instanceof EventproofError ? undefined : read))
    return this.follow(view, async (history, context) => {
      if (read instanceof EventproofError) throw read
      await context.stack.need(['postgres', 'kafka'])
      return openScalingTestbed({
        context,
        view,
        history,
        workload: read,
        ...config,
        prefix: this.topicPrefix,
        database: name,
        keys: KEYS,
        env: needs.some(({ expiry }) => expiry) ? (config.consumer.expiry?.env ?? {}) : {},
        by: this.#by,
        limited: needs.some(({ memoryLimit }) => memoryLimit),
        linked: needs.some(({ capabilities = [] }) => capabilities.includes('links')),
      })
    })
  }

  /** @param workload undefined where its manifests can not be read: then nothing but that is judged */
  #plan(workload: Workload | undefined): ScalingPlan {
    const { trials, pace = 'quick' } = this.context
    const { subject, name } = this.options
    const config = this.#config
    const { window } = this
    const names = { workload: subject, prefix: this.topicPrefix, namespace: name }
    const declared = workload
      ? declareScaling(workload, config, names, pace)
      : undeclaredScaling(config, names)
    const clock = this.#by === 'clock'
    // The clock keeps it up for a while, whatever there is to do.
    const scaling = clock ? { ...declared, cooldownPeriod: declared.cooldownPeriod + SHIFT } : declared
    const { pollingInterval, cooldownPeriod, lagThreshold, activationLagThreshold } = scaling
    const useful = scaling.allowIdleConsumers ? scaling.maxReplicas : scaling.partitions
    const replicas = Math.min(REPLICAS, useful, scaling.maxReplicas)
    // Where partitions are what bounds it, as much more as KEDA's rounding lets through: its cap is put to the test.
    const beyond = useful <= REPLICAS && !scaling.allowIdleConsumers ? Math.floor(lagThreshold / 2) : 0
    const startup = milliseconds(config.scaling.startWithin ?? '30s')
    return {
      // Each takes a good part of the way from zero and back.
      kind: 'scaling',
      ...this.common(Math.ceil(trials / 3), ['load']),
      scaling,
      bounds: {
        startup,
        growth: AUTOSCALER[pace] + 1000 * pollingInterval + startup,
        grace: GRACE,
        rest: 1000 * (2 * pollingInterval + (window || clock ? 0 : cooldownPeriod)),
        recovery: milliseconds(config.consumer.recoverWithin ?? '30s'),
        events: activationLagThreshold + 1 + (window || clock ? 0 : replicas * lagThreshold + beyond),
      },
    }
  }
}
