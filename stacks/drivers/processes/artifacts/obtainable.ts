import type { Cache, Recipe } from '../../../../core/cache.ts'
import { installCommand, lackOf, type OptionalPackage } from '../../../../core/optional-package.ts'
import { GO_FOR_KUBERNETES } from '../../../artifacts/kubernetes-go.ts'
import { kubernetesProgram } from '../../../artifacts/kubernetes-program.ts'
import { findProgram, TOOLS, type Tool } from '../../../artifacts/toolchain.ts'
import { toxiproxyProgram } from '../../../artifacts/toxiproxy-program.ts'
import type { Capability } from '../../../stack.ts'
import { GO_FOR_PROMETHEUS, prometheusProgram } from './prometheus-program.ts'

/** What is built from source here, and only some scenarios need: the rest of a run goes on without it. */
const OPTIONAL: readonly {
  readonly capability: Capability
  readonly recipe: (cache: Cache) => Recipe
  readonly tool: Tool
  readonly client?: OptionalPackage
}[] = [
  { capability: 'links', recipe: () => toxiproxyProgram, tool: TOOLS.go },
  {
    capability: 'kubernetes',
    recipe: kubernetesProgram,
    tool: GO_FOR_KUBERNETES,
    client: '@kubernetes/client-node',
  },
  { capability: 'prometheus', recipe: () => prometheusProgram, tool: GO_FOR_PROMETHEUS },
]

/**
 * Capabilities that this machine can not give, for their program is neither in the cache nor can be built, or its client
 * is not installed: each with what is missing and how to get it. Looks only, and takes milliseconds.
 */
export async function lackingHere(
  cache: Cache,
  path = process.env.PATH ?? '',
  lackOfClient: (client: OptionalPackage) => string | undefined = lackOf,
): Promise<ReadonlyMap<Capability, string>> {
  const lacking = new Map<Capability, string>()
  for (const { capability, recipe, tool, client } of OPTIONAL) {
    const lack = client && lackOfClient(client)
    if (client && lack !== undefined) {
      lacking.set(capability, `${capability}: ${client} ${lack}; ${installCommand(client)}`)
      continue
    }
    if ((await cache.inspect(recipe(cache))).state === 'present') continue
    if ((await findProgram(tool.program, path)) !== undefined) continue
    lacking.set(capability, `${capability}: ${tool.program} is missing, for ${tool.for}; ${tool.fix}`)
  }
  return lacking
}
