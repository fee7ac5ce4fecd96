import type { EventOf } from '../../../proof/history/event.ts'
import { Aggregates } from './aggregates.ts'
import type { CommittedTransaction } from './expected-event.ts'

export type Outcome = EventOf<'op.ok'> | EventOf<'op.fail'> | EventOf<'op.info'>

/** One command of the load: what was asked, what was answered, what was committed. */
export interface Command {
  readonly invoke: EventOf<'op.invoke'>
  outcome: Outcome | undefined
  /** The transaction that carries its change. */
  tx: CommittedTransaction | undefined
}

/**
 * The commands of a scenario. One amount belongs to one intent: a repeat with the same idempotency key shares it. A
 * transaction carries only what was asked for before it was seen.
 */
export class Commands {
  readonly all: Command[] = []
  readonly aggregates = new Aggregates()
  /** Those whose outcome may still change. */
  readonly #open = new Map<string, Command>()
  readonly #byAmount = new Map<number, Command | Command[]>()

  invoke(event: EventOf<'op.invoke'>): void {
    const same = this.#byAmount.get(event.amount)
    const tx = (Array.isArray(same) ? same[0] : same)?.tx
    const command: Command = { invoke: event, outcome: undefined, tx }
    this.all.push(command)
    this.aggregates.asked(event.key, event.seq)
    this.#open.set(event.op, command)
    if (same === undefined) this.#byAmount.set(event.amount, command)
    else if (Array.isArray(same)) same.push(command)
    else this.#byAmount.set(event.amount, [same, command])
  }

  resolve(event: Outcome): void {
    const command = this.#open.get(event.op)
    if (command === undefined) return
    if (event.kind === 'op.ok' && event.id !== undefined)
      this.aggregates.answered(event.id, command.invoke.key, event.seq)
    const { id, key, refused } = command.invoke
    if (event.kind === 'op.fail' && id !== undefined && !refused && !isTransient(event.status))
      this.aggregates.ended(id, key)
    // A repeat may still be acknowledged; that it is refused says nothing about the attempt before it.
    if (command.outcome === undefined || event.kind === 'op.ok') command.outcome = event
    if (command.outcome.kind !== 'op.info') this.#open.delete(event.op)
  }

  /** By the `op` of its events. */
  called(op: string): Command | undefined {
    return this.all.find(({ invoke }) => invoke.op === op)
  }

  /** All attempts at the intent that this amount, in the spelling of `amountOf`, stands for. */
  of(amount: string | undefined): readonly Command[] {
    const commands = amount ? this.#byAmount.get(Number(amount)) : undefined
    if (commands === undefined) return []
    return Array.isArray(commands) ? commands : [commands]
  }

  /** A transaction carries this amount. Transactions are told in commit order: the first one counts. */
  committed(amount: string | undefined, tx: CommittedTransaction): void {
    const commands = amount ? this.#byAmount.get(Number(amount)) : undefined
    if (commands === undefined) return
    const [first, ...repeats] = Array.isArray(commands) ? commands : [commands]
    if (first === undefined || first.tx !== undefined || first.invoke.seq > tx.event.seq) return
    first.tx = tx
    for (const command of repeats) command.tx = tx
  }

  /** Transactions will be told from the first one on. */
  uncommit(): void {
    for (const command of this.all) command.tx = undefined
    this.aggregates.uncommit()
  }

  /** The one amount among `amounts` that a command for `key` asked for before `seq`; undefined where several fit. */
  amountFor(key: string | undefined, amounts: Iterable<string>, seq: number): string | undefined {
    let found: string | undefined
    for (const amount of amounts) {
      const commands = this.of(amount).filter(({ invoke }) => invoke.seq < seq)
      if (commands.length === 0) continue
      if (key !== undefined && !commands.some(({ invoke }) => invoke.key === key)) continue
      if (found !== undefined) return undefined
      found = amount
    }
    return found
  }
}

/** Another try may be taken: a timeout, a lock, or too many requests; a conflict may also be the aggregate's state. */
function isTransient(status: number): boolean {
  return status === 408 || status === 423 || status === 425 || status === 429
}
