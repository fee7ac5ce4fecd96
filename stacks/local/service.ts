import { execFile } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { type Exit, type RunningChild, startChild } from '../../core/child-process.ts'
import { type Endpoint, endpointText } from '../../core/endpoint.ts'
import { EventproofError, messageOf } from '../../core/error.ts'
import { connectTo } from '../../core/tcp.ts'
import { until } from '../../core/until.ts'
import { usersEnvironment } from '../../core/users-environment.ts'
import type { Command, RunningService, ServiceEvent, ServiceSpec } from '../stack.ts'
import { onLoopback } from './loopback.ts'
import { becomesFree, expectFree, lastSeen, wordsOf } from './readiness.ts'
import type { Run } from './run.ts'
import { RunningProcess } from './running-process.ts'

export class ServiceDied extends EventproofError {
  override readonly code = 'EVENTPROOF_SERVICE_DIED'
}

export class ServiceNotReady extends EventproofError {
  override readonly code = 'EVENTPROOF_SERVICE_NOT_READY'
}

/**
 * Starts a user's service from a command, and waits until it is ready.
 * @throws {ServiceDied} when it ends before, {ServiceNotReady} after `spec.deadline`, {PortOccupied}
 */
export async function startService(spec: ServiceSpec, command: Command, run: Run): Promise<RunningService> {
  const service = new StartedService(spec, command, run)
  await service.begin()
  return service
}

class StartedService extends RunningProcess implements RunningService {
  readonly instance: number
  readonly #spec: ServiceSpec
  readonly #command: Command
  /** Bytes of the log before this start. */
  #logged = 0
  #wasReady = false
  #began = false

  constructor(spec: ServiceSpec, command: Command, run: Run) {
    super(spec.name, run, { grace: 5000 }, `${spec.name}-${spec.instance}`)
    this.#spec = spec
    this.#command = command
    this.instance = spec.instance
  }

  protected override get component(): boolean {
    return false
  }

  endpoint(): Endpoint {
    return onLoopback(this.#spec.port)
  }

  protected async spawn(): Promise<RunningChild> {
    const { env, port } = this.#spec
    const { command, cwd } = this.#command
    await (this.#began ? becomesFree : expectFree)(this.name, port)
    this.#began = true
    this.#logged = (await stat(this.log).catch(() => undefined))?.size ?? 0
    const child = await startChild({
      command: command as [string, ...string[]],
      cwd,
      env: usersEnvironment(env),
      log: this.log,
      reaper: this.run.reaper,
    }).catch((cause) => {
      throw new ServiceDied(`${this.name} did not start`, {
        what: `${command.join(' ')}: ${messageOf(cause)}`,
        where: cwd,
        hint: 'check `command` of this service in the config',
        cause,
      })
    })
    const id = `process ${child.pid}`
    this.#tell('started', id)
    void child.exited.then((exit) => this.#tell('exited', id, exit))
    return child
  }

  protected async ready(child: RunningChild): Promise<void> {
    await this.#answers(child)
    this.#wasReady = true
    this.#tell('ready')
  }

  override async kill(): Promise<void> {
    if (this.running) this.#tell('killed')
    await super.kill()
  }

  override async pause(): Promise<void> {
    await super.pause()
    this.#tell('stopped')
  }

  override async resume(): Promise<void> {
    await super.resume()
    this.#tell('continued')
  }

  override async stop(grace?: number): Promise<void> {
    if (this.running) this.#tell('ended')
    await super.stop(grace)
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.stop(2000)
  }

  async #answers(child: RunningChild): Promise<void> {
    const { name } = this
    const { deadline } = this.#spec
    const died = new AbortController()
    void child.exited.then((exit) => died.abort(exit))
    try {
      await until((signal) => this.#probe(signal), {
        what: `${name} to be ready`,
        deadline,
        signal: died.signal,
      })
    } catch (cause) {
      const exit = child.exit
      const tail = await child.tail()
      if (exit) {
        throw new ServiceDied(`${name} died at start`, {
          what: `it ended with ${wordsOf(exit)} before it was ready`,
          last: tail,
          log: this.log,
        })
      }
      // One that was ready before is left alone: it may be waiting for the session of the process before it to end.
      if (!this.#wasReady) await this.kill()
      throw new ServiceNotReady(`${name} is not ready`, {
        what: `${this.#question()} was not answered within ${deadline / 1000} s`,
        last: lastSeen(cause),
        log: this.log,
        hint: 'check `ready` of this service in the config, and whether it listens on {port}',
        cause,
      })
    }
  }

  async #probe(signal: AbortSignal): Promise<boolean> {
    const { ready, port } = this.#spec
    if ('tcp' in ready) return connectTo(port, signal)
    if ('check' in ready) return this.#check(ready.check, signal)
    if ('log' in ready) {
      if (ready.log.test(await text(createReadStream(this.log, { start: this.#logged })))) return true
      throw new Error(`no line matches ${ready.log}`)
    }
    const look = AbortSignal.any([signal, AbortSignal.timeout(2000)])
    const response = await fetch(new URL(ready.http, `http://${endpointText(this.endpoint())}`), {
      signal: look,
    })
    await response.body?.cancel()
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    return true
  }

  #question(): string {
    const { ready, port } = this.#spec
    if ('tcp' in ready) return `a connection to ${endpointText(this.endpoint())}`
    if ('check' in ready) return `'${ready.check.join(' ')}'`
    return 'log' in ready ? `a log line like ${ready.log}` : `GET ${ready.http} on port ${port}`
  }

  /** @throws with what it said, where it does not end with 0 */
  async #check([program = '', ...args]: readonly string[], signal: AbortSignal): Promise<true> {
    const { cwd } = this.#command
    const env = usersEnvironment(this.#spec.env)
    await promisify(execFile)(program, args, { cwd, env, signal, timeout: 10_000, killSignal: 'SIGKILL' })
    return true
  }

  #tell(event: ServiceEvent['event'], id = this.id, exit?: Exit): void {
    this.#spec.on?.({ event, id, ...exit })
  }
}
