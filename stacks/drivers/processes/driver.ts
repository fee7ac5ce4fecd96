import { chmod, mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Cache } from '../../../core/cache.ts'
import { cacheFolder } from '../../../core/cache-folder.mjs'
import { Ports } from '../../../core/ports.ts'
import { Reaper } from '../../../core/reaper.ts'
import type { Driver, StackOptions } from '../../driver.ts'
import { Watch } from '../../local/watch.ts'
import type { Stack } from '../../stack.ts'
import { lackingHere } from './artifacts/obtainable.ts'
import { diagnose } from './doctor/doctor.ts'
import { ProcessStack } from './process-stack.ts'
import { expectReachable } from './reachable.ts'

/** The real components as child processes of this one, on this machine's loopback. */
export const driver: Driver = { open, diagnose }

async function open(options: StackOptions): Promise<Stack> {
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
  const run = { logs: options.logs, data, reaper, ports: new Ports(), report, watch: new Watch() }
  const lacking = await lackingHere(cache)
  return new ProcessStack(run, cache, { ...options, lacking })
}
