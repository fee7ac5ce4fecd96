import { readFileSync } from 'node:fs'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Cache, Recipe } from '../../core/cache.ts'
import { tryLock } from '../../core/lock-file.ts'
import { until } from '../../core/until.ts'
import { GoWorkshop } from './kubernetes-go.ts'
import { ArtifactFailed, runProgram } from './toolchain.ts'

const MODULE = fileURLToPath(new URL('./kubernetes', import.meta.url))
const SOURCES = ['go.mod', 'go.sum', 'main.go', 'certificates/main.go', 'crds/main.go']
const KEDA = 'github.com/kedacore/keda/v2'

/** What the programs are made of; the rest is in go.mod, whose sums are committed beside it. */
export const KUBERNETES_VERSIONS = { kubernetes: '1.36.3', etcd: '3.6.8', keda: '2.21.0' } as const

/** Of the set-up in all: about 1300 seconds of one core, at low priority. */
const DEADLINE = 60 * 60_000

const stamp = (variable: string, value: string) => `-X ${variable}=${value}`
const [major, minor] = KUBERNETES_VERSIONS.kubernetes.split('.') as [string, string]
const LINK = [
  '-s -w',
  // Without these the servers call themselves v0.0.0-master, and KEDA reads the server's version.
  ...['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((path) => [
    stamp(`${path}.gitVersion`, `v${KUBERNETES_VERSIONS.kubernetes}`),
    stamp(`${path}.gitMajor`, major),
    stamp(`${path}.gitMinor`, minor),
  ]),
  stamp(`${KEDA}/version.Version`, KUBERNETES_VERSIONS.keda),
].join(' ')
/** No debug information: a tenth of the compile time and a quarter of the build cache. */
const BUILD = ['-tags=grpcnotrace', '-gcflags=all=-dwarf=false', `-ldflags=${LINK}`]

/**
 * etcd, Kubernetes' servers and the complete KEDA in one program, a program that issues their certificates, and
 * KEDA's resource definitions. Go's caches stay beside the entry until it is built, so that an interrupted build is
 * resumed; then they are removed (some 7 GB).
 */
export const kubernetesProgram = (cache: Cache): Recipe => ({
  name: 'kubernetes',
  version: `${KUBERNETES_VERSIONS.kubernetes}-keda-${KUBERNETES_VERSIONS.keda}`,
  inputs: [
    ...SOURCES.map((name) => readFileSync(join(MODULE, name), 'utf8')),
    BUILD,
    process.platform,
    process.arch,
  ],
  async build(into, { tell, environment }) {
    const workshop = join(cache.root, 'kubernetes-build')
    // Recipes of other checkouts share it: nobody may remove what another one works with.
    await using _lock = await until(() => tryLock(`${workshop}.lock`), {
      what: 'another run to finish building Kubernetes',
      deadline: DEADLINE,
      every: 1000,
    })
    const source = join(dirname(into), 'source')
    await cp(MODULE, source, { recursive: true })
    const go = await GoWorkshop.open({ source, folder: workshop, environment, tell, deadline: DEADLINE })
    const keda = await go.module(KEDA)
    for (const role of ['operator', 'adapter', 'webhooks']) {
      await copyMain(join(keda, 'cmd', role), join(source, `keda${role}`), `keda${role}`)
    }
    await go.fetch('.', './certificates', './crds')
    await go.build(['-o', join(into, 'certificates'), './certificates'])
    await writeFile(join(into, 'crds.json'), await go.run('./crds', join(keda, 'config', 'crd')))
    await go.build([...BUILD, '-o', join(into, 'kubernetes'), '.'])
    tell('verify')
    await expectVersion(join(into, 'kubernetes'))
    await rm(source, { recursive: true })
    await rm(workshop, { recursive: true })
  },
})

/** A main package under a name by which it can be imported; nothing else of it is changed. */
async function copyMain(from: string, to: string, name: string): Promise<void> {
  const text = await readFile(join(from, 'main.go'), 'utf8')
  const renamed = text.replace(/^package main$/m, `package ${name}`).replace(/^func main\(\)/m, 'func Main()')
  await mkdir(to, { recursive: true })
  await writeFile(join(to, 'main.go'), renamed)
}

async function expectVersion(program: string): Promise<void> {
  const said = await runProgram(program, ['kube-apiserver', '--version'], { cwd: '/', deadline: 60_000 })
  if (said.trim() === `Kubernetes v${KUBERNETES_VERSIONS.kubernetes}`) return
  throw new ArtifactFailed('Kubernetes was built in another version', {
    what: `${program} says ${JSON.stringify(said.trim())} instead of v${KUBERNETES_VERSIONS.kubernetes}`,
  })
}
