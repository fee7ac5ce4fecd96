import { readFileSync } from 'node:fs'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
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

/**
 * KEDA's main packages, copied under names by which they can be imported. Two of their servers listen on every
 * interface and have no flag for it: they are bound to loopback. Nothing else of KEDA is changed.
 */
const MAINS = {
  operator: [],
  adapter: ['fmt.Sprintf(":%v"', 'fmt.Sprintf("127.0.0.1:%v"'],
  webhooks: ['webhook.Options{', 'webhook.Options{Host: "127.0.0.1",'],
} as const

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
export const KUBERNETES_BUILD = ['-tags=grpcnotrace', '-gcflags=all=-dwarf=false', `-ldflags=${LINK}`]

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
    KUBERNETES_BUILD,
    MAINS,
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
    for (const [role, rebound] of Object.entries(MAINS)) {
      await copyMain(join(keda, 'cmd', role), join(source, `keda${role}`), rebound)
    }
    await go.fetch('.', './certificates', './crds')
    await go.build(['-o', join(into, 'certificates'), './certificates'])
    await writeFile(join(into, 'crds.json'), await go.run('./crds', join(keda, 'config', 'crd')))
    await go.build([...KUBERNETES_BUILD, '-o', join(into, 'kubernetes'), '.'])
    tell('verify')
    await expectVersion(join(into, 'kubernetes'))
    await rm(source, { recursive: true })
    await rm(workshop, { recursive: true })
  },
})

async function copyMain(from: string, to: string, rebound: readonly string[]): Promise<void> {
  const original = await readFile(join(from, 'main.go'), 'utf8')
  await mkdir(to, { recursive: true })
  await writeFile(join(to, 'main.go'), importable(original, basename(to), rebound))
}

/** A main package as one that can be imported. @throws {ArtifactFailed} when it is not what this was written for */
export function importable(main: string, name: string, rebound: readonly string[] = []): string {
  const [found, replacement] = rebound
  const changes = [
    ['\npackage main\n', `\npackage ${name}\n`],
    ['\nfunc main() {\n', '\nfunc Main() {\n'],
    ...(found && replacement ? [[found, replacement]] : []),
  ] as [string, string][]
  return changes.reduce((text, [from, to]) => {
    if (text.split(from).length === 2) return text.replace(from, to)
    throw new ArtifactFailed('KEDA is not as expected', {
      what: `${JSON.stringify(from)} does not occur once in the main package ${name}`,
    })
  }, main)
}

async function expectVersion(program: string): Promise<void> {
  const said = await runProgram(program, ['kube-apiserver', '--version'], { cwd: '/', deadline: 60_000 })
  if (said.trim() === `Kubernetes v${KUBERNETES_VERSIONS.kubernetes}`) return
  throw new ArtifactFailed('Kubernetes was built in another version', {
    what: `${program} says ${JSON.stringify(said.trim())} instead of v${KUBERNETES_VERSIONS.kubernetes}`,
  })
}
