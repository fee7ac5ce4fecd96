import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Recipe } from '../../../../core/cache.ts'
import {
  ArtifactFailed,
  findProgram,
  runProgram,
  type Tool,
  ToolchainMissing,
} from '../../../artifacts/toolchain.ts'

const MODULE = fileURLToPath(new URL('./prometheus', import.meta.url))
const PACKAGE = 'github.com/prometheus/prometheus/cmd/prometheus'
/** v3.16.0 is module version v0.316.0: Go takes no major version above 1 without a path of its own. */
const VERSION = '3.16.0'
/** Of one step, at low priority on a busy machine. */
const DEADLINE = 60 * 60_000

export const GO_FOR_PROMETHEUS: Tool = {
  program: 'go',
  for: 'Prometheus (a Go module)',
  costs: 'Prometheus: the alert of O2',
  fix: 'install Go 1.26 or later (from 1.21 on, Go fetches that by itself)',
}

/** Without service discovery, which nothing here needs, it is a fifth of the packages. The web UI is not in the module. */
const BUILD = [
  '-tags=remove_all_sd',
  '-gcflags=all=-dwarf=false',
  `-ldflags=-s -w -X ${versionOf('Version')}`,
]

function versionOf(variable: string): string {
  return `github.com/prometheus/common/version.${variable}=${VERSION}`
}

/** Prometheus' server, compiled from the module whose sums are committed beside. */
export const prometheusProgram: Recipe = {
  name: 'prometheus',
  version: VERSION,
  inputs: [
    ...['go.mod', 'go.sum'].map((name) => readFileSync(join(MODULE, name), 'utf8')),
    BUILD,
    process.platform,
    process.arch,
  ],
  async build(into, { tell, environment }) {
    const go = await findProgram(GO_FOR_PROMETHEUS.program)
    if (go === undefined) throw new ToolchainMissing(GO_FOR_PROMETHEUS)
    const program = join(into, 'prometheus')
    const env = { ...environment, CGO_ENABLED: '0', GOWORK: 'off' }
    const run = (...args: readonly string[]) =>
      runProgram('nice', ['-n', '10', go, ...args], { cwd: MODULE, env, deadline: DEADLINE })
    tell('build')
    await run('build', '-trimpath', '-buildvcs=false', '-mod=readonly', ...BUILD, '-o', program, PACKAGE)
    tell('verify')
    const said = await runProgram(program, ['--version'], { cwd: '/', deadline: 60_000 })
    if (!said.includes(`version ${VERSION} `))
      throw new ArtifactFailed('Prometheus was built in another version', {
        what: `it says ${JSON.stringify(said.split('\n')[0])} instead of ${VERSION}`,
      })
  },
}
