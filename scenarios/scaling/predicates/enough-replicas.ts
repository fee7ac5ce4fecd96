import { counterexample, held, stalled } from '../../../proof/findings.ts'
import type { EventOf, HistoryEvent } from '../../../proof/history/event.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import type { ScalingView } from '../view/scaling-view.ts'
import { clockError, inWords, seconds } from './words.ts'

type Look = EventOf<'scale.sample'>

/** How far above one replica's share the autoscaler lets each replica stand before it adds one: Kubernetes' default. */
const TOLERANCE = 1.1
/** Milliseconds in which the autoscaler doubles the replicas, or adds four, where nobody tells it otherwise. */
const STEP = 15_000

/**
 * SZ8. The workload grows with the lag: where k replicas' share of events waits and goes on waiting, k replicas are
 * asked for, unless partitions or the declared maximum allow fewer.
 *
 * What can violate it: an autoscaler that is told to wait or not to add at all, a metric that nobody answers, a
 * trigger that counts something else.
 * How it is seen: the clock of the harness, from the first of the looks that all saw so much lag to the last of them;
 * what is judged is each look at which more than one replica was needed.
 * A look without a metric, with nothing running, or with a smaller lag begins anew, as do faults and gates. Not judged
 * where the trigger counts a part of the lag only, or where a schedule scales.
 */
export const enoughReplicas = predicate({
  id: 'SZ8',
  title: 'growth',
  claim: 'it has as many replicas as the lag asks for',
  promise: 'While so much waits that it asks for more replicas, more are asked for, up to the partitions.',
  formal:
    "where the lag stays at k × lagThreshold or more for an autoscaler's interval, a poll and the start-up budget, at least k replicas are asked for: no more than partitions (unless `allowIdleConsumers`) and maxReplicaCount allow, and less the autoscaler's tolerance of a tenth",
  expectation: 'declared',
  controls: ['O1'],
  violations: {
    'under-scaled': {},
  },
  undeclared({ plan: { scaling }, clock }) {
    if (scaling.partialLag) return 'its trigger counts a part of the lag only'
    if (clock !== undefined) return 'it is scaled by the clock'
    const most = askedFor(Number.MAX_SAFE_INTEGER, scaling)
    return most > 1 ? undefined : 'one replica is the most that its manifest or its partitions allow'
  },
  check(view) {
    if (view.plan.scaling.partialLag || view.clock !== undefined) return held(this.id, 0)
    for (const stretch of stretches(view)) {
      const finding = tooFew(stretch, view)
      if (finding !== undefined) return finding
    }
    return held(this.id, view.samples.filter((look) => wantedAt(look, view) > 1).length)
  },
  /** While events wait for several replicas, time goes by with one. */
  mutation: {
    says: 'keep one replica while more are asked for',
    applies: (view) => busy(view) !== undefined,
    apply(view) {
      const look = busy(view)
      if (look === undefined) return undefined
      const { plan, events } = view
      const asked = askedFor(look.lag, plan.scaling)
      const time = growthBound(asked, view) + view.lag.blindness(0, Number.POSITIVE_INFINITY)
      const count = Math.ceil(time / LOOK) + 1
      const stands = { ...look, replicas: 1, ready: 1 }
      const added = Array.from({ length: count }, (_, n): HistoryEvent => {
        return { ...stands, seq: look.seq + (n + 1) / (count + 1), at: look.at + (n + 1) * LOOK }
      })
      const later = events
        .filter(({ seq }) => seq > look.seq)
        .map((event) => ({ ...event, at: event.at + count * LOOK }))
      return mutated(events, { replaced: [stands, ...later], added })
    },
  },
})

/** Replicas that this lag asks for, at the least. */
export function askedFor(
  lag: number,
  { lagThreshold, partitions, maxReplicas, allowIdleConsumers }: ScalingView['plan']['scaling'],
): number {
  // The autoscaler calculates in floating point as well: a lag of exactly the tolerance asks for none.
  const share = Math.ceil(lag / (lagThreshold * TOLERANCE) - 1e-9)
  return Math.min(share, maxReplicas, allowIdleConsumers ? maxReplicas : partitions)
}

/** Milliseconds in which so many replicas must have been asked for. */
export function growthBound(replicas: number, { plan }: ScalingView): number {
  let steps = 1
  for (let reached = 5; reached < replicas; reached = Math.max(reached + 4, reached * 2)) steps++
  return plan.bounds.growth + STEP * (steps - 1)
}

/** Looks in a row that all saw that more replicas were needed than were asked for. */
function* stretches(view: ScalingView): Generator<{ readonly replicas: number; readonly looks: Look[] }> {
  const most = view.samples.reduce((max, look) => Math.max(max, wantedAt(look, view)), 0)
  for (let replicas = most; replicas > 1; replicas--) {
    let looks: Look[] = []
    for (const look of view.samples) {
      if (wantedAt(look, view) >= replicas && look.replicas < replicas) looks.push(look)
      else {
        if (looks.length > 1) yield { replicas, looks }
        looks = []
      }
    }
    if (looks.length > 1) yield { replicas, looks }
  }
}

/** Replicas that are needed at a look: none where nobody tells the autoscaler, or nothing runs that it could add to. */
export function wantedAt({ metric, replicas, lag }: Look, { plan }: ScalingView): number {
  return metric !== null && replicas > 0 ? askedFor(lag, plan.scaling) : 0
}

function tooFew(
  { replicas, looks }: { readonly replicas: number; readonly looks: Look[] },
  view: ScalingView,
) {
  const [first] = looks
  if (first === undefined) return undefined
  const bound = growthBound(replicas, view)
  for (const last of looks) {
    if (last.at - first.at <= bound) continue
    const since = view.calmSince(first, last.seq)
    const error = view.lag.blindness(first.seq, last.seq)
    if (since === undefined || last.at - since <= bound + error) continue
    if (view.suspended(first.seq, last.seq) !== undefined) return undefined
    const { deployment, lagThreshold } = view.plan.scaling
    const least = looks.reduce((min, { lag }) => Math.min(min, lag), first.lag)
    const why = view.complaint(first.seq, last.seq)
    const says = `${deployment} asked for ${last.replicas} replica${last.replicas === 1 ? '' : 's'} for ${seconds(last.at - since)} while at least ${least} events waited, which ask for ${replicas} at ${lagThreshold} each; ${seconds(bound)} were allowed${clockError(error)}${inWords(why)}`
    return stalled('SZ8', 'under-scaled', counterexample(says, [first.seq, why?.seq, last.seq], {}, 'C'))
  }
  return undefined
}

/** Milliseconds between two looks of those that are made up. */
const LOOK = 1000

/** A look at which more than one replica was asked for, with nothing that would excuse fewer. */
function busy(view: ScalingView): EventOf<'scale.sample'> | undefined {
  const { scaling } = view.plan
  if (scaling.partialLag || view.clock !== undefined) return undefined
  return view.samples.find(
    (look) =>
      wantedAt(look, view) > 1 &&
      view.calmSince(look, look.seq) !== undefined &&
      view.suspended(look.seq, look.seq) === undefined,
  )
}
