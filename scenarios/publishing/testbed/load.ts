import { setTimeout as pause } from 'node:timers/promises'
import type { Random } from '../../../core/random.ts'
import type { NewEvent } from '../../../proof/history/event.ts'
import { at, parsed } from '../../../proof/history/json-content.ts'
import { type Answer, type Command, send, traceparent } from '../../testbed/command.ts'
import type { PublisherConfig } from '../config.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { unanswered } from './commands-unanswered.ts'

export interface LoadOptions {
  readonly sent: PublisherConfig['command']
  /** The id that the service made for a key, as far as it is known. */
  readonly idOf: (key: string) => string | undefined
  /** Called before a command is sent. */
  readonly expect: (key: string, amount: number) => Promise<void>
  /** http://host:port of the service; asked again for each command, a restarted service may have moved. */
  readonly origin: () => string
  readonly keys: readonly string[]
  /** Keys whose commits the database refuses: the rollbacks of the load. */
  readonly refusedKeys: readonly string[]
  readonly writers: number
  readonly random: Random
  readonly record: (event: NewEvent) => void
}

/** One command in eight goes to a key whose commit is refused. */
const REFUSED_SHARE = 0.125
const ANSWER_WITHIN = 5_000
/** Milliseconds that a writer of a flow waits between two commands: a load, not a benchmark. */
const FLOW_PAUSE = 100

/** Concurrent writers that place commands on many aggregates, some of which the database refuses. */
export class Load {
  readonly #options: LoadOptions
  #placed = 0

  constructor(options: LoadOptions) {
    this.#options = options
  }

  /**
   * Places one command and resolves with its answer.
   * @param within milliseconds that its client waits for that; a client that gives up may have its command cancelled
   */
  async place(
    key: string,
    refused = false,
    within = ANSWER_WITHIN,
  ): Promise<{ command: Command; answer: Answer }> {
    const number = ++this.#placed
    const { random } = this.#options
    const id = this.#options.sent.again && this.#options.idOf(key)
    const command: Command = {
      op: `c${number}`,
      key,
      ...(id === undefined ? {} : { id }),
      // Spread out, so that no amount is found by accident in another event's numbers.
      amount: 1_000_000 + number * 7,
      idempotencyKey: `${key}-${number}`,
      traceparent: traceparent(random),
      refused,
    }
    await this.#options.expect(key, command.amount)
    this.#options.record({ kind: 'op.invoke', ...command })
    return { command, answer: await this.#send(command, within) }
  }

  /** Sends a command again, as a client does that got no answer: same idempotency key. */
  async repeat(command: Command): Promise<Answer> {
    return this.#send(command)
  }

  /** Places `count` commands on the load's keys with all writers and resolves when each has its answer. */
  async run(count: number): Promise<void> {
    let left = count
    await this.#write(() => left-- > 0, 0)
  }

  /** Places one command on each of these keys. @returns their answers */
  async touch(keys: readonly string[]): Promise<Answer[]> {
    const placed = await Promise.all(keys.map((key) => this.place(key)))
    return placed.map(({ answer }) => answer)
  }

  /** The first commands, while nothing is hurt. @throws {CommandsUnanswered} where the service takes none of them */
  async begin(keys: readonly string[], view: PublisherView): Promise<void> {
    const nothing = unanswered(view.plan.publisher.name, await this.touch(keys), view.expectedEvents().length)
    if (nothing !== undefined) throw nothing
  }

  /** Places commands until it is disposed of; then resolves when the open ones have their answers. */
  flow(): AsyncDisposable {
    let flowing = true
    const writing = this.#write(() => flowing, FLOW_PAUSE)
    return {
      [Symbol.asyncDispose]: async () => {
        flowing = false
        await writing
      },
    }
  }

  async #write(more: () => boolean, rest: number): Promise<void> {
    const { keys, refusedKeys, random, writers } = this.#options
    const writer = async () => {
      while (more()) {
        const refused = refusedKeys.length > 0 && random.next() < REFUSED_SHARE
        const pool = refused ? refusedKeys : keys
        const { answer } = await this.place(pool[random.below(pool.length)] ?? 'key', refused)
        // A service that is down is asked again soon, not in a busy loop.
        const wait = answer.outcome === 'info' ? Math.max(rest, 100) : rest
        if (wait > 0) await pause(wait)
      }
    }
    await Promise.all(Array.from({ length: writers }, writer))
  }

  async #send(command: Command, within = ANSWER_WITHIN): Promise<Answer> {
    const { sent, origin } = this.#options
    const { http } = (command.id === undefined ? undefined : sent.again) ?? sent
    const answer = await send(command, http, origin(), within)
    const { op } = command
    if (answer.outcome === 'ok')
      this.#options.record({ kind: 'op.ok', op, status: answer.status, ...this.#idIn(answer) })
    else if (answer.outcome === 'fail')
      this.#options.record({ kind: 'op.fail', op, status: answer.status, reason: answer.reason })
    else this.#options.record({ kind: 'op.info', op, reason: answer.reason || `HTTP ${answer.status}` })
    return answer
  }

  /** Of the aggregate, where the answer tells it. */
  #idIn({ body }: Answer): { readonly id?: string } {
    const path = this.#options.sent.answer?.id
    const id = path === undefined ? undefined : at(parsed(body), path)
    return typeof id === 'string' || typeof id === 'number' ? { id: String(id) } : {}
  }
}
