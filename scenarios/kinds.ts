import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import type { ConfigSection } from '../subjects/contract/index.ts'
import type { SubjectKind } from './kind.ts'

export type SubjectKinds = ReadonlyMap<string, SubjectKind>

const HERE = new URL('./', import.meta.url)

/**
 * Every kind of subject, by id: what the rooms of this folder export from their `kind.ts`, and what the given modules
 * export beside them. @param more addresses of further `kind.ts` files
 */
export async function loadKinds(more: readonly URL[] = []): Promise<SubjectKinds> {
  const folders = await readdir(HERE, { withFileTypes: true })
  const rooms = folders
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => new URL(`${name}/kind.ts`, HERE))
    .filter((file) => existsSync(file))
  const modules: { readonly kind: SubjectKind }[] = await Promise.all(
    [...rooms, ...more].map((file) => import(file.href)),
  )
  return new Map(modules.map(({ kind }) => [kind.id, kind]))
}

/** What a config may declare where these are the kinds of subjects. */
export function sectionsOf(kinds: SubjectKinds): readonly ConfigSection[] {
  return [...kinds.values()].map(({ config }) => config)
}
