import { createHash, randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type LockFile, tryLock } from '../../../../core/lock-file.ts'
import type { Engine } from '../engine.ts'
import { CLUSTER_LABEL, KEPT_LABEL, labelsOf, nameOf, RUN_LABEL } from '../labels.ts'
import { sweep } from '../sweep.ts'

/**
 * The ids of kept clusters begin with it, so that their networks come before those of runs. A container that is in several
 * networks goes out by the first of them by name, with its address there. If that were the run's, the API server's
 * connections would hang when the cluster leaves it: HTTP/2 takes 45 s to notice.
 */
const FIRST = '0-'

/** A cluster that outlives the runs that use it, while one of them has it for itself. */
export interface LeasedCluster extends AsyncDisposable {
  /** Under which all of it is labelled. */
  readonly id: string
  /** Of the cluster, and of the network that its nodes are in. */
  readonly name: string
}

/** The clusters of an engine that are kept between runs, each with a network of its own, by which it is found. */
export class KeptClusters {
  readonly #engine: Engine
  readonly #locks: string

  /** @param locks a folder of this machine's user, for locks that end with their processes */
  constructor(engine: Engine, locks: string) {
    this.#engine = engine
    this.#locks = locks
  }

  /** One that was made of this and that nobody uses; what is found broken is removed. */
  async find(made: object): Promise<LeasedCluster | undefined> {
    for (const { Labels } of await this.#engine.networks(`${KEPT_LABEL}=${fingerprint(made)}`)) {
      const id = Labels?.[RUN_LABEL] ?? ''
      const lock = await this.#lock(id)
      if (lock === undefined) continue
      if (await this.#lives(id)) return leased(id, lock)
      await sweep(this.#engine, id)
      await lock[Symbol.asyncDispose]()
    }
    return undefined
  }

  /** The network of a new one, and the right to it. @param announce told its id before there is anything of it */
  async make(made: object, announce: (id: string) => void): Promise<LeasedCluster> {
    const id = `${FIRST}${randomUUID()}`
    const lock = await this.#lock(id)
    if (lock === undefined) throw new Error(`${nameOf(id)} is taken`)
    announce(id)
    await this.#engine.createNetwork(nameOf(id), { ...labelsOf(id), [KEPT_LABEL]: fingerprint(made) })
    return leased(id, lock)
  }

  /** Whether a run uses it now. */
  async used(id: string): Promise<boolean> {
    await using lock = await this.#lock(id)
    return lock === undefined
  }

  async #lock(id: string): Promise<LockFile | undefined> {
    await mkdir(this.#locks, { recursive: true })
    return tryLock(join(this.#locks, `${nameOf(id)}.lock`))
  }

  async #lives(id: string): Promise<boolean> {
    const nodes = await this.#engine.containers(`${CLUSTER_LABEL}=${nameOf(id)}`)
    const states = await Promise.all(nodes.map(({ Id }) => this.#engine.inspect(Id)))
    return states.length > 0 && states.every((node) => node?.State.Running && !node.State.Paused)
  }
}

function leased(id: string, lock: LockFile): LeasedCluster {
  return { id, name: nameOf(id), [Symbol.asyncDispose]: () => lock[Symbol.asyncDispose]() }
}

function fingerprint(made: object): string {
  return createHash('sha256')
    .update(JSON.stringify({ ...made, FIRST }))
    .digest('hex')
    .slice(0, 16)
}
