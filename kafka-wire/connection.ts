import type { Socket } from 'node:net'
import { Answers } from './answers.ts'
import type { Conversation, Wire } from './conversation.ts'
import { Exchanges } from './exchanges.ts'
import type { RequestHead } from './head.ts'
import type { Intake } from './intake.ts'
import { Lane } from './lane.ts'
import { Requests } from './requests.ts'
import type { Origin } from './seen.ts'

/** Requests that may wait for their answers on one connection before it is no longer believed. */
const MOST_OPEN = 10_000

/** One client's connection to one broker, and what both directions of it know. */
export class Connection implements Conversation {
  readonly id: number
  readonly wire: Wire
  readonly exchanges = new Exchanges()
  /** Topics of the fetch session. */
  readonly fetching = new Set<string>()
  readonly closed = new AbortController()
  /** Nothing that the broker answers arrives any more. */
  mute = false
  /** Nothing that is asked from now on is answered; what was asked before is. */
  unheard = false
  readonly #sockets: readonly Socket[]
  readonly #up: Lane
  readonly #down: Lane

  constructor(id: number, wire: Wire, client: Socket, broker: Socket, intake: Intake) {
    this.id = id
    this.wire = wire
    this.#sockets = [client, broker]
    this.closed.signal.addEventListener('abort', () => wire.software.forget(id))
    const requests = new Requests(this)
    const answers = new Answers(this)
    const lost = (reason: string) => this.goBlind(reason)
    this.#up = new Lane({ from: client, to: broker, open: (bytes, at) => requests.open(bytes, at), lost })
    this.#down = new Lane({
      from: broker,
      to: client,
      open: (bytes, at) => answers.open(bytes, at),
      between: () => (this.mute ? [] : this.exchanges.ready()),
      lost,
    })
    intake.take = (chunk) => this.#down.take(chunk)
    intake.isFree = () => client.writableLength === 0
    for (const [socket, other] of [
      [client, broker],
      [broker, client],
    ] as const) {
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        this.closed.abort()
        // What the other side still has to send is sent.
        other.destroySoon()
      })
    }
  }

  origin({ clientId, version, correlationId }: RequestHead): Origin {
    const { id, wire } = this
    const software = wire.software.of(id, clientId)
    return { connection: id, clientId, software, version, correlationId, at: wire.clock.monotonic() }
  }

  /** Looks into nothing that passes here from now on. */
  goBlind(reason: string): void {
    this.wire.gap(reason)
    this.#up.goBlind()
    this.#down.goBlind()
  }

  /** After a request was passed on: an answer of ours may have its turn, and none may wait for ever. */
  asked(): void {
    this.#down.interject()
    if (this.exchanges.size > MOST_OPEN) this.goBlind('requests that nobody answers')
  }

  end(): void {
    for (const socket of this.#sockets) socket.destroy()
  }
}
