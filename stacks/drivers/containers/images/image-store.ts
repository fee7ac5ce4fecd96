import { createReadStream, createWriteStream, readFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Cache } from '../../../../core/cache.ts'
import { EventproofError, messageOf } from '../../../../core/error.ts'
import type { ReportProgress } from '../../../../core/progress.ts'
import { within } from '../../../../core/until.ts'
import { kubernetesProgram } from '../../../artifacts/kubernetes-program.ts'
import type { Images } from '../../../driver.ts'
import { nodePrograms } from '../cluster/node-programs.ts'
import type { Engine } from '../engine.ts'
import { hintOf } from '../engine-error.ts'
import { builtImage } from './build-image.ts'
import { type ImageName, tagOf } from './image.ts'
import { imageRecipes } from './recipes.ts'

export class ImageMissing extends EventproofError {
  override readonly code = 'EVENTPROOF_IMAGE_MISSING'
}

/** Milliseconds for a registry to say that it is there: a machine without one must not wait for long. */
const REGISTRY_ANSWERS = 20_000

/** What a stack is made of; the base and Node's image are for building on. */
export const STACK_IMAGES = ['postgres', 'kafka', 'connect', 'schema-registry', 'toxiproxy'] as const

export type StackImage = (typeof STACK_IMAGES)[number]

/** Where an image comes from: `upstream` was pulled, `built` was made here from the package registries. */
export interface ChosenImage {
  readonly tag: string
  readonly origin: 'upstream' | 'built'
}

/** The images of one engine: those that are there, those that can be pulled, and those that are built here. */
export class ImageStore implements Images {
  readonly #engine: Engine
  readonly #cache: Cache
  readonly #report: ReportProgress

  constructor(engine: Engine, cache: Cache, report: ReportProgress) {
    this.#engine = engine
    this.#cache = cache
    this.#report = report
  }

  /** What is there already. */
  async present(name: StackImage): Promise<ChosenImage | undefined> {
    const upstream = upstreamOf(name)
    if ((await this.#engine.image(upstream)) !== undefined) return { tag: upstream, origin: 'upstream' }
    const built = this.tag(name)
    return (await this.#engine.image(built)) === undefined ? undefined : { tag: built, origin: 'built' }
  }

  /** What is there, else pulled, else built. @throws {ImageMissing} */
  async obtain(name: StackImage): Promise<ChosenImage> {
    const present = await this.present(name)
    if (present) return present
    const upstream = upstreamOf(name)
    try {
      await this.#pull(upstream)
      return { tag: upstream, origin: 'upstream' }
    } catch (refused) {
      try {
        return { tag: await this.one(name), origin: 'built' }
      } catch (cause) {
        throw new ImageMissing(`there is no image for ${name}`, {
          what: `${upstream} was not pulled (${messageOf(refused)}), and building ${this.tag(name)} failed: ${messageOf(cause)}`,
          hint:
            hintOf(`${messageOf(refused)} ${messageOf(cause)}`) ??
            'let this machine reach an image registry, or bring images along: `eventproof images export FILE` elsewhere, `eventproof images import FILE` here',
          cause,
        })
      }
    }
  }

  /** Pulls the image of a service that the engine does not have. @throws {ImageMissing} */
  async service(name: string): Promise<void> {
    if ((await this.#engine.image(name)) !== undefined) return
    await this.#pull(name).catch((cause: unknown) => {
      const { hint } = cause instanceof EventproofError ? cause.detail : {}
      throw new ImageMissing(`there is no image ${name}`, {
        what: `the container engine does not have it, and it was not pulled: ${messageOf(cause)}`,
        hint:
          hint ??
          `check its name in the config, and \`docker pull ${name}\`; or bring it along: \`docker save\`, \`docker load\``,
        cause,
      })
    })
  }

  one(name: ImageName): Promise<string> {
    return builtImage(this.#engine, imageRecipes(this.#cache)[name], this.#report)
  }

  tag(name: ImageName): string {
    return tagOf(imageRecipes(this.#cache)[name])
  }

  /** Builds what is missing, one after the other: each uses all cores. */
  async build({ cluster = false }: { readonly cluster?: boolean } = {}): Promise<readonly string[]> {
    const tags: string[] = []
    for (const name of ['base', ...STACK_IMAGES, 'node'] as const) tags.push(await this.one(name))
    if (cluster || (await this.#clusterAtHand())) tags.push(await this.one('kind-node'))
    return tags
  }

  /** The node of a cluster is there; there is none of it to pull. */
  async hasNode(): Promise<boolean> {
    return (await this.#engine.image(this.tag('kind-node'))) !== undefined
  }

  /** All of them as one archive, for a machine that has nothing. */
  async export(file: string): Promise<readonly string[]> {
    const tags = await this.build()
    await pipeline(await this.#engine.save(tags), createWriteStream(file))
    return tags
  }

  async import(file: string): Promise<void> {
    await this.#engine.load(createReadStream(file))
  }

  /** Its programs take half an hour to build where they are not cached: nobody gets that unasked. */
  async #clusterAtHand(): Promise<boolean> {
    if (await this.hasNode()) return true
    for (const recipe of [kubernetesProgram(this.#cache), nodePrograms(this.#cache)])
      if ((await this.#cache.inspect(recipe)).state !== 'present') return false
    return true
  }

  async #pull(name: string): Promise<void> {
    this.#report({ type: 'artifact', artifact: name, step: 'download' })
    // Where no registry answers, the engine tries for minutes; where one does, it has begun by then.
    await within(REGISTRY_ANSWERS, `a registry to know ${name}`, this.#engine.knows(name))
    await this.#engine.pull(name)
  }
}

/** @throws {Error} for a name that the file does not have: a defect of ours */
export function upstreamOf(name: StackImage): string {
  const text = readFileSync(new URL('./upstream.Dockerfile', import.meta.url), 'utf8')
  const found = new RegExp(`^FROM (\\S+) AS ${name}$`, 'm').exec(text)?.[1]
  if (found === undefined) throw new Error(`upstream.Dockerfile has no ${name}`)
  return found
}
