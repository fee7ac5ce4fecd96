import { startChild } from '../../../../core/child-process.ts'
import type { Reaper } from '../../../../core/reaper.ts'
import type { ProcessSpec } from './process-spec.ts'
import { aborted } from './termination.ts'

/**
 * Runs a probe's or a hook's command beside the container's process, as if inside it: same folder, same environment.
 * Resolves with true when it ended with 0 before `signal`; then all of it is gone in any case.
 */
export async function runCommand(
  command: readonly string[],
  { cwd, env }: ProcessSpec,
  reaper: Reaper,
  signal: AbortSignal,
): Promise<boolean> {
  const [program, ...rest] = command
  if (!program) return false
  try {
    const child = await startChild({ command: [program, ...rest], cwd, env, log: '/dev/null', reaper })
    const exit = await Promise.race([child.exited, aborted(signal)])
    await child.kill()
    return exit?.code === 0
  } catch {
    return false
  }
}
