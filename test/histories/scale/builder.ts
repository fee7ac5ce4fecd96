import type { EventOf, HistoryEvent, NewEvent, Phase, RowChange } from '../../../proof/history/event.ts'
import type { ScalingPlan } from '../../../proof/history/plan.ts'
import { PLAN, type PlanChange, SCALING } from './plan.ts'

type Input = EventOf<'input'>

/**
 * Writes histories of a scaled workload. It keeps what a cluster keeps (replicas, ready pods, offsets), and `pass`
 * lets time go by with a look a second, as the sampler does.
 */
export class ScalingHistory {
  readonly events: HistoryEvent[] = []
  readonly plan: ScalingPlan
  replicas = 0
  ready = 0
  pods: Record<string, number> = {}
  metric: number | null = 0
  /** Committed offsets by partition; −1: none yet. */
  readonly committed: number[]
  readonly ends: number[]
  readonly waiting: Input[] = []
  at = 0
  /** What handling an event leaves behind. */
  rows = ({ event }: Input): readonly RowChange[] => [
    { table: 'shipments', op: 'insert', after: { event_id: event } },
  ]
  #lsn = 1000
  #inputs = 0
  #nextLook = 0

  constructor({ scaling, bounds, ...plan }: PlanChange = {}) {
    this.plan = {
      ...PLAN,
      ...plan,
      scaling: { ...SCALING, ...scaling },
      bounds: { ...PLAN.bounds, ...bounds },
    }
    this.committed = Array.from({ length: this.plan.scaling.partitions }, () => -1)
    this.ends = this.committed.map(() => 0)
    this.add({ kind: 'scenario.plan', plan: this.plan })
  }

  add(event: NewEvent): HistoryEvent {
    const recorded = {
      seq: this.events.length + 1,
      at: this.at,
      scenario: this.plan.id,
      ...event,
    } as HistoryEvent
    this.events.push(recorded)
    return recorded
  }

  get lag(): number {
    return this.ends.reduce((sum, end, p) => sum + end - Math.max(0, this.committed[p] ?? 0), 0)
  }

  phase(phase: Phase, window?: string): this {
    this.add(window === undefined ? { kind: 'phase', phase } : { kind: 'phase', phase, window, trial: 1 })
    return this
  }

