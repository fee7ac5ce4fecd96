import { join } from 'node:path'
import { type RunningChild, startChild } from '../../../../core/child-process.ts'
import type { Reaper } from '../../../../core/reaper.ts'

export interface JavaOptions {
  readonly java: string
  /** The heap's limit in megabytes. */
  readonly heap: number
  /** What of it new objects get, in megabytes: all of that is touched before the first collection. */
  readonly young: number
  /** An ahead-of-time cache: classes loaded and linked by a training run. Wrong or missing, the JVM goes on without. */
  readonly image?: string
  /** Write such a cache at the end instead. */
  readonly train?: string
  /** The JVM's own defaults instead of ours, for comparison. */
  readonly stock?: boolean
  /** What follows: -cp … Main, or -jar …; and its arguments. */
  readonly program: readonly string[]
  readonly cwd: string
  readonly log: string
  readonly reaper: Reaper
}

/** A JVM tuned for a short life on a small machine: serial collector, first compiler only, its classes preloaded. */
export function startJava(options: JavaOptions): Promise<RunningChild> {
  const { java, heap, young, image, train, stock, program, ...rest } = options
  const tuned = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', `-Xmx${heap}m`, '-Xms64m', `-Xmn${young}m`]
  const ahead = train ? [`-XX:AOTCacheOutput=${train}`] : image ? [`-XX:AOTCache=${join(image)}`] : []
  return startChild({
    command: [java, ...(stock ? [] : [...tuned, ...ahead]), '-Djava.awt.headless=true', ...program],
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC', MALLOC_ARENA_MAX: '2' },
    ...rest,
  })
}
