import { setTimeout as pause } from 'node:timers/promises'
import type { V1Container, V1Lifecycle, V1LifecycleHandler } from '@kubernetes/client-node'
import type { Exit, RunningChild } from '../../../../core/child-process.ts'
import type { Reaper } from '../../../../core/reaper.ts'
import { runCommand } from './container-command.ts'
import { portNumber } from './local-image.ts'
import { httpAnswers, type PortOf, tcpAnswers } from './probe-request.ts'
import { watchProbe } from './prober.ts'
import type { LocalPorts, ProcessSpec } from './process-spec.ts'
import { aborted, Termination } from './termination.ts'

export interface AttemptOptions {
  readonly container: V1Container
  readonly spec: ProcessSpec
  readonly ports: LocalPorts
  readonly child: RunningChild
  readonly reaper: Reaper
  /** Of the pod; milliseconds. */
  readonly grace: number
  /** The pod's end. */
  readonly end: Termination
  /** Told whenever one of both turns. */
  readonly turned: (now: { readonly started: boolean; readonly ready: boolean }) => void
  /** Told when a probe condemns the process. */
  readonly condemned: (reason: string) => void
}

/** One process of a container, from its start to its end, with its probes and its way out. */
export class Attempt {
  readonly #options: AttemptOptions
  /** Its own end: a probe condemned it. The pod goes on. */
  readonly #own = new Termination()
  #started = false
  #ready = false

  constructor(options: AttemptOptions) {
    this.#options = options
  }

  /** Resolves when the process and everything that it left behind is gone. */
  async run(): Promise<Exit> {
    const { child, end } = this.#options
    using own = this.#own
    const exited = new AbortController()
    const probes = this.#probe(exited.signal)
    await Promise.race([child.exited, aborted(AbortSignal.any([end.asked, own.asked]))])
    if (child.running) await this.#shutDown(AbortSignal.any([end.over, own.over]))
    exited.abort()
    const exit = await child.exited
    // A container ends with its first process; here its group is what would stay.
    await child.kill()
    await probes
    return exit
  }

  /** Only the first process is asked, as in a container: a shell that does not pass SIGTERM on is a finding. */
  async #shutDown(over: AbortSignal): Promise<void> {
    const { child, container } = this.#options
    await Promise.race([this.#preStop(container.lifecycle, over), child.exited])
    if (child.running) {
      child.signal('SIGCONT')
      sendTo(child.pid, (container.lifecycle?.stopSignal as NodeJS.Signals | undefined) ?? 'SIGTERM')
    }
    await Promise.race([child.exited, aborted(over)])
    if (child.running) await child.kill()
  }

  async #preStop(lifecycle: V1Lifecycle | undefined, over: AbortSignal): Promise<void> {
    const { preStop } = lifecycle ?? {}
    if (preStop?.sleep) {
      await pause(1000 * preStop.sleep.seconds, undefined, { signal: over }).catch(() => {})
    } else if (preStop) await this.#act(preStop, over)
  }

  async #probe(exited: AbortSignal): Promise<void> {
    const { startupProbe, readinessProbe, livenessProbe } = this.#options.container
    const lasting = AbortSignal.any([exited, this.#options.end.asked, this.#own.asked])
    if (startupProbe) {
      const passed = new AbortController()
      const turned = (passing: boolean) => {
        if (!passing) this.#condemn('the startup probe failed', startupProbe.terminationGracePeriodSeconds)
        passed.abort()
      }
      const signal = AbortSignal.any([lasting, passed.signal])
      await watchProbe({ probe: startupProbe, look: (s) => this.#act(startupProbe, s), turned, signal })
    }
    if (lasting.aborted) return
    this.#turn({ started: true, ready: readinessProbe === undefined })
    await Promise.all([
      readinessProbe &&
        watchProbe({
          probe: readinessProbe,
          look: (s) => this.#act(readinessProbe, s),
          turned: (ready) => this.#turn({ started: true, ready }),
          eager: true,
          signal: exited,
        }),
      livenessProbe &&
        watchProbe({
          probe: livenessProbe,
          look: (s) => this.#act(livenessProbe, s),
          turned: (alive) => {
            if (!alive)
              this.#condemn('the liveness probe failed', livenessProbe.terminationGracePeriodSeconds)
          },
          signal: lasting,
        }),
    ])
  }

  #act(action: V1LifecycleHandler, signal: AbortSignal): Promise<boolean> {
    const { container, spec, ports, reaper } = this.#options
    const portOf: PortOf = (port) => {
      const number = portNumber(container, port) ?? 0
      return ports.get(number) ?? number
    }
    if (action.httpGet) return httpAnswers(action.httpGet, portOf, signal)
    if (action.tcpSocket) return tcpAnswers(action.tcpSocket, portOf, signal)
    return runCommand(action.exec?.command ?? [], spec, reaper, signal)
  }

  #condemn(reason: string, seconds: number | undefined): void {
    this.#options.condemned(reason)
    this.#own.begin(seconds === undefined ? this.#options.grace : seconds * 1000)
  }

  #turn(now: { readonly started: boolean; readonly ready: boolean }): void {
    if (now.started === this.#started && now.ready === this.#ready) return
    this.#started = now.started
    this.#ready = now.ready
    this.#options.turned(now)
  }
}

function sendTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
