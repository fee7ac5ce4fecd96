import type { Exit, RunningChild } from '../../core/child-process.ts'
import { type ErrorDetail, EventproofError, messageOf } from '../../core/error.ts'
import { isFree } from '../../core/ports.ts'
import { DeadlinePassed, until } from '../../core/until.ts'

export class ComponentNotReady extends EventproofError {
  override readonly code = 'EVENTPROOF_COMPONENT_NOT_READY'

  constructor(component: string, detail: ErrorDetail) {
    super(`${component} is not ready`, detail)
  }
}

export class PortOccupied extends EventproofError {
  override readonly code = 'EVENTPROOF_PORT_OCCUPIED'

  constructor(component: string, port: number) {
    super(`${component} cannot have its port`, {
      what: `something else listens on 127.0.0.1:${port}`,
      hint: 'end that process, or start again: another port is taken then',
    })
  }
}

/** What answers must be ours, so nothing may answer before we start. @throws {PortOccupied} */
export async function expectFree(component: string, ...ports: readonly number[]): Promise<void> {
  for (const port of ports) if (!(await isFree(port))) throw new PortOccupied(component, port)
}

/** Milliseconds until the sockets of a process that was ended are gone: its last threads may hold them for a while. */
const LET_GO = 10_000

/** The same, where a process of ours may have had the port until just now. @throws {PortOccupied} */
export async function becomesFree(component: string, port: number, patience = LET_GO): Promise<void> {
  try {
    await until(() => isFree(port), { what: `port ${port} to be free`, deadline: patience, every: 20 })
  } catch (error) {
    throw error instanceof DeadlinePassed ? new PortOccupied(component, port) : error
  }
}

export interface ReadinessOptions {
  readonly component: string
  /** What counts as ready, in words. */
  readonly what: string
  readonly deadline: number
  readonly every?: number
}

/**
 * Resolves with what `probe` gives, as soon as it gives something. A child that ends first, or a deadline that
 * passes, ends the child and is told with the last lines of its log.
 * @throws {ComponentNotReady}
 */
export async function becomeReady<T>(
  child: RunningChild,
  { component, what, deadline, every }: ReadinessOptions,
  probe: (signal: AbortSignal) => Promise<T | undefined | false>,
): Promise<T> {
  const died = new AbortController()
  void child.exited.then((exit) => died.abort(exit))
  try {
    return await until(probe, { what, deadline, signal: died.signal, ...(every ? { every } : {}) })
  } catch (cause) {
    const tail = await child.tail()
    const exit = child.exit
    await child.kill()
    throw new ComponentNotReady(component, {
      what: exit ? `it died at start (${wordsOf(exit)})` : `${what}: not within ${deadline / 1000} s`,
      last: exit ? tail : `${lastSeen(cause)}\n${tail}`,
      log: child.log,
      hint: '`eventproof doctor` checks memory, disk and the cache',
      ...(exit ? {} : { cause }),
    })
  }
}

export function lastSeen(error: unknown): string {
  return error instanceof DeadlinePassed ? (error.detail.last ?? '') : messageOf(error)
}

export function wordsOf({ code, signal }: Exit): string {
  return signal ? `signal ${signal}` : `exit code ${code}`
}
