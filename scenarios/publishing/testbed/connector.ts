import { EventproofError } from '../../../core/error.ts'
import { until } from '../../../core/until.ts'
import type { SlotObserver } from '../../../proof/observers/slot-observer.ts'
import type { RunningConnect } from '../../../stacks/stack.ts'

export class ConnectorFailed extends EventproofError {
  override readonly code = 'EVENTPROOF_CONNECTOR_FAILED'
}

interface Status {
  readonly connector?: { readonly state: string }
  readonly tasks?: readonly { readonly state: string; readonly trace?: string }[]
}

/** A Debezium connector on the stack's Connect worker: the relay of a publisher that is captured. */
export class Connector implements AsyncDisposable {
  readonly name: string
  readonly #connect: RunningConnect
  readonly #slot: SlotObserver

  constructor(name: string, connect: RunningConnect, slot: SlotObserver) {
    this.name = name
    this.#connect = connect
    this.#slot = slot
  }

  /**
   * Creates it and waits until it captures: connector and task run and the WAL is streamed to it, for
   * rows that were committed before are not captured. @throws {ConnectorFailed} with Connect's own message.
   */
  async create(config: Readonly<Record<string, string>>, deadline: number): Promise<void> {
    const answer = await this.#connect.request('PUT', `/connectors/${this.name}/config`, config, deadline)
    if (answer.status >= 300) {
      throw new ConnectorFailed(`connector ${this.name} was refused`, {
        what: `Connect answered ${answer.status}: ${JSON.stringify(answer.body).slice(0, 400)}`,
        hint: 'correct the connector’s settings in the config file',
      })
    }
    await this.capturing(deadline)
  }

  /**
   * Waits until it captures again.
   * @param before a backend that held the slot and may linger; another one must stream. Default: any.
   * @returns the backend that streams to it.
   */
  async capturing(deadline: number, before?: number): Promise<number> {
    let status: Status | undefined
    try {
      return await until(
        async () => {
          status = await this.status()
          const running =
            status.connector?.state === 'RUNNING' &&
            (status.tasks?.length ?? 0) > 0 &&
            status.tasks?.every(({ state }) => state === 'RUNNING')
          if (!running) return undefined
          const { streaming, pid } = await this.#slot.look()
          return streaming && pid !== before ? pid : undefined
        },
        { what: `connector ${this.name} to capture`, deadline, every: 100 },
      )
    } catch (cause) {
      const trace = status?.tasks?.find((task) => task.trace)?.trace
      throw new ConnectorFailed(`connector ${this.name} does not capture`, {
        what: `not within ${deadline / 1000} s`,
        last: trace === undefined ? JSON.stringify(status ?? {}) : rootOf(trace),
        cause,
      })
    }
  }

  async status(): Promise<Status> {
    return (await this.#connect.request('GET', `/connectors/${this.name}/status`)).body as Status
  }

  async restartTask(): Promise<void> {
    await this.#expect('POST', `/connectors/${this.name}/restart?includeTasks=true`)
  }

  /** Stops the connector and waits until its task is gone and the slot is free. */
  async stop(deadline = 20_000): Promise<void> {
    await this.#expect('PUT', `/connectors/${this.name}/stop`)
    await until(
      async () => {
        const { connector, tasks } = await this.status()
        return connector?.state === 'STOPPED' && tasks?.length === 0 && !(await this.#slot.look()).active
      },
      { what: `connector ${this.name} to stop`, deadline, every: 100 },
    )
  }

  async resume(): Promise<void> {
    await this.#expect('PUT', `/connectors/${this.name}/resume`)
  }

  /** A worker that is rebalancing answers 409; it is asked again. */
  async #expect(method: 'PUT' | 'POST' | 'DELETE', path: string): Promise<void> {
    await until(
      async () => {
        const { status, body } = await this.#connect.request(method, path)
        if (status === 409 || status >= 500) throw new Error(`HTTP ${status}: ${JSON.stringify(body)}`)
        if (status >= 400 && status !== 404) {
          throw new ConnectorFailed(`Connect refused ${method} ${path}`, {
            what: `HTTP ${status}: ${JSON.stringify(body)}`,
          })
        }
        return true
      },
      { what: `${method} ${path}`, deadline: 20_000, every: 200 },
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#expect('DELETE', `/connectors/${this.name}`)
    await until(async () => !(await this.#slot.look()).active, {
      what: `connector ${this.name} to let go of its slot`,
      deadline: 15_000,
      every: 100,
    }).catch(() => {})
  }
}

/** Its first line, and the last cause: what is between says through which layers it came. */
export function rootOf(trace: string): string {
  const [first = '', ...lines] = trace.split('\n')
  const cause = lines.findLast((line) => line.startsWith('Caused by: '))
  return cause === undefined ? first : `${first} … ${cause}`
}
