import type { ContainerRun } from '../container-run.ts'
import { sweep } from '../sweep.ts'
import type { LeasedCluster } from './kept-clusters.ts'
import type { KindNodes } from './kind-nodes.ts'

/** Where a cluster's nodes are. Disposed, they are gone, or as the next run wants to find them. */
export interface KindPlace extends AsyncDisposable {
  /** Of the cluster, and of the network that its nodes are in. */
  readonly name: string
  /** Pods find what else the run started. */
  join(): Promise<void>
  /** All of it is up. */
  settle(): void
}

/** In the run's own network: it ends with the run. */
export function ownPlace(nodes: KindNodes, run: ContainerRun): KindPlace {
  return {
    name: run.network,
    join: async () => {},
    settle: () => {},
    [Symbol.asyncDispose]: () => nodes.remove(),
  }
}

/** In a network of its own, from which its nodes come into the run's for as long as that lasts. */
export function keptPlace(lease: LeasedCluster, nodes: KindNodes, run: ContainerRun): KindPlace {
  const { engine, network, swept } = run
  const { id, name } = lease
  let settled = false
  return {
    name,
    async join() {
      await Promise.all(nodes.all.map((node) => engine.attach(network, node.name)))
    },
    settle() {
      settled = true
      swept.spare(id)
    },
    async [Symbol.asyncDispose]() {
      if (settled) await Promise.all(nodes.all.map((node) => engine.detach(network, node.name)))
      else await sweep(engine, id)
      swept.spare(id)
      await lease[Symbol.asyncDispose]()
    },
  }
}
