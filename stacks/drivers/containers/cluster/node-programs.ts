import { readFileSync } from 'node:fs'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Cache, Recipe } from '../../../../core/cache.ts'
import { tryLock } from '../../../../core/lock-file.ts'
import { until } from '../../../../core/until.ts'
import { GoWorkshop } from '../../../artifacts/kubernetes-go.ts'
import { KUBERNETES_BUILD, KUBERNETES_VERSIONS } from '../../../artifacts/kubernetes-program.ts'
import { ArtifactFailed, runProgram } from '../../../artifacts/toolchain.ts'
import { kedaObjects } from './keda-objects.ts'

const MODULE = fileURLToPath(new URL('./programs', import.meta.url))
const SOURCES = ['go.mod', 'go.sum', 'main.go', 'tools.go', 'dns/main.go', 'pause/main.go']
const KIND = 'sigs.k8s.io/kind'

/** KEDA's module, for its manifests alone: its sum, as go.sum of the program that it is built into has it. */
const KEDA = {
  module: `github.com/kedacore/keda/v2@v${KUBERNETES_VERSIONS.keda}`,
  sum: 'h1:R6z2HZvstK4RLUMxroNACzBj74xGxt3kG59b5Xc+Xps=',
} as const

export const KIND_VERSION = '0.33.0'
/** By which the node knows the image of KEDA's parts. */
export const KEDA_IMAGE = `docker.io/eventproof/keda:${KUBERNETES_VERSIONS.keda}`

/** Milliseconds, for each call. */
const DEADLINE = 60 * 60_000

/**
 * What a kind cluster needs beside the control plane's program: `kind` itself with the files of its node image, kubelet,
 * kubeadm, kube-proxy and kubectl in one program, CoreDNS, and KEDA's manifests. Go's caches stay until it is built.
 */
export const nodePrograms = (cache: Cache): Recipe => ({
  name: 'kind',
  version: `${KIND_VERSION}-kubernetes-${KUBERNETES_VERSIONS.kubernetes}`,
  inputs: [
    ...SOURCES.map((name) => readFileSync(join(MODULE, name), 'utf8')),
    readFileSync(fileURLToPath(new URL('./keda-objects.ts', import.meta.url)), 'utf8'),
    KUBERNETES_BUILD,
    KEDA,
    KEDA_IMAGE,
    process.platform,
    process.arch,
  ],
  async build(into, { tell, environment }) {
    const workshop = join(cache.root, 'kind-build')
    await using _lock = await until(() => tryLock(`${workshop}.lock`), {
      what: 'another run to finish building kind',
      deadline: DEADLINE,
      every: 1000,
    })
    const source = join(dirname(into), 'source')
    await cp(MODULE, source, { recursive: true })
    const go = await GoWorkshop.open({ source, folder: workshop, environment, tell, deadline: DEADLINE })
    await go.fetch('.', './dns', './pause', KIND)
    const base = join(await go.module(KIND), 'images', 'base', 'files')
    await cp(base, join(into, 'base'), { recursive: true })
    for (const [name, from] of Object.entries({ pause: './pause', kind: KIND, dns: './dns', node: '.' }))
      await go.build([...KUBERNETES_BUILD, '-o', join(into, name), from])
    const keda = await go.pinned(KEDA.module, KEDA.sum)
    const rendered = join(dirname(into), 'keda.yaml')
    const manifests = join(keda, 'config', 'default')
    await runProgram(join(into, 'node'), ['kubectl', 'kustomize', manifests, '-o', rendered], { cwd: '/' })
    const items = kedaObjects(await readFile(rendered, 'utf8'), KEDA_IMAGE)
    await mkdir(into, { recursive: true })
    await writeFile(join(into, 'keda.json'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items }))
    tell('verify')
    await expectVersions(into)
    for (const folder of [source, workshop, rendered]) await rm(folder, { recursive: true })
  },
})

async function expectVersions(content: string): Promise<void> {
  const kubernetes = await runProgram(join(content, 'node'), ['kubelet', '--version'], { cwd: '/' })
  const kind = await runProgram(join(content, 'kind'), ['version'], { cwd: '/' })
  const said = `${kubernetes.trim()}, ${kind.trim()}`
  if (kubernetes.includes(`v${KUBERNETES_VERSIONS.kubernetes}`) && kind.includes(`v${KIND_VERSION}`)) return
  throw new ArtifactFailed('the programs of a kind cluster were built in other versions', {
    what: `they say ${said}, and not Kubernetes v${KUBERNETES_VERSIONS.kubernetes} and kind v${KIND_VERSION}`,
  })
}
