import { complaintIn } from '../proof/history/complaint.ts'
import type { EventOf, HistoryEvent } from '../proof/history/event.ts'
import { LagCourse } from '../proof/history/lag-course.ts'
import type { ScalingDeclaration } from '../proof/history/plan.ts'
import { isDeployment, ReplicaCourse } from '../proof/history/replica-course.ts'

/** One look at everything that scaling depends on; `at` in milliseconds since the story began. */
export interface Look {
  readonly at: number
  readonly lag: number
  readonly metric: number | null
  readonly desired: number | null
  readonly replicas: number
  readonly ready: number
  readonly pods: Readonly<Record<string, number>>
}

/** Something that happened, and who said why. */
export interface Step {
  readonly at: number
  readonly what: string
  readonly why: string
}

/** What a scaling timeline is drawn from. */
export interface ScalingStory {
  readonly scenario: string
  readonly scaling: ScalingDeclaration
  /** Milliseconds that it covers. */
  readonly length: number
  readonly looks: readonly Look[]
  readonly steps: readonly Step[]
  /** When faults were armed. */
  readonly faults: readonly { readonly from: number; readonly to: number }[]
}

/** Lines of a history that a scaling story is made of. */
export const TOLD_BY_SCALING =
  /"kind":\s*"(?:scale\.sample|k8s\.event|k8s\.object|phase|input|fault\.\w+|proc)"/

const STEPS = 40

type Sample = EventOf<'scale.sample'>

