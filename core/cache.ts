import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CONTENT, damageOf, readManifest, seal } from './cache-manifest.ts'
import { EventproofError } from './error.ts'
import { removeOldClaims, tryLock } from './lock-file.ts'
import type { ArtifactProgress, ReportProgress } from './progress.ts'
import { until } from './until.ts'

export class CacheCorrupted extends EventproofError {
  override readonly code = 'EVENTPROOF_CACHE_CORRUPTED'
}

/** How to obtain something once. Its key is a hash of all this, so another recipe is another entry. */
export interface Recipe {
  readonly name: string
  readonly version: string
  /** Everything else that decides what comes out: hashes, settings, keys of what it builds on. */
  readonly inputs: unknown
  /** Fills the empty folder `into`; whatever it leaves behind elsewhere is its own to remove. */
  build(into: string, workshop: Workshop): Promise<void>
}

export interface Workshop {
  tell(step: ArtifactProgress['step'], bytes?: number): void
  /** For every process that the build starts, so that a reaper finds it. */
  readonly environment: Readonly<Record<string, string>>
}

export type EntryState =
  | { readonly state: 'present'; readonly bytes: number }
  | { readonly state: 'absent' }
  | { readonly state: 'corrupted'; readonly damage: string }

/** The longest build is that of Kubernetes and KEDA on a busy machine. */
const BUILD_DEADLINE = 60 * 60_000

/**
 * Artifacts outside the checkout, shared by all runs of a machine. An entry is built in a folder beside, flushed,
 * given its manifest and renamed into place: it is there completely or not at all.
 */
export class Cache {
  readonly root: string
  readonly #report: ReportProgress
  readonly #environment: Workshop['environment']

  constructor(root: string, report: ReportProgress = () => {}, environment: Workshop['environment'] = {}) {
    this.root = root
    this.#report = report
    this.#environment = environment
  }

  /** Where an entry is, or will be. */
  folderOf(recipe: Recipe): string {
    return join(this.root, `${recipe.name}-${recipe.version}-${keyOf(recipe)}`)
  }

  contentOf(recipe: Recipe): string {
    return join(this.folderOf(recipe), CONTENT)
  }

  /**
   * The content's folder, built first where it is absent. A damaged entry is built anew, and that is said.
   * @throws {CacheCorrupted} when a damaged entry cannot be built anew; what `build` throws when it was absent
   */
  async obtain(recipe: Recipe): Promise<string> {
    if ((await this.inspect(recipe)).state === 'present') return this.contentOf(recipe)
    await mkdir(this.root, { recursive: true, mode: 0o755 })
    await using _lock = await this.#lock(recipe)
    const state = await this.inspect(recipe)
    if (state.state === 'present') return this.contentOf(recipe)
    if (state.state === 'corrupted') await this.#repair(recipe, state.damage)
    else await this.#build(recipe)
    return this.contentOf(recipe)
  }

  async inspect(recipe: Recipe, depth: 'sizes' | 'hashes' = 'sizes'): Promise<EntryState> {
    const folder = this.folderOf(recipe)
    if (!(await stat(folder).catch(() => undefined))) return { state: 'absent' }
    const damage = await damageOf(folder, depth)
    if (damage) return { state: 'corrupted', damage }
    return { state: 'present', bytes: (await readManifest(folder)).bytes }
  }

  async #repair(recipe: Recipe, damage: string): Promise<void> {
    this.#report({
      type: 'note',
      level: 'warning',
      text: `the cached ${recipe.name} ${recipe.version} is damaged (${damage}): it is built anew`,
    })
    try {
      await this.#build(recipe)
    } catch (cause) {
      throw new CacheCorrupted(`the cached ${recipe.name} ${recipe.version} is damaged`, {
        what: `${damage}, and building it anew failed`,
        where: this.folderOf(recipe),
        hint: `solve the cause, or remove ${this.folderOf(recipe)}`,
        cause,
      })
    }
  }

  async #build(recipe: Recipe): Promise<void> {
    const begun = performance.now()
    const tell = (step: ArtifactProgress['step'], bytes?: number) =>
      this.#report({
        type: 'artifact',
        artifact: recipe.name,
        step,
        milliseconds: Math.round(performance.now() - begun),
        ...(bytes === undefined ? {} : { bytes }),
      })
    const folder = this.folderOf(recipe)
    await this.#sweep(recipe)
    const work = `${folder}.work-${randomUUID()}`
    try {
      await mkdir(join(work, CONTENT), { recursive: true, mode: 0o755 })
      await recipe.build(join(work, CONTENT), { tell, environment: this.#environment })
      const { name: artifact, version } = recipe
      const { bytes } = await seal(work, { artifact, version, key: keyOf(recipe) })
      if (await stat(folder).catch(() => undefined)) await rename(folder, `${folder}.work-${randomUUID()}`)
      await rename(work, folder)
      await flushFolder(this.root)
      tell('ready', bytes)
    } catch (error) {
      tell('failed')
      throw error
    } finally {
      await this.#sweep(recipe)
    }
  }

  /** Removes what interrupted builds of this recipe left; only under its lock. */
  async #sweep(recipe: Recipe): Promise<void> {
    const prefix = `${this.folderOf(recipe).slice(this.root.length + 1)}.work-`
    for (const name of await readdir(this.root)) {
      if (name.startsWith(prefix)) await rm(join(this.root, name), { recursive: true, force: true })
    }
    await removeOldClaims(`${this.folderOf(recipe)}.lock`)
  }

  #lock(recipe: Recipe): Promise<AsyncDisposable> {
    return until(() => tryLock(`${this.folderOf(recipe)}.lock`), {
      what: `another run to finish building ${recipe.name}`,
      deadline: BUILD_DEADLINE,
      every: 100,
    })
  }
}

/** The part of an entry's name that changes with its recipe. */
export function keyOf(recipe: Recipe): string {
  const { name, version, inputs } = recipe
  return createHash('sha256')
    .update(JSON.stringify([1, name, version, inputs]))
    .digest('hex')
    .slice(0, 12)
}

async function flushFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r')
  await folder.sync()
}
