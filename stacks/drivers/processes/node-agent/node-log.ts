import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../../../core/clock.ts'
import { messageOf } from '../../../../core/error.ts'
import type { PodEvent } from './pod-event.ts'

/** What a node did, one line each: what one reads when a pod is not what it should be. */
export class NodeLog {
  readonly path: string
  readonly #clock: Clock
  #last = ''

  constructor(folder: string, node: string, clock: Clock) {
    this.path = join(folder, `node-${node}.log`)
    this.#clock = clock
  }

  event({ event, namespace, pod, container, pid, restarts, code, signal, reason }: PodEvent): void {
    const whose = [`${namespace}/${pod}`, container].filter(Boolean).join(' ')
    const facts = { pid, restarts, code, signal, reason }
    const known = Object.entries(facts).filter(([, value]) => value !== undefined && value !== null)
    this.#write(`${event} ${whose} ${known.map(([key, value]) => `${key}=${value}`).join(' ')}`)
  }

  /** The same trouble in a row is written once: a server that is down would fill the disk. */
  trouble(what: string, error: unknown): void {
    const line = `! ${what}: ${messageOf(error)}`
    if (line !== this.#last) this.#write(line)
  }

  #write(line: string): void {
    this.#last = line
    try {
      appendFileSync(this.path, `${this.#clock.now().toISOString()} ${line.trimEnd()}\n`)
    } catch {
      // A log that cannot be written is no reason to drop pods.
    }
  }
}
