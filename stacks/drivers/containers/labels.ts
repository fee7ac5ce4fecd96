import { hostname } from 'node:os'
import { identityOf } from '../../../core/process-identity.ts'

/** On all that a run creates in an engine: the run's id. */
export const RUN_LABEL = 'eventproof.run'
/** Whose process the run is: `host pid start`. */
export const OWNER_LABEL = 'eventproof.owner'

export function labelsOf(run: string): Readonly<Record<string, string>> {
  return { [RUN_LABEL]: run, [OWNER_LABEL]: owner(process.pid) }
}

/** Whether the process that owns such a thing is gone. One of another machine may live: nobody here can tell. */
export function orphaned(labels: Readonly<Record<string, string>> | null): boolean {
  const [host, pid] = (labels?.[OWNER_LABEL] ?? '').split(' ')
  return host === hostname() && labels?.[OWNER_LABEL] !== owner(Number(pid))
}

function owner(pid: number): string {
  return `${hostname()} ${pid} ${identityOf(pid)?.start ?? 'gone'}`
}
