import { execFileSync } from 'node:child_process'
import { mkdir, readFile, rename, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { root } from './source-tree.ts'

/**
 * Makes `folder` one into which npm has installed this package, without asking a registry: what would be published is
 * unpacked, and the packages that would come with it are linked from the checkout.
 */
export async function installInto(folder: string): Promise<void> {
  const modules = join(folder, 'node_modules')
  await mkdir(modules, { recursive: true })
  execFileSync('tar', ['-xzf', pack(folder), '-C', folder])
  await rename(join(folder, 'package'), join(modules, 'eventproof'))
  for (const path of await shipped()) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await symlink(join(root, path), join(folder, path))
  }
}

/** Packs what would be published into `folder`, but for the types. @returns the archive's path */
export function pack(folder: string): string {
  const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
  const said = execFileSync('npm', words, { cwd: root, encoding: 'utf8', env: withoutNpm() })
  const [{ filename }] = JSON.parse(said)
  return join(folder, filename)
}

/** Paths of the packages that come with ours, by the lock file; those inside of others come with them. */
async function shipped(): Promise<string[]> {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: true; optional?: true; devOptional?: true; peer?: true }>
  }
  return Object.entries(packages)
    .filter(([path, { dev, devOptional, peer }]) => path !== '' && !dev && !devOptional && !peer)
    .map(([path]) => path)
    .filter((path) => path.lastIndexOf('node_modules/') === 0)
}

/** npm started by npm would take the options of the outer one for its own. */
export function withoutNpm(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')))
}
