import type { PodImage } from '../../../clients/with-images.ts'
import { ProgramRefused } from '../../../program-refused.ts'
import type { Program } from '../../../stack.ts'
import type { ContainerRun } from '../container-run.ts'
import { SERVICE_IMAGE, ServiceImages } from '../images/service-images.ts'
import type { KindNodes } from './kind-nodes.ts'

/** The images of the programs that pods are to run: built where they have a Dockerfile, and loaded into the nodes once. */
export class PodImages {
  readonly #run: ContainerRun
  readonly #nodes: KindNodes
  readonly #loaded = new Map<string, Promise<string>>()
  readonly #built: ServiceImages

  /** @param nodeImage what a Dockerfile that asks for it gets as its image with Node */
  constructor(run: ContainerRun, nodes: KindNodes, nodeImage: () => Promise<string>) {
    this.#run = run
    this.#nodes = nodes
    this.#built = new ServiceImages(run, nodeImage)
  }

  /** @throws {ProgramRefused} for a command of this machine that has no image */
  async of(name: string, program: Program): Promise<PodImage> {
    if ('image' in program) {
      const { image, entrypoint = [], command } = program
      const words = entrypoint.length === 0 ? command : [...entrypoint, ...(command ?? [])]
      return { image: await this.#load(await this.#built.of(image)), command: words }
    }
    const { command, build } = program
    if (build === undefined)
      throw new ProgramRefused(`${name} is a command of this machine`, {
        what: `a pod of a kind cluster runs an image, and ${JSON.stringify(command[0])} is none`,
        hint: 'say in the config of its service which `image` it is, or how to make one: `build: { context, dockerfile }`; or choose `--stack processes`, where pods are processes of this machine',
      })
    return { image: await this.#load(await this.#built.of(build)), command: command.map(inContainer) }
  }

  #load(tag: string): Promise<string> {
    const load = async () => {
      if ((await this.#run.engine.image(tag)) === undefined)
        throw new ProgramRefused(`there is no image ${tag}`, {
          what: 'the container engine does not have it, and a cluster of this driver pulls nothing',
          hint: `docker pull ${tag}, or build it`,
        })
      // Named by its content: what a node of a kept cluster has under that name is the same.
      if (!tag.startsWith(SERVICE_IMAGE) || !(await this.#nodes.have(tag))) await this.#nodes.load([tag])
      return tag
    }
    const loaded = this.#loaded.get(tag) ?? load()
    this.#loaded.set(tag, loaded)
    return loaded
  }
}

/** The Node that runs us is `node` in an image. */
function inContainer(word: string): string {
  return word === process.execPath ? 'node' : word
}
