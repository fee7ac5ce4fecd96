import type { LocalImage } from './local-image.ts'
import { type Refusal, refusal } from './refusal.ts'

/**
 * What stands for the images that pods name: on all of the node, or in one namespace, which goes first. Scenarios run
 * side by side under the same image names, each with a database and topics of its own in its commands.
 */
export class LocalImages {
  readonly #everywhere: ReadonlyMap<string, LocalImage>
  readonly #namespaces = new Map<string, Map<string, LocalImage>>()

  /** @param everywhere image name → what stands for it; a name without a tag stands for all tags */
  constructor(everywhere: Readonly<Record<string, LocalImage>>) {
    this.#everywhere = new Map(Object.entries(everywhere))
  }

  use(image: string, local: LocalImage, namespace: string): void {
    const own = this.#namespaces.get(namespace) ?? new Map<string, LocalImage>()
    this.#namespaces.set(namespace, own.set(image, local))
  }

  /** Nothing stands for the images of this namespace any more, but what does so everywhere. */
  forget(namespace: string): void {
    this.#namespaces.delete(namespace)
  }

  named(name: string, namespace: string): LocalImage | Refusal {
    const known = new Map([...this.#everywhere, ...(this.#namespaces.get(namespace) ?? [])])
    const found = known.get(name) ?? known.get(withoutTag(name))
    if (found) return found
    const mapped = known.size === 0 ? 'none is' : `mapped are ${[...known.keys()].join(', ')}`
    return refusal(
      `image "${name}" is not mapped to a command, and this node runs pods as local processes (${mapped}); ` +
        `map it: images: { '${name}': { command: ['node', 'main.js'], cwd: '.' } }`,
      'ErrImageNeverPull',
    )
  }
}

function withoutTag(name: string): string {
  const [repository = name] = name.split('@')
  const colon = repository.lastIndexOf(':')
  return colon > repository.lastIndexOf('/') ? repository.slice(0, colon) : repository
}
