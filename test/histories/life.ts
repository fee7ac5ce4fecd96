import fc from 'fast-check'
import { HistoryBuilder, type Order, partitionOf } from './builder.ts'
import type { PlanChange } from './plan.ts'

/** What can happen next; a step that is not possible now is left out. */
export type Step =
  | { readonly do: 'invoke' | 'publish' | 'mark'; readonly key: number }
  | { readonly do: 'publish in Kafka transaction'; readonly key: number; readonly aborted: boolean }
  | { readonly do: 'commit' | 'roll back'; readonly pick: number; readonly answered: boolean }
  | { readonly do: 'crash' | 'commit at gate' | 'deliver again' | 'tombstone'; readonly pick: number }
  | { readonly do: 'pass'; readonly milliseconds: number }

const key = fc.nat(4)
const pick = fc.nat(9)
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('invoke', 'publish', 'mark'), key }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('publish in Kafka transaction'), key, aborted: fc.boolean() }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constantFrom('commit', 'commit', 'roll back'),
        pick,
        answered: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constantFrom('crash', 'commit at gate', 'deliver again', 'tombstone'),
        pick,
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('pass'), milliseconds: fc.nat(300) }) },
  ) as fc.Arbitrary<Step>,
  { minLength: 5, maxLength: 80, size: 'max' },
)

/**
 * Lives the steps as a correct publisher does: what is committed is published in commit order per aggregate, marked
 * only when it is on the log, and published again from the oldest unmarked event after a crash. In the end all is done.
 */
export class CorrectLife {
  readonly h: HistoryBuilder
  readonly #open: Order[] = []
  /** Committed and not marked, by key, in commit order. */
  readonly #pending = new Map<string, { order: Order; onLog: boolean }[]>()

  constructor(plan: PlanChange = {}) {
    this.h = new HistoryBuilder({
      windows: [],
      faults: [],
      bounds: { recovery: 60_000, headOfLine: 60_000 },
      ...plan,
    })
    this.h.add({ kind: 'proc', service: 'relay', instance: 0, pid: 1, event: 'started' })
    this.h.client()
  }

  live(steps: readonly Step[]): HistoryBuilder {
    for (const step of steps) this.#step(step)
    for (const order of this.#open.splice(0)) this.#commit(order, true)
    for (const key of this.#pending.keys()) {
      while (this.#next(key) !== undefined) this.#publish(key)
      this.#mark(key)
    }
    this.h.end()
    return this.h
  }

  #step(step: Step): void {
    const { h } = this
    switch (step.do) {
      case 'invoke':
        this.#open.push(h.invoke(`o-${step.key}`))
        break
      case 'publish':
        this.#publish(`o-${step.key}`)
        break
      case 'mark':
        this.#mark(`o-${step.key}`)
        break
      case 'publish in Kafka transaction': {
        const next = this.#next(`o-${step.key}`)
        if (next === undefined) break
        h.publish(next.order, { transactional: true, producerId: 7 })
        h.endTransaction(partitionOf(next.order.key), step.aborted ? 'abort' : 'commit')
        next.onLog = !step.aborted
        break
      }
      case 'commit':
      case 'roll back': {
        const [order] = this.#open.splice(step.pick % Math.max(1, this.#open.length), 1)
        if (order === undefined) break
        if (step.do === 'commit') this.#commit(order, step.answered)
        else if (step.answered) h.fail(order)
        else h.info(order)
        break
      }
      case 'commit at gate': {
        const key = `o-${step.pick % 5}`
        h.gate('commit', key, 'closed')
        const order = h.invoke(key)
        h.waiting('commit', key, order.xid)
        for (const [other] of this.#pending) this.#publish(other)
        h.gate('commit', key, 'opened')
        this.#commit(order, true)
        break
      }
      case 'crash':
        h.fault('armed').fault('bitten').fault('cleared')
        h.add({ kind: 'proc', service: 'relay', instance: 0, pid: 2, event: 'started' })
        for (const pending of this.#pending.values()) for (const event of pending) event.onLog = false
        break
      case 'deliver again': {
        const seen = h.events.filter(({ kind }) => kind === 'pg.tx' || kind === 'k.record')
        const again = seen[step.pick % Math.max(1, seen.length)]
        if (again !== undefined) h.add(again)
        break
      }
      case 'tombstone': {
        const key = `o-${step.pick % 5}`
        h.publish(
          { op: '', key, amount: 0, id: '', xid: 0, payload: '' },
          { value: null, valueBytes: -1, headers: {} },
        )
        break
      }
      case 'pass':
        h.pass(step.milliseconds)
    }
  }

  #commit(order: Order, answered: boolean): void {
    this.h.commitOrder(order)
    if (answered) this.h.ok(order)
    else this.h.info(order)
    const pending = this.#pending.get(order.key) ?? []
    pending.push({ order, onLog: false })
    this.#pending.set(order.key, pending)
  }

  #next(key: string) {
    return this.#pending.get(key)?.find(({ onLog }) => !onLog)
  }

  #publish(key: string): void {
    const next = this.#next(key)
    if (next === undefined) return
    const { id } = next.order
    this.h.publish(next.order, {
      headers: next.order.amount % 2 ? { eventId: id } : { EventID: id, more: 'x' },
    })
    next.onLog = true
  }

  #mark(key: string): void {
    const pending = this.#pending.get(key)
    while (pending?.[0]?.onLog) this.h.mark((pending.shift() as { order: Order }).order)
  }
}
