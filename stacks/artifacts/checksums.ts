import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256Of } from '../../core/cache-manifest.ts'
import { ArtifactFailed } from './toolchain.ts'

/**
 * Holds a folder against a committed list (`sha256  name` a line): the same files, the same bytes, nothing else.
 * @throws {ArtifactFailed} naming the first file that differs
 */
export async function verifyFolder(folder: string, list: string): Promise<void> {
  const expected = new Map(
    (await readFile(list, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => line.split(/\s+/))
      .map(([sum, name]) => [name ?? '', sum ?? '']),
  )
  const found = new Set(await readdir(folder))
  const missing = [...expected.keys()].find((name) => !found.has(name))
  if (missing) throw differs(missing, 'was not delivered', folder)
  for (const name of found) {
    const sum = expected.get(name)
    if (sum === undefined) throw differs(name, 'is not in the committed list', folder)
    const actual = await sha256Of(join(folder, name))
    if (actual !== sum) throw differs(name, `has sha256 ${actual}, expected ${sum}`, folder)
  }
}

function differs(name: string, what: string, where: string): ArtifactFailed {
  return new ArtifactFailed('what was downloaded is not what was expected', {
    what: `${name} ${what}`,
    where,
    hint: 'a mirror or proxy may have changed it; nothing of it was kept',
  })
}
