import { readFile } from 'node:fs/promises'
import { EventproofError, messageOf } from '../../../../core/error.ts'
import { runProgram } from '../../../artifacts/toolchain.ts'
import type { Build } from '../../../stack.ts'
import type { ContainerRun } from '../container-run.ts'
import { hintOf } from '../engine-error.ts'
import { IMAGE_LABEL } from './build-image.ts'

/** Of the images that are built from Dockerfiles; their tags are hashes of their content. */
export const SERVICE_IMAGE = 'eventproof/service'
/** Milliseconds for one build. */
const BUILD = 20 * 60_000

/** A service's image could not be built from its Dockerfile. */
export class ImageNotBuilt extends EventproofError {
  override readonly code = 'EVENTPROOF_IMAGE_NOT_BUILT'
}

/** The images of services: those that have a name as they are, and those that have a Dockerfile, built once each. */
export class ServiceImages {
  readonly #run: ContainerRun
  readonly #nodeImage: () => Promise<string>
  readonly #obtain: ((name: string) => Promise<void>) | undefined
  readonly #made = new Map<string, Promise<string>>()

  /**
   * @param obtain what pulls an image that the engine does not have; absent: it is left to the engine
   * @param nodeImage what a Dockerfile with `ARG EVENTPROOF_NODE` gets as its image with Node
   */
  constructor(run: ContainerRun, nodeImage: () => Promise<string>, obtain?: (name: string) => Promise<void>) {
    this.#run = run
    this.#obtain = obtain
    this.#nodeImage = nodeImage
  }

  /** Its name. @throws {ImageMissing}, {ImageNotBuilt} with the builder's last lines */
  of(image: string | Build): Promise<string> {
    const key = JSON.stringify(image)
    const made = this.#made.get(key) ?? (typeof image === 'string' ? this.#named(image) : this.#build(image))
    this.#made.set(key, made)
    return made
  }

  async #named(image: string): Promise<string> {
    await this.#obtain?.(image)
    return image
  }

  /** By the command `docker`, which builds for a user as that user is used to: with BuildKit where it is. */
  async #build({ context, dockerfile, target, args = {} }: Build): Promise<string> {
    const env = { DOCKER_HOST: this.#run.engine.address.url }
    try {
      const text = await readFile(dockerfile, 'utf8')
      const node = /^\s*ARG\s+EVENTPROOF_NODE\b/m.test(text)
        ? { EVENTPROOF_NODE: await this.#nodeImage() }
        : {}
      const words = Object.entries({ ...node, ...args }).flatMap(([name, value]) => [
        '--build-arg',
        `${name}=${value}`,
      ])
      if (target !== undefined) words.push('--target', target)
      const label = ['--label', `${IMAGE_LABEL}=service`]
      const id = await runProgram(
        'docker',
        ['build', '--quiet', ...label, ...words, '--file', dockerfile, context],
        {
          cwd: context,
          env,
          deadline: BUILD,
        },
      )
      const hash = id.trim().replace('sha256:', '').slice(0, 12)
      const tag = `${SERVICE_IMAGE}:${hash}`
      await runProgram('docker', ['tag', id.trim(), tag], { cwd: '/', env })
      return tag
    } catch (cause) {
      const { last } = cause instanceof EventproofError ? cause.detail : {}
      throw new ImageNotBuilt(`the image of ${dockerfile} can not be built`, {
        what: cause instanceof EventproofError ? cause.detail.what : messageOf(cause),
        where: dockerfile,
        ...(last === undefined ? {} : { last }),
        hint: hintOf(last ?? messageOf(cause)) ?? `docker build --file ${dockerfile} ${context}`,
        cause,
      })
    }
  }
}
