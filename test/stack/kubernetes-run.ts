import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Cache } from '../../core/cache.ts'
import { cacheFolder } from '../../core/cache-folder.mjs'
import { Ports } from '../../core/ports.ts'
import { Reaper } from '../../core/reaper.ts'
import { kubernetesProgram } from '../../stacks/artifacts/kubernetes-program.ts'
import type { Run } from '../../stacks/local/run.ts'

const cache = new Cache(cacheFolder())
const recipe = kubernetesProgram(cache)

/** Where the programs are, which take half an hour to build: a test does not. */
export const kubernetesContent = cache.contentOf(recipe)

/** Why a test that needs them is skipped; false when they are there. */
export async function withoutKubernetes(): Promise<string | false> {
  const { state } = await cache.inspect(recipe)
  return state !== 'present' && `${recipe.name} ${recipe.version} is ${state} in ${cache.root}`
}

export interface TestRun extends Run, AsyncDisposable {}

/** A run of its own for components that are started without a stack. */
export async function openRun(): Promise<TestRun> {
  const reaper = new Reaper()
  const folder = await mkdtemp(join(tmpdir(), 'eventproof-kubernetes-test-'))
  reaper.path(folder)
  const logs = join(folder, 'logs')
  await mkdir(logs)
  const ports = new Ports()
  return {
    logs,
    data: folder,
    reaper,
    ports,
    report: () => {},
    async [Symbol.asyncDispose]() {
      await reaper[Symbol.asyncDispose]()
      await ports[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
