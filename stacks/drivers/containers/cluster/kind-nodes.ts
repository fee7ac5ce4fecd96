import { until } from '../../../../core/until.ts'
import type { KubernetesApi } from '../../../clients/kubernetes-api.ts'
import type { ContainerRun } from '../container-run.ts'
import { KindNode } from './kind-node.ts'

/** Keeps pods from the second node while KEDA starts: what its admission webhook listens on is the first one's. */
export const NOT_YET = 'eventproof/not-yet'
/** As the CNI's configuration of the image has it, which is for the first node. */
const FIRST_RANGE = '10.244.0.0/24'
/** Milliseconds for the control plane to give a node its addresses. */
const ADDRESSED = 60_000

interface Addressed {
  readonly name: string
  readonly ip: string
  readonly range: string
}

interface NodeList {
  readonly items: readonly {
    readonly metadata: { readonly name: string }
    readonly spec: { readonly podCIDR?: string }
    readonly status: { readonly addresses?: readonly { readonly type: string; readonly address: string }[] }
  }[]
}

/** The nodes of a cluster: the control plane's, and one more, onto which pods can go when the other is emptied. */
export class KindNodes {
  readonly control: KindNode
  readonly all: readonly KindNode[]
  readonly #run: ContainerRun

  constructor(cluster: string, run: ContainerRun) {
    this.control = new KindNode(`${cluster}-control-plane`, run)
    this.all = [this.control, new KindNode(`${cluster}-worker`, run)]
    this.#run = run
  }

  named(name: string): KindNode {
    const node = this.all.find((node) => node.name === name)
    if (node === undefined) throw new Error(`the cluster has no node '${name}'`)
    return node
  }

  /** Gives them images that the engine has. @throws {ArtifactFailed} */
  async load(tags: readonly string[]): Promise<void> {
    await Promise.all(this.all.map((node) => node.load(tags)))
  }

  /** Whether each of them has an image. */
  async have(tag: string): Promise<boolean> {
    const listed = await Promise.all(
      this.all.map((node) => node.shell(['ctr', '-n', 'k8s.io', 'images', 'ls', '-q'])),
    )
    return listed.every((names) => names.split('\n').some((name) => name.endsWith(`/${tag}`)))
  }

  /** Pods of one node reach those of the other: each has a range of its own, by way of its node. */
  async connect(api: KubernetesApi): Promise<void> {
    const addressed = await until(() => addresses(api, this.all.length), {
      what: 'each node to have a range of addresses',
      deadline: ADDRESSED,
      every: 100,
    })
    await Promise.all(
      addressed.map(async ({ name, range }) => {
        const routes = addressed
          .filter((other) => other.name !== name)
          .map((other) => `ip route replace ${other.range} via ${other.ip}`)
        const own = `sed -i 's#${FIRST_RANGE}#${range}#' /etc/cni/net.d/10-ptp.conflist`
        await this.named(name).shell(['bash', '-ec', [own, ...routes].join('\n')])
      }),
    )
  }

  /** Both of them take pods. */
  async open(): Promise<void> {
    for (const { name } of this.all.slice(1))
      await this.control.kubectl(['taint', 'nodes', name, `${NOT_YET}-`])
  }

  async remove(): Promise<void> {
    await Promise.all(this.all.map(({ name }) => this.#run.engine.remove(name)))
  }
}

async function addresses(api: KubernetesApi, count: number): Promise<readonly Addressed[] | undefined> {
  const { items } = await api.get<NodeList>('/api/v1/nodes')
  const addressed = items.flatMap(({ metadata: { name }, spec: { podCIDR: range }, status }) => {
    const ip = status.addresses?.find(({ type }) => type === 'InternalIP')?.address
    return ip === undefined || range === undefined ? [] : [{ name, ip, range }]
  })
  return addressed.length === count ? addressed : undefined
}
