import { CommitOrder } from '../../../proof/history/commit-order.ts'
import { Coverage } from '../../../proof/history/coverage.ts'
import { Disturbances } from '../../../proof/history/disturbances.ts'
import type { EventOf, HistoryEvent } from '../../../proof/history/event.ts'
import { factsOf } from '../../../proof/history/recorded-fact.ts'
import type { View } from '../../../proof/history/view.ts'
import type { ScalingPlan } from '../plan.ts'
import { type Complaint, lastComplaint } from './complaint.ts'
import { LagTimeline } from './lag-timeline.ts'
import { isDeployment, ReplicaTimeline, type Rise, type Span } from './replica-timeline.ts'
import { ScaledWork, type Work } from './scaled-work.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** Milliseconds until its schedule begins. */
    'clock.wakes': number
  }
}

/** A time at rest: from its beginning to the moment at which more waited than may wait at zero. */
export interface Rest {
  readonly from: { readonly seq: number; readonly at: number }
  readonly to: { readonly seq: number; readonly at: number }
}

/** Milliseconds that the watch of events may be behind or ahead of the Deployment's; 30 were the most that was seen. */
const BEHIND = 5000
/** Milliseconds for which KEDA may have waited for the API server's answer before it says that it had none. */
const ANSWER = 35_000

/** A scaled workload's history: lag, replicas, what KEDA said, what was published and what took effect. */
export class ScalingView implements View {
  readonly events: HistoryEvent[] = []
  readonly plan: ScalingPlan
  readonly disturbances = new Disturbances()
  readonly coverage: Coverage
  readonly samples: EventOf<'scale.sample'>[] = []
  readonly inputs: EventOf<'input'>[] = []
  readonly commits: EventOf<'k.commit'>[] = []
  readonly objects: EventOf<'k8s.object'>[] = []
  /** What controllers said, about whatever object. */
  readonly said: EventOf<'k8s.event'>[] = []
  readonly facts: EventOf<'fact'>[] = []
  /** What the linter says of this workload's manifests: of its ScaledObject, and of what no object can be read from. */
  readonly lint: EventOf<'lint'>[] = []
  readonly phases: EventOf<'phase'>[] = []
  readonly processes: EventOf<'proc'>[] = []
  end: EventOf<'scenario.end'> | undefined
  readonly #transactions = new CommitOrder()
  /** Of the history as far as it goes; each is made when it is read, and dropped when an event changes it. */
  #replicas: ReplicaTimeline | undefined
  #lag: LagTimeline | undefined
  #work: ScaledWork | undefined

  constructor(plan: ScalingPlan) {
    this.plan = plan
    this.coverage = new Coverage(plan.scaling.consumer.topic)
  }

  add(event: HistoryEvent): void {
    this.events.push(event)
    this.coverage.add(event)
    // Pods come and go here as they should: that is no disturbance.
    if (event.kind !== 'proc') this.disturbances.add(event)
    this.#take(event)
  }

  get replicas(): ReplicaTimeline {
    const deployments = () => this.objects.filter((object) => isDeployment(object, this.plan.scaling))
    this.#replicas ??= new ReplicaTimeline(this.samples, deployments())
    return this.#replicas
  }

  get lag(): LagTimeline {
    this.#lag ??= new LagTimeline(this.samples, this.inputs)
    return this.#lag
  }

  get work(): ScaledWork {
    const { consumer } = this.plan.scaling
    this.#work ??= new ScaledWork(consumer, this.inputs, this.#transactions.all, this.commits, this.samples)
    return this.#work
  }

  /** The rest before the load: the phase `control-before`, or else from the first reading on. */
  get rest(): Rest | undefined {
    const from = this.phases.find(({ phase }) => phase === 'control-before') ?? this.replicas.readings[0]
    const end = this.events.at(-1)
    if (from === undefined || end === undefined) return undefined
    const need = this.need(from.seq, end.seq)
    return { from, to: need ?? end }
  }

  /** When its schedule begins, where it is scaled by the clock; milliseconds since the run began. */
  get clock(): number | undefined {
    const told = factsOf(this.facts, 'clock.wakes').find(
      ({ subject }) => subject === this.plan.scaling.scaledObject,
    )
    return told && told.at + told.value
  }

  /** When, between two moments, more events waited than may wait at zero. */
  need(from: number, to: number): { readonly seq: number; readonly at: number } | undefined {
    return this.lag.above(this.plan.scaling.activationLagThreshold, from, to)
  }

  /**
   * When a bound begins that would have begun at `from`: a fault or a gate in between starts it anew. Undefined while
   * one is in force at `to`: nobody has to be in time then.
   */
  calmSince(from: { readonly seq: number; readonly at: number }, to: number): number | undefined {
    let at = from.at
    const { faults, gates } = this.disturbances
    const spans = [
      ...faults
        .filter(({ lasting }) => !lasting)
        .map(({ armed, cleared }) => ({ start: armed, end: cleared })),
      ...gates.map(({ closed, opened }) => ({ start: closed, end: opened })),
    ]
    for (const { start, end } of spans) {
      if (start.seq > to) continue
      if (end === undefined || end.seq > to) return undefined
      at = Math.max(at, end.at)
    }
    return at
  }

