import { cpus, loadavg } from 'node:os'

/** Tasks that wanted a core, for each core of this machine, over the last minute. */
export function tasksPerCore(): number {
  const [minute = 0] = loadavg()
  return minute / cpus().length
}