  /** Lets time pass, with a look each second. */
  pass(milliseconds: number): this {
    const until = this.at + milliseconds
    while (this.#nextLook <= until) {
      this.at = Math.max(this.at, this.#nextLook)
      this.look()
    }
    this.at = until
    return this
  }

  look(change: Partial<EventOf<'scale.sample'>> = {}): this {
    const { replicas, ready, lag, metric } = this
    this.#nextLook = this.at + 1000
    this.add({
      kind: 'scale.sample',
      committed: this.committed.reduce((sum, offset) => sum + Math.max(0, offset), 0),
      end: this.ends.reduce((sum, end) => sum + end, 0),
      lag,
      metric: metric === null ? null : lag,
      desired: replicas === 0 ? null : replicas,
      replicas,
      ready,
      pods: { ...this.pods },
      inFlight: this.waiting.length,
      ...change,
    })
    return this
  }

  /** The group commits where it stands, as a first consumer would have. */
  baseline(): this {
    for (let p = 0; p < this.ends.length; p++) this.commit(p, this.ends[p] ?? 0)
    return this
  }

  commit(partition: number, offset: number): this {
    this.committed[partition] = offset
    const { group, topic } = this.plan.scaling.consumer
    this.add({ kind: 'k.commit', group, topic, partition, offset, position: this.events.length })
    return this
  }

  publish(count: number, change: Partial<Input> = {}): Input[] {
    return Array.from({ length: count }, () => {
      const n = ++this.#inputs
      const partition = n % this.ends.length
      const offset = this.ends[partition] ?? 0
      this.ends[partition] = offset + 1
      const input = this.add({
        kind: 'input',
        event: `event-${n}`,
        key: `order-${n % 7}`,
        amount: 1000 + n,
        version: 1,
        copy: 1,
        topic: this.plan.scaling.consumer.topic,
        partition,
        offset,
        expect: 'effect',
        failures: 0,
        retriable: true,
        ...change,
      }) as Input
      this.waiting.push(input)
      return input
    })
  }

  effect(...inputs: readonly Input[]): this {
    this.#lsn += 10
    this.add({
      kind: 'pg.tx',
      xid: String(500 + this.#lsn),
      beginLsn: this.#lsn - 5,
      commitLsn: this.#lsn,
      committedAt: 0,
      rows: inputs.flatMap((input) => this.rows(input)),
      messages: [],
    })
    for (const input of inputs) {
      const index = this.waiting.indexOf(input)
      if (index >= 0) this.waiting.splice(index, 1)
    }
    return this
  }

  /** Handles up to `count` of what waits: effect, then offset. */
  work(count = Number.POSITIVE_INFINITY): this {
    const taken = this.waiting.slice(0, count)
    if (taken.length > 0) this.effect(...taken)
    for (const { partition, offset } of taken)
      if ((this.committed[partition] ?? 0) <= offset) this.committed[partition] = offset + 1
    for (const partition of new Set(taken.map((input) => input.partition)))
      this.commit(partition, this.committed[partition] ?? 0)
    return this
  }

  scaledObject(change: Readonly<Record<string, string>> = {}): this {
    this.add({
      kind: 'k8s.object',
      resource: 'ScaledObject',
      name: this.plan.scaling.scaledObject,
      change: 'modified',
      fields: {
        'condition.Ready': 'True',
        'condition.Active': 'False',
        'condition.Fallback': 'False',
        ...change,
      },
    })
    return this
  }

  /** Sets the replicas, as the Deployment's watch tells it. */
  scale(replicas: number, ready = this.ready): this {
    Object.assign(this, { replicas, ready: Math.min(ready, replicas) })
    this.pods = { Running: this.ready, Pending: replicas - this.ready }
    this.add({
      kind: 'k8s.object',
      resource: 'Deployment',
      name: this.plan.scaling.deployment,
      change: 'modified',
      fields: { 'spec.replicas': replicas, 'status.readyReplicas': this.ready },
    })
    return this
  }

  said(reason: string, message = ''): this {
    this.add({
      kind: 'k8s.event',
      reason,
      object: `ScaledObject/${this.plan.scaling.scaledObject}`,
      message,
      source: 'keda-operator',
    })
    return this
  }

  /** As KEDA does it: its word, one replica, and a pod that is ready soon. */
  wake(): this {
    this.said('KEDAScaleTargetActivated', 'Scaled apps/v1.Deployment default/order-fulfillment from 0 to 1')
    return this.scale(1).pass(300).scale(1, 1)
  }

  /** As KEDA does it when the cooldown is over. */
  sleep(): this {
    this.said('KEDAScaleTargetDeactivated', 'Deactivated apps/v1.Deployment from 1 to 0')
    return this.scale(0, 0)
  }

  /** The effect of this event is kept from being committed, or is no longer; between the two a pod stands there. */
  gate(what: 'closed' | 'waiting' | 'opened', key: string): this {
    if (what === 'closed') this.add({ kind: 'gate.closed', gate: 'effect', key })
    else if (what === 'opened') this.add({ kind: 'gate.opened', gate: 'effect', key })
    else {
      const backend = { pid: 4711, applicationName: 'pod', xid: '900', query: 'COMMIT' }
      this.add({ kind: 'gate.waiting', gate: 'effect', key, ...backend })
    }
    return this
  }

  /** It is scaled by the clock too, whose moment comes in so many milliseconds. */
  clock(value: number): this {
    this.add({ kind: 'fact', name: 'clock.wakes', subject: this.plan.scaling.scaledObject, value })
    return this
  }

  pod(name: string, event: 'started' | 'ready' | 'exited' | 'killed', signal: string | null = null): this {
    this.add({ kind: 'proc', service: name, instance: 0, pid: 1, event, signal })
    return this
  }

  fault(what: 'armed' | 'bitten' | 'cleared', fault = 'kill-pod', target = 'order-fulfillment'): this {
    if (what === 'armed') this.add({ kind: 'fault.armed', fault, target, effect: 'SIGKILL' })
    else if (what === 'bitten')
      this.add({ kind: 'fault.bitten', fault, target, evidence: 'the process is gone' })
    else this.add({ kind: 'fault.cleared', fault, target, verified: true })
    return this
  }

  end(completed = true): readonly HistoryEvent[] {
    this.add({ kind: 'pg.flushed', lsn: this.#lsn })
    this.add({ kind: 'scenario.end', completed })
    return this.events
  }
}

/** Settled at zero, offsets committed, and watched for as long as the rest has to be. */
export function atRest(h: ScalingHistory): ScalingHistory {
  return h.baseline().scaledObject().said('KEDAScalersStarted').scale(0).phase('control-before').pass(8000)
}

/** A whole, good life: rest, the threshold, one too many, a load, four replicas, done, zero again. */
export function goodLife(h = new ScalingHistory()): ScalingHistory {
  atRest(h).publish(5)
  h.pass(3000).publish(1)
  h.pass(600).wake().publish(150)
  h.pass(1200).scale(3, 1).pass(400).scale(3, 3)
  h.work(80).pass(700).work().pass(5500).sleep().pass(1500)
  return h
}
