import fc from 'fast-check'
import { atRest, ScalingHistory } from './builder.ts'
import type { PlanChange } from './plan.ts'

/** One wake-up and return, with numbers within what a correct workload may do. */
export interface Cycle {
  /** Published at zero: more than the threshold. */
  readonly load: number
  /** Milliseconds until KEDA notices, until the pod is ready, until it takes up work. */
  readonly noticed: number
  readonly started: number
  readonly joined: number
  /** Events that are published while it works, before each batch. */
  readonly batches: readonly { readonly more: number; readonly size: number; readonly pause: number }[]
  readonly stopped: boolean
  /** Milliseconds from the last effect to zero, and until the last pod is gone. */
  readonly cooled: number
  readonly gone: number
  readonly disturbed: boolean
}

export const cycles: fc.Arbitrary<Cycle[]> = fc.array(
  fc.record({
    load: fc.integer({ min: 6, max: 400 }),
    noticed: fc.nat(1900),
    started: fc.nat(2900),
    joined: fc.nat(2900),
    batches: fc.array(
      fc.record({ more: fc.nat(40), size: fc.integer({ min: 1, max: 200 }), pause: fc.nat(1500) }),
      { maxLength: 8 },
    ),
    stopped: fc.boolean(),
    cooled: fc.integer({ min: 4000, max: 6000 }),
    gone: fc.nat(1500),
    disturbed: fc.boolean(),
  }),
  { minLength: 1, maxLength: 4 },
)

/** Lives the cycles as a correct workload under a correct KEDA does. */
export function correctLife(cycles: readonly Cycle[], plan: PlanChange = {}): ScalingHistory {
  const h = atRest(new ScalingHistory(plan))
  h.publish(5)
  h.pass(3000)
  for (const cycle of cycles) live(h, cycle)
  h.end()
  return h
}

function live(h: ScalingHistory, cycle: Cycle): void {
  h.publish(cycle.load)
  if (cycle.disturbed)
    h.fault('armed', 'cut', 'operator')
      .pass(15_000)
      .fault('bitten', 'cut')
      .fault('cleared', 'cut', 'operator')
  h.pass(cycle.noticed).said('KEDAScaleTargetActivated').scale(1).pass(cycle.started).scale(1, 1)
  grow(h)
  h.pass(Math.max(0, cycle.joined - 200))
  h.work(1)
  for (const { more, size, pause } of cycle.batches) {
    h.publish(more)
    grow(h)
    h.pass(pause).work(size)
  }
  if (cycle.stopped)
    h.pod('order-fulfillment-a', 'exited', 'SIGTERM').pass(700).pod('order-fulfillment-b', 'started')
  h.publish(1)
  h.work().pass(cycle.cooled).said('KEDAScaleTargetDeactivated').scale(0, 0)
  h.pods = { Running: 1 }
  h.pass(cycle.gone)
  h.pods = {}
  h.pass(1100)
}

/** As the autoscaler does: it adds what the lag asks for at once, and takes nothing away for minutes. */
function grow(h: ScalingHistory): void {
  const { lagThreshold, partitions } = h.plan.scaling
  const asked = Math.min(Math.ceil(h.lag / lagThreshold), partitions)
  if (asked > h.replicas) h.scale(asked, h.replicas).pass(200).scale(asked, asked)
}
