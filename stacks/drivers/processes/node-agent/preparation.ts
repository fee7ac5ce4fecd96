import type { V1Container, V1Pod } from '@kubernetes/client-node'
import { messageOf } from '../../../../core/error.ts'
import type { Run } from '../../../local/run.ts'
import type { Prepared } from './container-run.ts'
import { environmentOf } from './environment.ts'
import type { LocalImages } from './local-images.ts'
import type { NodeApi } from './node-api.ts'
import { listening, mappedPorts, processSpec } from './process-spec.ts'
import { isRefusal, type Refusal, refusal, refusalOf } from './refusal.ts'
import { type Address, serviceVariables } from './service-variables.ts'

export interface PreparationOptions {
  readonly api: NodeApi
  readonly run: Run
  readonly images: LocalImages
  readonly services: Readonly<Record<string, Address>>
}

/** Makes out what each container of one pod is to run; holds the pod's ports until disposal. */
export class Preparation implements AsyncDisposable {
  readonly #options: PreparationOptions
  /** Container name → its ports: a restarted container finds them as they were. */
  readonly #ports = new Map<string, Map<number, number>>()

  constructor(options: PreparationOptions) {
    this.#options = options
  }

  /** Looks everything up anew, for what was missing may have come; never rejects. */
  async of(pod: V1Pod, container: V1Container): Promise<Prepared | Refusal> {
    try {
      return await this.#of(pod, container)
    } catch (error) {
      return refusal(messageOf(error))
    }
  }

  async #of(pod: V1Pod, container: V1Container): Promise<Prepared | Refusal> {
    const { api, images, services } = this.#options
    const refused = refusalOf(pod)
    if (refused) return refused
    const namespace = pod.metadata?.namespace ?? 'default'
    const image = images.named(container.image ?? '', namespace)
    if (isRefusal(image)) return image
    const needed = mappedPorts(container, image)
    if (isRefusal(needed)) return needed
    const sources = {
      configMap: (name: string) => api.configMap(namespace, name),
      secret: (name: string) => api.secret(namespace, name),
    }
    const told = pod.spec?.enableServiceLinks === false ? {} : services
    const ports = await this.#local(container.name, needed)
    const given = {
      ...serviceVariables({ kubernetes: api.server, ...told }),
      ...listening(container, image, ports),
    }
    const variables = await environmentOf(pod, container, sources, given)
    if (isRefusal(variables)) return variables
    const spec = processSpec(pod, container, image, variables, ports)
    return isRefusal(spec) ? spec : { spec, ports }
  }

  async #local(container: string, needed: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const ports = this.#ports.get(container) ?? new Map<number, number>()
    this.#ports.set(container, ports)
    for (const port of needed) {
      if (!ports.has(port)) ports.set(port, await this.#options.run.ports.allocate())
    }
    return ports
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const all = [...this.#ports.values()].flatMap((ports) => [...ports.values()])
    this.#ports.clear()
    await Promise.all(all.map((port) => this.#options.run.ports.release(port)))
  }
}
