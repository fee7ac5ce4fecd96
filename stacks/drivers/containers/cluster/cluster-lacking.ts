import type { Cache } from '../../../../core/cache.ts'
import { installCommand, lackOf } from '../../../../core/optional-package.ts'
import { GO_FOR_KUBERNETES } from '../../../artifacts/kubernetes-go.ts'
import { kubernetesProgram } from '../../../artifacts/kubernetes-program.ts'
import { findProgram } from '../../../artifacts/toolchain.ts'
import { nodePrograms } from './node-programs.ts'

const CLIENT = '@kubernetes/client-node'

/** Why there can be no cluster here, and what to do; undefined where there can. Looks only. */
export async function clusterLacking(
  cache: Cache,
  imagePresent: () => Promise<boolean>,
  path = process.env.PATH ?? '',
): Promise<string | undefined> {
  const lack = lackOf(CLIENT)
  if (lack !== undefined) return `kubernetes: ${CLIENT} ${lack}; ${installCommand(CLIENT)}`
  if ((await findProgram('docker', path)) === undefined)
    return 'kubernetes: the command docker is missing, by which kind makes its nodes; apt-get install docker.io'
  const built = await Promise.all(
    [kubernetesProgram(cache), nodePrograms(cache)].map(
      async (recipe) => (await cache.inspect(recipe)).state === 'present',
    ),
  )
  const kind = built[1] || (await findProgram('kind', path)) !== undefined
  if ((await imagePresent()) && kind) return undefined
  if (built.every(Boolean) || (await findProgram('go', path)) !== undefined) return undefined
  return `kubernetes: go is missing, for ${GO_FOR_KUBERNETES.for} and kind; ${GO_FOR_KUBERNETES.fix}`
}
