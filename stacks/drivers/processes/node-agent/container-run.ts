import { stat } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { V1Container } from '@kubernetes/client-node'
import { type RunningChild, startChild } from '../../../../core/child-process.ts'
import type { Clock } from '../../../../core/clock.ts'
import { messageOf } from '../../../../core/error.ts'
import { logTail } from '../../../../core/log-tail.ts'
import type { Reaper } from '../../../../core/reaper.ts'
import { Attempt } from './attempt.ts'
import { type BackOff, backOff, type RestartPolicy, recovered, restarts } from './back-off.ts'
import {
  type ContainerRecord,
  type ContainerState,
  CREATING,
  type Ended,
  exitCode,
} from './container-state.ts'
import type { PodEvent } from './pod-event.ts'
import type { LocalPorts, ProcessSpec } from './process-spec.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import { aborted, type Termination } from './termination.ts'

export interface Prepared {
  readonly spec: ProcessSpec
  readonly ports: LocalPorts
}

export interface ContainerOptions {
  readonly container: V1Container
  readonly policy: RestartPolicy
  readonly backOff: BackOff
  /** Of the pod; milliseconds. */
  readonly grace: number
  /** `<name>_<namespace>(<uid>)`, as a kubelet calls it in messages. */
  readonly podName: string
  readonly clock: Clock
  readonly reaper: Reaper
  /** The log file of one process of this container; 0 is the first. */
  readonly log: (restarts: number) => string
  /** Makes out what to run; asked again until it is no refusal. Never rejects. */
  readonly prepare: () => Promise<Prepared | Refusal>
  /** Told after each change of `record`. */
  readonly changed: () => void
  readonly tell: (event: Pick<PodEvent, 'event' | 'pid' | 'restarts' | 'code' | 'signal' | 'reason'>) => void
}

/** Between two looks whether a refusal still holds; milliseconds. */
const RETRY = { first: 100, longest: 2000 }

/** A container of a pod: one process after the other, until its policy or its pod's end ends it. */
export class ContainerRun {
  readonly #options: ContainerOptions
  #record: ContainerRecord = CREATING
  #child: RunningChild | undefined

  constructor(options: ContainerOptions) {
    this.#options = options
  }

  get name(): string {
    return this.#options.container.name
  }

  get record(): ContainerRecord {
    return this.#record
  }

  /** Undefined while no process of it runs. */
  get pid(): number | undefined {
    return this.#child?.running ? this.#child.pid : undefined
  }

  /** The log of its newest process, or of the one before. */
  log(previous = false): string {
    return this.#options.log(Math.max(0, this.#record.restarts - (previous ? 1 : 0)))
  }

  /** SIGKILL, as a fault: false when no process of it runs. Its policy decides what happens then. */
  async kill(): Promise<boolean> {
    const child = this.#child
    if (!child?.running) return false
    this.#options.tell({ event: 'killed', pid: child.pid, restarts: this.#record.restarts })
    await child.kill()
    return true
  }

  /** Resolves when nothing of it runs and nothing will. */
  async run(end: Termination): Promise<void> {
    const { policy, clock } = this.#options
    const asked = aborted(end.asked)
    let ends = 0
    while (!end.asked.aborted) {
      const prepared = await this.#prepared(end.asked, asked)
      if (!prepared) return
      const begun = clock.monotonic()
      const ended = await this.#attempt(prepared, end)
      this.#set({ is: 'terminated', ended })
      if (end.asked.aborted || !restarts(policy, ended.exitCode)) return
      ends = recovered(this.#options.backOff, clock.monotonic() - begun) ? 1 : ends + 1
      await this.#backOff(ended, ends, end.asked)
    }
  }

  /** Undefined when the end was asked for before it could be started. */
  async #prepared(asked: AbortSignal, over: Promise<void>): Promise<Prepared | undefined> {
    for (let wait = RETRY.first; !asked.aborted; wait = Math.min(2 * wait, RETRY.longest)) {
      // An API server that hangs must not keep it from ending.
      const found = await Promise.race([this.#options.prepare(), over])
      if (!found || asked.aborted) return undefined
      if (!isRefusal(found)) return found
      const { state } = this.#record
      const same = state.is === 'waiting' && state.reason === found.reason && state.message === found.message
      if (!same) {
        this.#options.tell({ event: 'refused', reason: `${found.reason}: ${found.message}` })
        this.#set({ is: 'waiting', reason: found.reason, message: found.message })
      }
      await pause(wait, undefined, { signal: asked }).catch(() => {})
    }
    return undefined
  }

  async #attempt(prepared: Prepared, end: Termination): Promise<Ended> {
    const { container, grace, reaper, clock, tell } = this.#options
    const { restarts } = this.#record
    const startedAt = clock.now()
    const log = this.#options.log(restarts)
    let child: RunningChild
    try {
      child = await startChild({ ...prepared.spec, log, reaper })
    } catch (error) {
      const message = await startError(error, prepared.spec.cwd)
      tell({ event: 'exited', restarts, code: 128, reason: message })
      return { exitCode: 128, reason: 'StartError', message, startedAt, finishedAt: clock.now() }
    }
    this.#child = child
    const { pid } = child
    const running = { is: 'running', pid, startedAt } as const
    this.#set({ ...running, started: false, ready: false })
    tell({ event: 'started', pid, restarts })
    let wasReady = false
    const turned = (now: { readonly started: boolean; readonly ready: boolean }) => {
      this.#set({ ...running, ...now })
      if (now.ready !== wasReady) tell({ event: now.ready ? 'ready' : 'unready', pid, restarts })
      wasReady = now.ready
    }
    let doom: string | undefined
    const condemned = (reason: string) => {
      doom = reason
    }
    const attempt = new Attempt({ ...prepared, container, child, reaper, grace, end, turned, condemned })
    const exit = await attempt.run()
    tell({ event: 'exited', pid, restarts, ...exit, ...(doom ? { reason: doom } : {}) })
    const code = exitCode(exit)
    const words = code === 0 ? doom : [doom, await logTail(log, 5)].filter(Boolean).join('\n')
    return {
      exitCode: code,
      reason: code === 0 ? 'Completed' : 'Error',
      pid,
      startedAt,
      finishedAt: clock.now(),
      ...(words ? { message: words.slice(-1024) } : {}),
    }
  }

  async #backOff(ended: Ended, ends: number, asked: AbortSignal): Promise<void> {
    const { container, podName } = this.#options
    const wait = backOff(this.#options.backOff, ends)
    if (wait > 0) {
      const message = `back-off ${wait / 1000}s restarting failed container=${container.name} pod=${podName}`
      this.#record = { ...this.#record, last: ended }
      this.#set({ is: 'waiting', reason: 'CrashLoopBackOff', message })
      await pause(wait, undefined, { signal: asked }).catch(() => {})
    }
    if (asked.aborted) this.#set({ is: 'terminated', ended })
    else this.#record = { ...this.#record, last: ended, restarts: this.#record.restarts + 1 }
  }

  #set(state: ContainerState): void {
    this.#record = { ...this.#record, state }
    this.#options.changed()
  }
}

/** The system says ENOENT for a missing program and for a missing folder alike. */
async function startError(error: unknown, cwd: string): Promise<string> {
  const folder = await stat(cwd).catch(() => undefined)
  return folder?.isDirectory() ? messageOf(error) : `the working folder ${cwd} is not on this machine`
}
