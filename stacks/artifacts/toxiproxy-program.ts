import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Recipe } from '../../core/cache.ts'
import { runTool, TOOLS } from './toolchain.ts'

const MODULE = fileURLToPath(new URL('./toxiproxy', import.meta.url))
const PACKAGE = 'github.com/Shopify/toxiproxy/v2'

/** Toxiproxy's server, compiled from the module whose sums are committed beside. */
export const toxiproxyProgram: Recipe = {
  name: 'toxiproxy',
  version: '2.12.0',
  inputs: [
    ...['go.mod', 'go.sum'].map((name) => readFileSync(join(MODULE, name), 'utf8')),
    process.platform,
    process.arch,
  ],
  async build(into, { tell, environment }) {
    tell('build')
    const flags = [
      '-trimpath',
      '-buildvcs=false',
      '-mod=readonly',
      `-ldflags=-s -w -X ${PACKAGE}.Version=2.12.0`,
    ]
    await runTool(
      TOOLS.go,
      ['build', ...flags, '-o', join(into, 'toxiproxy-server'), `${PACKAGE}/cmd/server`],
      {
        cwd: MODULE,
        env: { ...environment, CGO_ENABLED: '0', GOWORK: 'off' },
      },
    )
  },
}
