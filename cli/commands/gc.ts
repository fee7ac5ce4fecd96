import { SECTIONS } from '../../scenarios/config.ts'
import { configFile } from '../../session/config-file.ts'
import { collectLeftBehind } from '../../stacks/left-behind.ts'
import { loadConfig } from '../../subjects/contract/load.ts'
import type { Output } from '../output.ts'

/** A config has the passwords of parts by their addresses, which nobody else keeps. */
export interface TypedGcOptions {
  readonly config?: string
}

/** What runs left behind whose process is gone; of drivers whose runs leave nothing there is nothing to collect. */
export async function gcCommand({ config }: TypedGcOptions, cwd: string, output: Output): Promise<number> {
  const path = configFile(config, cwd)
  const reached = path === undefined ? {} : ((await loadConfig(path, SECTIONS)).config.stack ?? {})
  let lines = 0
  await collectLeftBehind(reached, (line) => {
    lines++
    output.result(line)
  })
  if (lines === 0) output.result('nothing was left behind')
  return 0
}
