import { chmod, mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Cache } from '../../../core/cache.ts'
import { cacheFolder } from '../../../core/cache-folder.ts'
import { Ports } from '../../../core/ports.ts'
import type { ReportProgress } from '../../../core/progress.ts'
import { Reaper } from '../../../core/reaper.ts'
import type { Stack } from '../../stack.ts'
import { lackingHere } from './artifacts/obtainable.ts'
import { ProcessStack, type ProcessStackOptions } from './process-stack.ts'
import { expectReachable } from './reachable.ts'

export interface OpenStackOptions extends ProcessStackOptions {
  /** Folder of the log files; made where absent. */
  readonly logs: string
  readonly onProgress?: ReportProgress
  /** Where artifacts are kept; default {@link cacheFolder}. */
  readonly cache?: string
}

/**
 * A stack of child processes on this machine. Nothing is downloaded or started before it is asked for; when this
 * process ends, however it ends, what was started ends with it.
 */
export async function openStack(options: OpenStackOptions): Promise<Stack> {
  const report = options.onProgress ?? (() => {})
  const root = options.cache ?? cacheFolder()
  expectReachable(root, 'EVENTPROOF_CACHE')
  expectReachable(tmpdir(), 'TMPDIR')
  const reaper = new Reaper()
  const cache = new Cache(root, report, reaper.environment)
  const data = await mkdtemp(join(tmpdir(), 'eventproof-'))
  reaper.path(data)
  // Postgres may run as another user: it must be able to pass, and nothing more.
  await chmod(data, 0o711)
  await mkdir(options.logs, { recursive: true })
  const run = { logs: options.logs, data, reaper, ports: new Ports(), report }
  const lacking = await lackingHere(cache)
  return new ProcessStack(run, cache, { ...options, lacking })
}
