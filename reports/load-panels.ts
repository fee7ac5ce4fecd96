import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import type { Panels, PanelsByKind } from './panels.ts'

const HERE = new URL('./', import.meta.url)

/**
 * The panels of every kind of subject that has some: what the folders beside this file export from their `panels.ts`,
 * and what the given modules export. @param more addresses of further `panels.ts` files
 */
export async function loadPanels(more: readonly URL[] = []): Promise<PanelsByKind> {
  const folders = await readdir(HERE, { withFileTypes: true })
  const files = folders
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => new URL(`${name}/panels.ts`, HERE))
    .filter((file) => existsSync(file))
  const modules: { readonly panels: Panels }[] = await Promise.all(
    [...files, ...more].map((file) => import(file.href)),
  )
  return new Map(modules.map(({ panels }) => [panels.id, panels]))
}
