import type { EventOf } from '../../../proof/history/event.ts'
import { amountOf } from '../../../proof/history/json-content.ts'
import type { CommittedTransaction } from './expected-event.ts'

export type Outcome = EventOf<'op.ok'> | EventOf<'op.fail'> | EventOf<'op.info'>

/** One command of the load: what was asked, what was answered, what was committed. */
export interface Command {
  readonly invoke: EventOf<'op.invoke'>
  /** In {@link amountOf}'s spelling. */
  readonly amount: string
  outcome: Outcome | undefined
  /** The transaction that carries its change. */
  tx: CommittedTransaction | undefined
}

/** The commands of a scenario. One amount belongs to one intent: a repeat with the same idempotency key shares it. */
export class Commands {
  readonly all: Command[] = []
  readonly #byOp = new Map<string, Command>()
  readonly #byAmount = new Map<string, Command[]>()

  invoke(event: EventOf<'op.invoke'>): void {
    const command: Command = {
      invoke: event,
      amount: amountOf(event.amount) ?? '',
      outcome: undefined,
      tx: undefined,
    }
    this.all.push(command)
    this.#byOp.set(event.op, command)
    const same = this.#byAmount.get(command.amount)
    if (same === undefined) this.#byAmount.set(command.amount, [command])
    else same.push(command)
  }

  resolve(event: Outcome): void {
    const command = this.#byOp.get(event.op)
    if (command === undefined) return
    // A repeat may still be acknowledged; that it is refused says nothing about the attempt before it.
    if (command.outcome === undefined || (command.outcome.kind === 'op.info' && event.kind === 'op.ok'))
      command.outcome = event
  }

  /** All attempts at the intent that this amount stands for. */
  of(amount: string | undefined): readonly Command[] {
    return amount === undefined ? [] : (this.#byAmount.get(amount) ?? [])
  }

  committed(amount: string | undefined, tx: CommittedTransaction): void {
    for (const command of this.of(amount)) command.tx ??= tx
  }

  /** The one amount among `amounts` that a command for `key` asked for; undefined where several fit. */
  amountFor(key: string | undefined, amounts: Iterable<string>): string | undefined {
    let found: string | undefined
    for (const amount of amounts) {
      const commands = this.of(amount)
      if (commands.length === 0) continue
      if (key !== undefined && !commands.some(({ invoke }) => invoke.key === key)) continue
      if (found !== undefined) return undefined
      found = amount
    }
    return found
  }
}
