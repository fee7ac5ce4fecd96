import type { EventOf, HistoryEvent } from '../../proof/history/event.ts'
import type { ScalingDeclaration } from '../../scenarios/scaling/plan.ts'
import { type Step, shortened, stepsOf } from './scaling-steps.ts'

/** One look at everything that scaling depends on; `at` in milliseconds since the story began. */
export interface Look {
  readonly at: number
  readonly lag: number
  readonly metric: number | null
  /** Events whose effect is not durable yet, worked on or not. */
  readonly inFlight: number
  /** Sums over the partitions. */
  readonly committed: number
  readonly end: number
  readonly desired: number | null
  readonly replicas: number
  readonly ready: number
  readonly pods: Readonly<Record<string, number>>
}

/** What a scaling timeline is drawn from. */
export interface ScalingStory {
  readonly scaling: ScalingDeclaration
  /** Milliseconds that it covers. */
  readonly length: number
  readonly looks: readonly Look[]
  readonly steps: readonly Step[]
  /** When faults were in force. */
  readonly faults: readonly { readonly from: number; readonly to: number }[]
}

type Sample = EventOf<'scale.sample'>

/** From the events of one scenario, in order; undefined where nothing was sampled. */
export function scalingStory(
  scaling: ScalingDeclaration,
  events: readonly HistoryEvent[],
): ScalingStory | undefined {
  const samples = events.filter((event) => event.kind === 'scale.sample')
  const [first, last] = [samples[0], samples.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const since = (at: number) => Math.max(0, at - first.at)
  const steps = stepsOf(events, samples, scaling).filter(({ at }) => at >= first.at && at <= last.at + 1000)
  return {
    scaling,
    length: Math.max(1000, since(last.at)),
    looks: samples.map(({ at, lag, metric, inFlight, committed, end, desired, replicas, ready, pods }) => {
      return { at: since(at), lag, metric, inFlight, committed, end, desired, replicas, ready, pods }
    }),
    steps: shortened(steps).map((step) => ({ ...step, at: since(step.at) })),
    faults: faultsOf(events, last).map(({ from, to }) => ({ from: since(from), to: since(to) })),
  }
}

function faultsOf(events: readonly HistoryEvent[], last: Sample): { from: number; to: number }[] {
  const open = new Map<string, number>()
  const spans: { from: number; to: number }[] = []
  for (const event of events) {
    if (event.kind === 'fault.injected') open.set(`${event.fault} ${event.target}`, event.at)
    if (event.kind !== 'fault.healed') continue
    const from = open.get(`${event.fault} ${event.target}`)
    if (from !== undefined) spans.push({ from, to: event.at })
    open.delete(`${event.fault} ${event.target}`)
  }
  return [...spans, ...[...open.values()].map((from) => ({ from, to: last.at }))]
}
