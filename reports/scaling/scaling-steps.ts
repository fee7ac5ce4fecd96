import type { EventOf, HistoryEvent } from '../../proof/history/event.ts'
import type { ScalingDeclaration } from '../../scenarios/scaling/plan.ts'
import { complaintIn } from '../../scenarios/scaling/view/complaint.ts'
import { LagTimeline } from '../../scenarios/scaling/view/lag-timeline.ts'
import { isDeployment, ReplicaTimeline } from '../../scenarios/scaling/view/replica-timeline.ts'

/** Something that happened, and the reason as it was told. */
export interface Step {
  readonly at: number
  readonly what: string
  readonly why: string
}

type Sample = EventOf<'scale.sample'>

/** Steps that are told of one scenario at the most, from its beginning and from its end. */
const FIRST = 16
const LAST = 8

/** Everything that explains the timeline of the replicas, in its order. */
export function stepsOf(
  events: readonly HistoryEvent[],
  samples: readonly Sample[],
  scaling: ScalingDeclaration,
): Step[] {
  const all = [
    ...changes(events, scaling),
    ...complaintsIn(events),
    ...events.flatMap(otherStep),
    ...needs(events, samples, scaling),
    ...turns(samples),
  ]
  return all.sort((a, b) => a.at - b.at)
}

/** Where there are too many the middle is left out and counted; each return to zero stays. */
export function shortened(steps: readonly Step[]): Step[] {
  if (steps.length <= FIRST + LAST) return [...steps]
  const kept: Step[] = []
  let missing = 0
  for (const [i, step] of steps.entries()) {
    if (i < FIRST || i >= steps.length - LAST || / → 0$/.test(step.what)) {
      if (missing > 0) kept.push(leftOut(missing, step.at))
      missing = 0
      kept.push(step)
    } else missing++
  }
  return kept
}

function leftOut(count: number, at: number): Step {
  return {
    at,
    what: `${count} more step${count === 1 ? '' : 's'}`,
    why: 'left out here; history.ndjson has them',
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
  const lag = new LagTimeline(samples, inputs as EventOf<'input'>[])
  return new ReplicaTimeline(samples, objects as EventOf<'k8s.object'>[]).spans.flatMap(
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

/** Changes of the replicas with the word of KEDA or the autoscaler, and their other words. */
function changes(events: readonly HistoryEvent[], scaling: ScalingDeclaration): Step[] {
  const words = events.filter(
    (event) => event.kind === 'k8s.event' && (MOVES.has(event.reason) || complaintIn(event) !== undefined),
  )
  const unsaid = new Set(words as EventOf<'k8s.event'>[])
  const steps: Step[] = []
  let replicas: number | undefined
  for (const event of events) {
    const now = event.kind === 'k8s.object' ? replicasOf(event, scaling) : undefined
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
  return steps
}

function replicasOf(object: EventOf<'k8s.object'>, scaling: ScalingDeclaration): number | undefined {
  const now = object.fields['spec.replicas']
  return isDeployment(object, scaling) && typeof now === 'number' ? now : undefined
}

/** What a controller says is wrong, each time that it is another thing. */
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
    case 'fault.injected':
      return { at, what: `${event.fault} injected into ${event.target}`, why: event.effect }
    case 'fault.took-effect':
      return { at, what: `${event.fault} took effect`, why: event.evidence }
    case 'fault.healed':
      return { at, what: `${event.fault} healed`, why: 'every bound begins anew' }
    case 'proc': {
      if (event.event !== 'killed' && event.event !== 'exited') return []
      return { at, what: `${event.service} ${event.event}`, why: howItEnded(event) }
    }
    case 'gate.closed':
      return {
        at,
        what: 'one event’s effect is held',
        why: 'its COMMIT will wait, so that work is under way',
      }
    case 'gate.waiting':
      return {
        at,
        what: 'a pod is in the middle of that effect',
        why: `backend ${event.pid} waits in COMMIT`,
      }
    case 'gate.opened':
      return { at, what: 'the effect may be committed', why: 'the gate is open; every bound begins anew' }
    case 'fact':
      return factStep(event)
    case 'phase':
      return event.phase === 'control-before'
        ? { at, what: 'the watched rest begins', why: 'at zero, without load' }
        : []
    default:
      return []
  }
}

function howItEnded({ event, signal, code }: EventOf<'proc'>): string {
  if (event === 'killed') return `by ${signal ?? 'SIGKILL'}`
  if (signal) return `by ${signal}`
  return code === undefined || code === null ? 'how is not known' : `with code ${code}`
}

/** What the harness did to the load or the broker. */
function factStep(fact: EventOf<'fact'>): Step | readonly Step[] {
  const { at, subject } = fact
  switch (fact.name) {
    case 'work.held':
      return fact.value
        ? { at, what: 'work stands still', why: 'effects wait, so that a backlog lasts until it is seen' }
        : { at, what: 'work goes on', why: 'effects no longer wait' }
    case 'records.left':
      return { at, what: 'records and offsets have expired', why: `${subject} holds ${fact.value} records` }
    case 'annotated.by-hand':
      return { at, what: 'it is annotated by hand', why: fact.value }
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
