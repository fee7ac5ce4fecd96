import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type RunningChild, startChild } from '../../../../core/child-process.ts'
import type { Endpoint } from '../../../../core/endpoint.ts'
import { connectTo } from '../../../../core/tcp.ts'
import { ToxiproxyControl } from '../../../clients/toxiproxy-control.ts'
import { type ByteCounter, countBytes } from '../../../local/byte-counter.ts'
import { LOOPBACK, onLoopback } from '../../../local/loopback.ts'
import { becomeReady, expectFree } from '../../../local/readiness.ts'
import type { Run } from '../../../local/run.ts'
import { RunningProcess } from '../../../local/running-process.ts'
import type { Direction, Link } from '../../../stack.ts'

export interface LinkOptions {
  readonly name: string
  readonly to: Link['to']
  /** The cached server program. */
  readonly program: string
  /** Where clients connect. */
  readonly port: number
  /** Where the target listens. */
  readonly target: Endpoint
  /** Milliseconds that one call to Toxiproxy may take. */
  readonly patience?: number
}

/** client → Toxiproxy (faults) → counter (evidence) → target. */
export async function startLink(options: LinkOptions, run: Run): Promise<Link> {
  const api = await run.ports.allocate()
  const counter = await countBytes(await run.ports.allocate(), options.target)
  const link = new ToxiproxyLink(options, run, api, counter)
  await link.begin()
  return link
}

class ToxiproxyLink extends RunningProcess implements Link {
  readonly #options: LinkOptions
  readonly #api: number
  readonly #counter: ByteCounter
  readonly #control: ToxiproxyControl

  constructor(options: LinkOptions, run: Run, api: number, counter: ByteCounter) {
    super(options.name, run, { grace: 1000 }, `link-${options.name}`)
    this.#options = options
    this.#api = api
    this.#counter = counter
    const { name, port, patience } = options
    this.#control = new ToxiproxyControl({
      name,
      api: onLoopback(api),
      listen: onLoopback(port),
      upstream: onLoopback(counter.port),
      log: this.log,
      ...(patience === undefined ? {} : { patience }),
    })
  }

  get to(): Link['to'] {
    return this.#options.to
  }

  endpoint(): Endpoint {
    return onLoopback(this.#options.port)
  }

  protected async spawn(): Promise<RunningChild> {
    const { port, program } = this.#options
    await expectFree(`link ${this.name}`, port, this.#api)
    const config = join(this.run.data, `link-${this.name}-${port}.json`)
    await writeFile(config, this.#control.config)
    return startChild({
      command: [program, '-host', LOOPBACK, '-port', String(this.#api), '-config', config],
      cwd: this.run.data,
      env: { LOG_LEVEL: 'warn', GOMAXPROCS: '2' },
      log: this.log,
      reaper: this.run.reaper,
    })
  }

  /** A Toxiproxy without faults, and seen so: enabled, no toxic, connections accepted. */
  protected async ready(child: RunningChild): Promise<void> {
    const component = `link ${this.name}`
    const what = 'the link to be open and without faults'
    await becomeReady(child, { component, what, deadline: 10_000, every: 10 }, async (signal) => {
      await this.#control.expectClean()
      return connectTo(this.#options.port, signal)
    })
  }

  cut(): Promise<void> {
    return this.#control.cut()
  }

  blackhole(direction: Direction): Promise<void> {
    return this.#control.blackhole(direction)
  }

  slow(direction: Direction, milliseconds: number): Promise<void> {
    return this.#control.slow(direction, milliseconds)
  }

  reset(direction: Direction): Promise<void> {
    return this.#control.reset(direction)
  }

  async heal(): Promise<void> {
    await this.kill()
    await this.begin()
  }

  async traffic(): Promise<{ readonly requests: number; readonly responses: number }> {
    const { requests, responses } = this.#counter
    return { requests, responses }
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await super[Symbol.asyncDispose]()
    await this.#counter[Symbol.asyncDispose]()
    await Promise.all([this.#api, this.#counter.port].map((port) => this.run.ports.release(port)))
  }
}
