import type { Cache } from '../core/cache.ts'
import { GO_FOR_KUBERNETES, LINKER_MEMORY } from './artifacts/kubernetes-go.ts'
import { kubernetesProgram } from './artifacts/kubernetes-program.ts'
import { findProgram } from './artifacts/toolchain.ts'
import type { DoctorLine } from './doctor.ts'

const O1 = { costs: 'O1: NOT-PROVEN, with this reason', controls: ['O1'] } as const

/** Whether a cluster can be started here, or what would have to be built for it, which takes long and much memory. */
export async function kubernetesLine(cache: Cache, env: NodeJS.ProcessEnv): Promise<DoctorLine> {
  const subject = 'kubernetes'
  const recipe = kubernetesProgram(cache)
  if ((await cache.inspect(recipe)).state === 'present')
    return { subject, state: 'ok', found: recipe.version }
  const { program, fix } = GO_FOR_KUBERNETES
  if ((await findProgram(program, env.PATH)) === undefined) {
    return { subject, state: 'warn', found: 'not built, and Go is not on PATH', fix, ...O1 }
  }
  const memory = process.availableMemory()
  if (memory < LINKER_MEMORY) {
    const found = `not built, and ${(memory / 1e9).toFixed(1)} GB of the ${LINKER_MEMORY / 1e9} GB that its linker takes are available`
    return { subject, state: 'warn', found, fix: 'bring the cache folder of a larger machine', ...O1 }
  }
  return {
    subject,
    state: 'warn',
    found: 'not built yet',
    costs: 'time: some 1300 seconds of one core, once, at low priority beside the other scenarios',
    fix: 'nothing: it is built when O1 is to be proved',
  }
}
