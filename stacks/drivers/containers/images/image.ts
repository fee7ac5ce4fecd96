import { createHash } from 'node:crypto'

export type ImageName =
  | 'base'
  | 'postgres'
  | 'kafka'
  | 'connect'
  | 'schema-registry'
  | 'toxiproxy'
  | 'node'
  | 'kind-base'
  | 'kind-node'

/** How an image is built from what the package registries give. */
export interface ImageRecipe {
  readonly name: ImageName
  /** Of what is in it; for Kafka in Confluent's numbers, which Testcontainers reads. */
  readonly version: string
  /** After its first lines, which take over its parts and its files. */
  readonly instructions: readonly string[]
  /** On which it stands; absent: nothing, it is a program and no more. */
  readonly base?: ImageRecipe
  readonly parts: readonly ImagePart[]
  /** Path in the image → our file that is there. */
  readonly files: Readonly<Record<string, ImageFile>>
}

/** A file or folder of this machine that becomes one of the image. */
export interface ImagePart {
  /** What decides its content. */
  readonly key: string
  /** Where it is, obtained first where it is absent. */
  readonly obtain: () => Promise<{ readonly folder: string; readonly name: string }>
  readonly to: string
}

export interface ImageFile {
  readonly text: string
  readonly mode?: number
}

/** Our own name for it, by its content: nobody takes it for the official one, and another recipe is another image. */
export function tagOf(recipe: ImageRecipe): string {
  return `eventproof/${recipe.name}:${recipe.version}-${keyOfImage(recipe)}`
}

export function keyOfImage(recipe: ImageRecipe): string {
  const { name, version, instructions, base, parts, files } = recipe
  const inputs = [
    name,
    version,
    instructions,
    base && keyOfImage(base),
    parts.map(({ key, to }) => [key, to]),
    files,
  ]
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 12)
}
