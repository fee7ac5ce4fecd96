import { setTimeout as pause } from 'node:timers/promises'
import { FaultLog, type RunningService, type ScenarioHistory, type Testbed, until } from 'eventproof/kind'
import type { CounterPlan } from './counter-view.ts'

/** Additions of the load in each control phase, and milliseconds between two of them beside a fault. */
const LOAD = 10
const EVERY = 20

/** One counter under load. */
export class CounterTestbed implements Testbed {
  readonly plan: CounterPlan
  readonly history: ScenarioHistory
  readonly faults: FaultLog
  readonly targets = { counter: () => this.counter }
  readonly counter: RunningService
  trial = 0
  trialBegan = 0
  #sent = 0
  #open: Promise<unknown> = Promise.resolve()

  constructor(plan: CounterPlan, history: ScenarioHistory, counter: RunningService) {
    this.plan = plan
    this.history = history
    this.counter = counter
    this.faults = new FaultLog({ record: (event) => history.record(event), disarmed: plan.disarmed })
  }

  async control(): Promise<void> {
    for (let n = 0; n < LOAD; n++) await this.add()
  }

  flow(): AsyncDisposable {
    const over = new AbortController()
    const flowing = (async () => {
      while (!over.signal.aborted) {
        await this.add()
        await pause(EVERY)
      }
    })()
    return {
      async [Symbol.asyncDispose]() {
        over.abort()
        await flowing
      },
    }
  }

  /** Places an addition that nobody waits for. */
  addAside(): void {
    this.#open = this.add()
  }

  async add(): Promise<void> {
    const op = `add-${++this.#sent}`
    const amount = this.#sent
    const asked = { op, key: this.plan.counter, amount, idempotencyKey: op, traceparent: '', refused: false }
    this.history.record({ kind: 'op.invoke', ...asked })
    try {
      const { status } = await this.#ask('/add', { method: 'POST', body: String(amount) })
      this.history.record({ kind: 'op.ok', op, status })
    } catch {
      this.history.record({ kind: 'op.info', op, reason: 'no answer' })
    }
  }

  async settled(): Promise<boolean> {
    await this.#open
    await until(() => this.#ask('/total').then(Boolean, () => false), { what: 'an answer', deadline: 5_000 })
    return true
  }

  async concluded(): Promise<void> {
    const value = Number(await (await this.#ask('/total')).text())
    this.history.record({ kind: 'fact', name: 'counter.total', subject: this.plan.counter, value })
  }

  #ask(path: string, request: RequestInit = {}): Promise<Response> {
    const { host, port } = this.counter.endpoint('host')
    return fetch(`http://${host}:${port}${path}`, { ...request, signal: AbortSignal.timeout(2_000) })
  }
}
