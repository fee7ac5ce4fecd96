import type { Armed } from './fault.ts'
import type { RequestHead } from './head.ts'
import type { Api } from './schemas/message.ts'
import type { RequestSeen } from './seen.ts'

/** A request and what is to become of its answer. */
export interface Exchange {
  readonly head: RequestHead
  /** Absent where the request was passed on unread. */
  readonly api?: Api
  request?: RequestSeen
  /** The fault that its answer meets. */
  readonly armed?: Armed
  /** The answer is ours: the broker never saw the request. */
  readonly answer?: Buffer
  /** The client has had its answer. */
  readonly swallow?: true
}

/** Open requests of one connection, in order: a broker answers them one after the other. */
export class Exchanges {
  #open: Exchange[] = []

  get size(): number {
    return this.#open.length
  }

  add(exchange: Exchange): void {
    this.#open.push(exchange)
  }

  /** No answer will come. */
  forget(exchange: Exchange): void {
    this.#open = this.#open.filter((each) => each !== exchange)
  }

  /** The request that an answer belongs to; what was asked before it stays unanswered. */
  answered(correlationId: number): Exchange | undefined {
    const at = this.#open.findIndex(({ head, answer }) => !answer && head.correlationId === correlationId)
    if (at < 0) return undefined
    if (at === 0) return this.#open.shift()
    const [exchange] = this.#open.splice(at, 1)
    this.#open = [...this.#open.slice(0, at).filter(({ answer }) => answer), ...this.#open.slice(at)]
    return exchange
  }

  /** Our own answers whose turn has come. */
  ready(): Buffer[] {
    const answers: Buffer[] = []
    while (this.#open[0]?.answer) answers.push((this.#open.shift() as Exchange).answer as Buffer)
    return answers
  }
}
