import { DRIVER_NAMES, driverNamed } from '../../stacks/open-stack.ts'
import type { Output } from '../output.ts'

/** What runs left behind whose process is gone; of drivers whose runs leave nothing there is nothing to collect. */
export async function gcCommand(output: Output): Promise<number> {
  const lines: string[] = []
  for (const name of DRIVER_NAMES) lines.push(...((await (await driverNamed(name)).collect?.()) ?? []))
  for (const line of lines) output.result(line)
  if (lines.length === 0) output.result('nothing was left behind')
  return 0
}
