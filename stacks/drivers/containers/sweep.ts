import { leave } from './cluster/leave.ts'
import type { Engine } from './engine.ts'
import { CLUSTER_LABEL, NAME, nameOf, orphaned, RUN_LABEL } from './labels.ts'

export interface Swept {
  readonly containers: number
  readonly networks: number
}

/** Removes what is a run's; containers first, because a network in use stays. */
export async function sweep(engine: Engine, run: string): Promise<Swept> {
  const label = `${RUN_LABEL}=${run}`
  const own = await engine.containers(label)
  const containers = [...own, ...(await engine.containers(`${CLUSTER_LABEL}=${nameOf(run)}`))]
  await Promise.all(containers.map(({ Id }) => engine.remove(Id)))
  const networks = await engine.networks(label)
  for (const { Id } of networks) {
    for (const guest of await guests(engine, Id)) {
      await leave(engine, guest, run).catch(() => {})
      await engine.detach(Id, guest)
    }
    await engine.removeNetwork(Id)
  }
  return { containers: containers.length, networks: networks.length }
}

/** Nodes of kept clusters that came into a run's network. */
async function guests(engine: Engine, network: string): Promise<readonly string[]> {
  const attached = await engine.attached(network)
  if (attached.length === 0) return []
  const nodes = await engine.containers(CLUSTER_LABEL)
  const ours = nodes.filter(({ Labels }) => Labels?.[CLUSTER_LABEL]?.startsWith(NAME))
  return ours.map(({ Id }) => Id).filter((id) => attached.includes(id))
}

/** The runs of this machine that left something behind and whose process is gone. */
export async function orphanedRuns(engine: Engine): Promise<readonly string[]> {
  const all = [...(await engine.containers(RUN_LABEL)), ...(await engine.networks(RUN_LABEL))]
  const runs = all.filter(({ Labels }) => orphaned(Labels)).map(({ Labels }) => Labels?.[RUN_LABEL] ?? '')
  return [...new Set(runs)]
}
