import { readFileSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { compactSchema } from '../lint/keda/compact-schema.ts'
import { KUBERNETES_VERSIONS } from '../stacks/artifacts/kubernetes-program.ts'
import { runProgram } from '../stacks/artifacts/toolchain.ts'

/**
 * Reads KEDA's own sources, of the version that the stack runs, and writes what the linter compares with: what each
 * scaler parses, and the resource definitions. Needs Go; nothing of KEDA is compiled.
 */
const ROOT = fileURLToPath(new URL('../', import.meta.url))
const EXTRACT = `${ROOT}lint/keda/extract/`
/** Resource definition → patch of KEDA's releases. */
const DEFINITIONS = {
  scaledobjects: 'scaledobject_patch.yaml',
  triggerauthentications: undefined,
  clustertriggerauthentications: undefined,
} as const

const keda = await folderOfKeda()
const files = (await readdir(EXTRACT)).filter((name) => name.endsWith('.go')).map((name) => EXTRACT + name)
const scalers: Record<string, unknown> = JSON.parse(
  await runProgram('go', ['run', ...files, keda], { cwd: EXTRACT, env: { GOFLAGS: '', GOWORK: 'off' } }),
)
write('scalers.json', { version: KUBERNETES_VERSIONS.keda, scalers })
write('schemas.json', Object.fromEntries(Object.entries(DEFINITIONS).map(definition)))
await runProgram('node_modules/.bin/biome', ['format', '--write', 'lint/keda'], { cwd: ROOT })
process.stdout.write(`${Object.keys(scalers).length} scalers of KEDA ${KUBERNETES_VERSIONS.keda}\n`)

async function folderOfKeda(): Promise<string> {
  const module = `github.com/kedacore/keda/v2@v${KUBERNETES_VERSIONS.keda}`
  const told = await runProgram('go', ['mod', 'download', '-json', module], {
    cwd: ROOT,
    env: { GOFLAGS: '-mod=mod' },
  })
  const { Dir }: { Dir: string } = JSON.parse(told)
  return Dir
}

function definition([name, patch]: [string, string | undefined]) {
  const read = (path: string) => readFileSync(`${keda}/config/crd/${path}`, 'utf8')
  return compactSchema(read(`bases/keda.sh_${name}.yaml`), patch && read(`patches/${patch}`))
}

function write(name: string, content: object): void {
  writeFileSync(`${ROOT}lint/keda/${name}`, `${JSON.stringify(content)}\n`)
}
