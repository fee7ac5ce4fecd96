import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Recipe } from '../../../../core/cache.ts'
import { ArtifactFailed, runTool, TOOLS, type Tool } from '../../../artifacts/toolchain.ts'

export const DEBOOTSTRAP: Tool = {
  program: 'debootstrap',
  for: 'the base of all images (a small Debian from its package archive)',
  costs: 'image that can be built where no image registry answers',
  fix: 'apt-get install debootstrap',
}

/** A small Debian as a tar archive: `sh`, `bash` and what the wait strategies of Testcontainers call inside. */
export const debianRoot: Recipe = {
  name: 'debian-root',
  version: 'bookworm',
  inputs: [process.arch, 'minbase, ca-certificates'],
  async build(into, { tell, environment }) {
    if (process.getuid?.() !== 0)
      throw new ArtifactFailed('the base of images can not be made', {
        what: 'debootstrap makes device files, which only root may',
        hint: 'run `eventproof images build` once as root, or import images that were built elsewhere: `eventproof images import FILE`',
      })
    tell('download')
    const root = join(into, 'root')
    const run = { cwd: into, env: { ...environment, DEBIAN_FRONTEND: 'noninteractive' } }
    await runTool(DEBOOTSTRAP, ['--variant=minbase', '--include=ca-certificates', 'bookworm', root], run)
    for (const folder of ['var/cache/apt/archives', 'var/lib/apt/lists', 'usr/share/doc', 'usr/share/man'])
      for (const name of await readdir(join(root, folder)))
        await rm(join(root, folder, name), { recursive: true })
    tell('build')
    await runTool(TOOLS.tar, ['-cf', join(into, 'root.tar'), '--numeric-owner', '-C', root, '.'], run)
    await rm(root, { recursive: true })
  },
}