  /** Events published at zero: nobody was there to take them. */
  publishedAtZero(): readonly { readonly work: Work; readonly rest: Span }[] {
    return this.work.all.flatMap((work) => {
      const rest = this.replicas.zeroAt(work.input.seq)
      return rest === undefined ? [] : [{ work, rest }]
    })
  }

  /** KEDA's own word that it woke the workload, or tried to: it belongs to this rise, and to no other one. */
  activatedByKeda({ rest, active }: Rise): EventOf<'k8s.event'> | undefined {
    const { scaledObject, deployment, pollingInterval } = this.plan.scaling
    const rise = active.from
    const apart = 1000 * pollingInterval + this.lag.blindness(rise.seq, rise.seq)
    return this.said.find(
      ({ seq, at, reason, object, message }) =>
        seq > rest.from.seq &&
        seq < (active.to?.seq ?? Number.POSITIVE_INFINITY) &&
        saysActivated(reason) &&
        Math.abs(at - rise.at) <= apart + (gaveUp(reason) ? ANSWER : BEHIND) &&
        [scaledObject, deployment].some((name) => object.includes(name) || message.includes(name)),
    )
  }

  /** What the ScaledObject said of itself: its last word before `from`, and each one until `to`. */
  words(from: number, to: number): readonly EventOf<'k8s.object'>[] {
    const said = this.objects.filter(
      ({ resource, name, seq }) =>
        /^scaledobjects?\b/i.test(resource) && name === this.plan.scaling.scaledObject && seq <= to,
    )
    const before = said.findLast(({ seq }) => seq <= from)
    return [...(before ? [before] : []), ...said.filter(({ seq }) => seq > from)]
  }

  /** Replicas that an operator's switch or the fallback asked for say nothing about scaling by lag. */
  suspended(from: number, to: number): string | undefined {
    const words = this.words(from, to)
    if (words.some(({ fields }) => isTrue(fields['condition.Paused'])))
      return 'paused: take the annotations autoscaling.keda.sh/paused… from its manifest'
    return words.some(({ fields }) => isTrue(fields['condition.Fallback']))
      ? 'in fallback: its trigger must reach the broker, see bootstrapServers and authenticationRef'
      : undefined
  }

  /** The last thing that somebody in the cluster says is wrong between two moments. */
  complaint(from: number, to: number): Complaint | undefined {
    return lastComplaint([...this.said, ...this.objects], from, to)
  }

  get lastAt(): number {
    return this.events.at(-1)?.at ?? 0
  }

  get lastSeq(): number {
    return this.events.at(-1)?.seq ?? 0
  }

  #take(event: HistoryEvent): void {
    const { consumer, scaledObject } = this.plan.scaling
    switch (event.kind) {
      case 'scale.sample':
        this.samples.push(event)
        this.#replicas = this.#lag = this.#work = undefined
        return
      case 'input':
        if (event.topic !== consumer.topic) return
        this.inputs.push(event)
        this.#lag = this.#work = undefined
        return
      case 'k.commit':
        this.commits.push(event)
        this.#work = undefined
        return
      case 'k8s.object':
        this.objects.push(event)
        this.#replicas = undefined
        return
      case 'k8s.event':
        this.said.push(event)
        return
      case 'fact':
        this.facts.push(event)
        return
      case 'lint':
        if (event.object === '' || event.object.endsWith(`/${scaledObject}`)) this.lint.push(event)
        return
      case 'phase':
        this.phases.push(event)
        return
      case 'proc':
        this.processes.push(event)
        return
      case 'pg.tx':
        this.#transactions.add(event)
        this.#work = undefined
        return
      case 'scenario.end':
        this.end ??= event
    }
  }
}

/**
 * Whether an event's reason is KEDA's word that it woke its target. On a busy machine KEDA gives up on the API server's
 * answer and says that it failed, while what it asked for was done.
 */
export function saysActivated(reason: string): boolean {
  return reason === 'KEDAScaleTargetActivated' || gaveUp(reason)
}

function gaveUp(reason: string): boolean {
  return reason === 'KEDAScaleTargetActivationFailed'
}

/** A condition's status, however the watch tells it. */
export function isTrue(value: unknown): boolean {
  return /^true$/i.test(String(value))
}

/** Pods that are still there, whatever they do. */
export function livePods({ pods }: EventOf<'scale.sample'>): number {
  return Object.entries(pods).reduce(
    (sum, [phase, count]) => (/^(succeeded|failed)$/i.test(phase) ? sum : sum + count),
    0,
  )
}
