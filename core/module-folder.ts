import { readdir } from 'node:fs/promises'

/**
 * What the modules of a folder export and `is` recognises, in the order of file names: adding a module is enough to
 * add what it exports. Tests are left out.
 * @param folder with a slash at its end
 */
export async function exportsIn<T>(folder: URL, is: (value: unknown) => value is T): Promise<T[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const modules: Record<string, unknown>[] = await Promise.all(
    files.sort().map((name) => import(new URL(name, folder).href)),
  )
  return [...new Set(modules.flatMap((module) => Object.values(module).filter(is)))]
}
