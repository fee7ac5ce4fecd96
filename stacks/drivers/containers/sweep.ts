import type { Engine } from './engine.ts'
import { orphaned, RUN_LABEL } from './labels.ts'

export interface Swept {
  readonly containers: number
  readonly networks: number
}

/** Removes what carries a label; containers first, because a network in use stays. */
export async function sweep(engine: Engine, label: string): Promise<Swept> {
  const containers = await engine.containers(label)
  await Promise.all(containers.map(({ Id }) => engine.remove(Id)))
  const networks = await engine.networks(label)
  await Promise.all(networks.map(({ Id }) => engine.removeNetwork(Id)))
  return { containers: containers.length, networks: networks.length }
}

/** The runs of this machine that left something behind and whose process is gone. */
export async function orphanedRuns(engine: Engine): Promise<readonly string[]> {
  const all = [...(await engine.containers(RUN_LABEL)), ...(await engine.networks(RUN_LABEL))]
  const runs = all.filter(({ Labels }) => orphaned(Labels)).map(({ Labels }) => Labels?.[RUN_LABEL] ?? '')
  return [...new Set(runs)]
}