/** From the events of one scenario, in order; undefined where nothing was sampled. */
export function scalingStory(
  scenario: string,
  scaling: ScalingDeclaration,
  events: readonly HistoryEvent[],
): ScalingStory | undefined {
  const samples = events.filter((event) => event.kind === 'scale.sample')
  const [first, last] = [samples[0], samples.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const since = (at: number) => Math.max(0, at - first.at)
  const steps = [...stepsOf(events, scaling), ...needs(events, samples, scaling), ...turns(samples)]
    .filter(({ at }) => at >= first.at && at <= last.at + 1000)
    .sort((a, b) => a.at - b.at)
  return {
    scenario,
    scaling,
    length: Math.max(1000, since(last.at)),
    looks: samples.map(({ at, lag, metric, desired, replicas, ready, pods }) => {
      return { at: since(at), lag, metric, desired, replicas, ready, pods }
    }),
    steps: steps.slice(0, STEPS).map((step) => ({ ...step, at: since(step.at) })),
    faults: faultsOf(events, last).map(({ from, to }) => ({ from: since(from), to: since(to) })),
  }
}

/** When more waited at zero than may wait. */
function needs(
  events: readonly HistoryEvent[],
  samples: readonly Sample[],
  scaling: ScalingDeclaration,
): Step[] {
  const { activationLagThreshold, pollingInterval } = scaling
  const inputs = events.filter((event) => event.kind === 'input' && event.topic === scaling.consumer.topic)
  const objects = events.filter((event) => event.kind === 'k8s.object' && isDeployment(event, scaling))
  const lag = new LagCourse(samples, inputs as EventOf<'input'>[])
  return new ReplicaCourse(samples, objects as EventOf<'k8s.object'>[]).spans.flatMap(
    ({ zero, from, to }) => {
      const need = zero ? lag.above(activationLagThreshold, from.seq, to?.seq ?? Infinity) : undefined
      if (need === undefined) return []
      const why = `KEDA polls every ${pollingInterval} s, and wakes it for more than ${activationLagThreshold}`
      return { at: need.at, what: `more than ${activationLagThreshold} events wait at zero`, why }
    },
  )
}

/** What lag and pods did: the causes between the controllers' words. */
function turns(samples: readonly Sample[]): Step[] {
  const steps: Step[] = []
  for (const [i, sample] of samples.entries()) {
    const before = samples[i - 1]
    const { at, lag, ready } = sample
    if (before === undefined) continue
    const step = (what: string, why: string) => steps.push({ at, what, why })
    if (before.ready === 0 && ready > 0) step('the first pod is ready', 'its readiness probe passed')
    if (before.lag > 0 && lag === 0)
      step('nothing waits any more', 'every offset is committed; the cooldown runs')
    if (running(before) > 0 && running(sample) === 0)
      step('the last pod is gone', 'it ended within its grace period')
  }
  return steps
}

function running({ pods }: Sample): number {
  return Object.entries(pods).reduce(
    (sum, [phase, n]) => (/^(succeeded|failed)$/i.test(phase) ? sum : sum + n),
    0,
  )
}

/** Milliseconds between a controller's word and the change that it speaks of, in either order. */
const SAME = 2000

/** Changes of the replicas with the word of KEDA or the autoscaler, their other words, faults, pods that ended. */
function stepsOf(events: readonly HistoryEvent[], scaling: ScalingDeclaration): Step[] {
  const words = events.filter(
    (event) => event.kind === 'k8s.event' && (MOVES.has(event.reason) || complaintIn(event) !== undefined),
  )
  const unsaid = new Set(words as EventOf<'k8s.event'>[])
  const steps: Step[] = []
  let replicas: number | undefined
  for (const event of events) {
    const now = event.kind === 'k8s.object' ? replicasOf(event) : undefined
    if (now === undefined || now === replicas) continue
    const word = [...unsaid].find(({ at, reason }) => Math.abs(event.at - at) < SAME && MOVES.has(reason))
    if (replicas !== undefined) {
      const why = word === undefined ? 'no controller said why' : `${word.reason}: ${meant(word, scaling)}`
      steps.push({ at: event.at, what: `replicas ${replicas} → ${now}`, why })
      if (word !== undefined) unsaid.delete(word)
    }
    replicas = now
  }
  for (const word of unsaid) steps.push({ at: word.at, what: word.reason, why: meant(word, scaling) })
  return [...steps, ...complaintsIn(events), ...events.flatMap(otherStep)]
}

function replicasOf({ resource, fields }: EventOf<'k8s.object'>): number | undefined {
  const now = fields['spec.replicas']
  return /^deployments?$/i.test(resource) && typeof now === 'number' ? now : undefined
}

/** What somebody says is wrong, each time that it is another thing. */
function complaintsIn(events: readonly HistoryEvent[]): Step[] {
  const said = new Map<string, string>()
  return events.flatMap((event): readonly Step[] => {
    const complaint = event.kind === 'k8s.object' ? complaintIn(event) : undefined
    if (complaint === undefined || said.get(complaint.by) === complaint.says) return []
    said.set(complaint.by, complaint.says)
    return [{ at: event.at, what: `${complaint.by} complains`, why: complaint.says }]
  })
}

function otherStep(event: HistoryEvent): Step | readonly Step[] {
  const { at } = event
  switch (event.kind) {
    case 'fault.armed':
      return { at, what: `${event.fault} armed on ${event.target}`, why: event.effect }
    case 'fault.bitten':
      return { at, what: `${event.fault} bit`, why: event.evidence }
    case 'fault.cleared':
      return { at, what: `${event.fault} cleared`, why: 'every bound begins anew' }
    case 'proc': {
      if (event.event !== 'killed' && event.event !== 'exited') return []
      return {
        at,
        what: `${event.service} ${event.event}`,
        why: event.signal ? `by ${event.signal}` : `with code ${event.code ?? '?'}`,
      }
    }
    case 'phase':
      return event.phase === 'control-before'
        ? { at, what: 'the watched rest begins', why: 'at zero, without load' }
        : []
    default:
      return []
  }
}

/** Words that come with a change of the replicas. */
const MOVES: ReadonlySet<string> = new Set([
  'KEDAScaleTargetActivated',
  'KEDAScaleTargetActivationFailed',
  'KEDAScaleTargetDeactivated',
  'SuccessfulRescale',
])

function meant({ reason, message }: EventOf<'k8s.event'>, { cooldownPeriod }: ScalingDeclaration): string {
  if (reason !== 'KEDAScaleTargetDeactivated') return message
  return `${message || 'scaled to zero'}: the cooldown of ${cooldownPeriod} s is over`
}

function faultsOf(events: readonly HistoryEvent[], last: Sample): { from: number; to: number }[] {
  const open = new Map<string, number>()
  const spans: { from: number; to: number }[] = []
  for (const event of events) {
    if (event.kind === 'fault.armed') open.set(`${event.fault} ${event.target}`, event.at)
    if (event.kind !== 'fault.cleared') continue
    const from = open.get(`${event.fault} ${event.target}`)
    if (from !== undefined) spans.push({ from, to: event.at })
    open.delete(`${event.fault} ${event.target}`)
  }
  return [...spans, ...[...open.values()].map((from) => ({ from, to: last.at }))]
}
