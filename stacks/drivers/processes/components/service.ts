import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Exit, type RunningChild, startChild } from '../../../../core/child-process.ts'
import { EventproofError, messageOf } from '../../../../core/error.ts'
import { connectTo } from '../../../../core/tcp.ts'
import { until } from '../../../../core/until.ts'
import type { RunningService, ServiceEvent, ServiceSpec } from '../../../stack.ts'
import type { Run } from '../run.ts'
import { expectFree, lastSeen, wordsOf } from './readiness.ts'

export class ServiceDied extends EventproofError {
  override readonly code = 'EVENTPROOF_SERVICE_DIED'
}

export class ServiceNotReady extends EventproofError {
  override readonly code = 'EVENTPROOF_SERVICE_NOT_READY'
}

/**
 * Starts a user's service and waits until it is ready.
 * @throws {ServiceDied} when it ends before, {ServiceNotReady} after `spec.deadline`, {PortOccupied}
 */
export async function startService(spec: ServiceSpec, run: Run): Promise<RunningService> {
  const service = new StartedService(spec, run)
  await service.begin()
  return service
}

class StartedService implements RunningService {
  readonly name: string
  readonly instance: number
  readonly port: number
  readonly log: string
  readonly #spec: ServiceSpec
  readonly #run: Run
  #child: RunningChild | undefined

  constructor(spec: ServiceSpec, run: Run) {
    this.#spec = spec
    this.#run = run
    this.name = spec.name
    this.instance = spec.instance
    this.port = spec.port
    this.log = join(run.logs, `${spec.name}-${spec.instance}.log`)
  }

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  get running(): boolean {
    return this.#child?.running ?? false
  }

  async begin(): Promise<void> {
    const { command, cwd, env, name } = this.#spec
    await expectFree(name, this.port)
    const from = (await stat(this.log).catch(() => undefined))?.size ?? 0
    const child = await startChild({
      command: command as [string, ...string[]],
      cwd,
      env: environment(env),
      log: this.log,
      reaper: this.#run.reaper,
    }).catch((cause) => {
      throw new ServiceDied(`${name} did not start`, {
        what: `${command.join(' ')}: ${messageOf(cause)}`,
        where: cwd,
        hint: 'check `command` of this service in the config',
        cause,
      })
    })
    this.#child = child
    this.#tell('started')
    void child.exited.then((exit) => this.#tell('exited', exit, child.pid))
    await this.#ready(child, from)
    this.#tell('ready')
  }

  async kill(): Promise<void> {
    if (this.running) this.#tell('killed')
    await this.#child?.kill()
  }

  pause(): void {
    this.#child?.signal('SIGSTOP')
    this.#tell('stopped')
  }

  resume(): void {
    this.#child?.signal('SIGCONT')
    this.#tell('continued')
  }

  async stop(grace = 5000): Promise<void> {
    if (this.running) this.#tell('ended')
    await this.#child?.stop(grace)
  }

  async restart(): Promise<void> {
    if (this.running) await this.stop()
    await this.begin()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop(2000)
  }

  async #ready(child: RunningChild, from: number): Promise<void> {
    const { name, deadline } = this.#spec
    const died = new AbortController()
    void child.exited.then((exit) => died.abort(exit))
    try {
      await until((signal) => this.#probe(from, signal), {
        what: `${name} to be ready`,
        deadline,
        signal: died.signal,
      })
    } catch (cause) {
      const exit = child.exit
      const tail = await child.tail()
      await child.kill()
      if (exit) {
        throw new ServiceDied(`${name} died at start`, {
          what: `it ended with ${wordsOf(exit)} before it was ready`,
          last: tail,
          log: this.log,
        })
      }
      throw new ServiceNotReady(`${name} is not ready`, {
        what: `${this.#question()} was not answered within ${deadline / 1000} s`,
        last: lastSeen(cause),
        log: this.log,
        hint: 'check `ready` of this service in the config, and whether it listens on {port}',
        cause,
      })
    }
  }

  async #probe(from: number, signal: AbortSignal): Promise<boolean> {
    const { ready } = this.#spec
    if ('tcp' in ready) return connectTo(this.port, signal)
    if ('log' in ready) {
      if (ready.log.test(await text(createReadStream(this.log, { start: from })))) return true
      throw new Error(`no line matches ${ready.log}`)
    }
    const look = AbortSignal.any([signal, AbortSignal.timeout(2000)])
    const response = await fetch(new URL(ready.http, `http://127.0.0.1:${this.port}`), { signal: look })
    await response.body?.cancel()
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    return true
  }

  #question(): string {
    const { ready } = this.#spec
    if ('tcp' in ready) return `a connection to 127.0.0.1:${this.port}`
    return 'log' in ready ? `a log line like ${ready.log}` : `GET ${ready.http} on port ${this.port}`
  }

  #tell(event: ServiceEvent['event'], exit?: Exit, pid = this.pid): void {
    this.#spec.on?.({ event, pid, ...exit })
  }
}

/**
 * Our own environment, but for what steers our own node, then the service's. The running node's folder comes first
 * on PATH, so that `node` is the node of this run.
 */
function environment(own: Readonly<Record<string, string>>): Record<string, string> {
  const steersUs = /^(NODE_OPTIONS|NODE_TEST_CONTEXT|NODE_V8_COVERAGE|EVENTPROOF_.*|npm_.*)$/
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !steersUs.test(entry[0]),
  )
  const env = { ...Object.fromEntries(inherited), ...own }
  return { ...env, PATH: [dirname(process.execPath), env.PATH].filter(Boolean).join(delimiter) }
}
