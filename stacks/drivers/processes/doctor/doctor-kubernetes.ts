import type { Cache } from '../../../../core/cache.ts'
import { installCommand, lackOf } from '../../../../core/optional-package.ts'
import { BUILD_DISK, GO_FOR_KUBERNETES, LINKER_MEMORY } from '../../../artifacts/kubernetes-go.ts'
import { kubernetesProgram } from '../../../artifacts/kubernetes-program.ts'
import { findProgram } from '../../../artifacts/toolchain.ts'
import type { DoctorLine } from '../../../driver.ts'

/** Bytes that are available here. */
export interface Room {
  readonly memory: number
  /** Below the cache folder. */
  readonly disk: number
}

const O1 = { costs: 'O1: NOT-PROVEN, with this reason', controls: ['O1'] } as const

const CLIENT = '@kubernetes/client-node'

/**
 * Whether a cluster can be started here, and spoken to. Where it would have to be built, which takes long, much memory and much disk:
 * a line for each of them, too.
 */
export async function kubernetesLines(
  cache: Cache,
  env: NodeJS.ProcessEnv,
  { memory, disk }: Room,
  lackOfClient: typeof lackOf = lackOf,
): Promise<DoctorLine[]> {
  const subject = 'kubernetes'
  const lack = lackOfClient(CLIENT)
  if (lack !== undefined) {
    const found = `its client, ${CLIENT}, ${lack}`
    return [{ subject, state: 'warn', found, fix: installCommand(CLIENT), ...O1 }]
  }
  const recipe = kubernetesProgram(cache)
  if ((await cache.inspect(recipe)).state === 'present')
    return [{ subject, state: 'ok', found: recipe.version }]
  const { program, fix } = GO_FOR_KUBERNETES
  const hasGo = (await findProgram(program, env.PATH)) !== undefined
  return [
    hasGo
      ? {
          subject,
          state: 'warn',
          found: 'not built yet',
          costs: 'time: some 1300 seconds of one core, once, at low priority beside the other scenarios',
          fix: 'nothing: it is built when O1 is to be proved',
        }
      : { subject, state: 'warn', found: 'not built, and Go is not on PATH', fix, ...O1 },
    roomLine('build memory', memory, LINKER_MEMORY, {
      for: 'to link Kubernetes',
      fix: 'end other programs, or bring the cache folder of a larger machine (EVENTPROOF_CACHE)',
    }),
    roomLine('build disk', disk, BUILD_DISK, {
      for: 'to build Kubernetes; 0.3 GB of it stay',
      fix: 'make room, or EVENTPROOF_CACHE=<a larger disk>',
    }),
  ]
}

function roomLine(
  subject: string,
  bytes: number,
  needed: number,
  { for: purpose, fix }: { readonly for: string; readonly fix: string },
): DoctorLine {
  const found = `${gigabytes(bytes)} available, ${gigabytes(needed)} needed ${purpose}`
  return bytes >= needed ? { subject, state: 'ok', found } : { subject, state: 'warn', found, fix, ...O1 }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`
}
