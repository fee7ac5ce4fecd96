import { spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ReportProgress } from '../../../../core/progress.ts'
import type { Engine } from '../engine.ts'
import { type ImageRecipe, tagOf } from './image.ts'

/** On each image that we built, with its name. */
export const IMAGE_LABEL = 'eventproof.image'

/** Where the files of this machine are in a build's context; a Dockerfile names them relative to it. */
const OWN = 'eventproof-files'

/** The image's tag, built first where the engine does not have it. */
export async function builtImage(
  engine: Engine,
  recipe: ImageRecipe,
  report: ReportProgress,
): Promise<string> {
  const tag = tagOf(recipe)
  if ((await engine.image(tag)) !== undefined) return tag
  const begun = performance.now()
  const tell = (step: 'build' | 'ready' | 'failed') =>
    report({
      type: 'artifact',
      artifact: `image ${recipe.name}`,
      step,
      milliseconds: Math.round(performance.now() - begun),
    })
  try {
    if (recipe.name === 'base') {
      const [root] = await Promise.all(recipe.parts.map((part) => part.obtain()))
      tell('build')
      await engine.importRoot(tag, createReadStream(join(root?.folder ?? '', root?.name ?? '')))
    } else {
      const from = recipe.base ? await builtImage(engine, recipe.base, report) : 'scratch'
      await buildOn(engine, recipe, from, () => tell('build'))
    }
    tell('ready')
    return tag
  } catch (error) {
    tell('failed')
    throw error
  }
}

async function buildOn(engine: Engine, recipe: ImageRecipe, from: string, begin: () => void): Promise<void> {
  const parts = await Promise.all(recipe.parts.map(async (part) => ({ ...part, ...(await part.obtain()) })))
  begin()
  const own = await mkdtemp(join(tmpdir(), 'eventproof-image-'))
  try {
    const copies = parts.map(
      ({ folder, name, to }) => `COPY ${JSON.stringify([inContext(folder, name), to])}`,
    )
    const files = Object.entries(recipe.files)
    for (const [path, { text, mode = 0o644 }] of files) {
      const at = join(own, OWN, path)
      await mkdir(dirname(at), { recursive: true })
      await writeFile(at, text)
      await chmod(at, mode)
    }
    const lines = [
      `FROM ${from}`,
      ...copies,
      ...(files.length > 0 ? [`COPY ${OWN}/ /`] : []),
      ...recipe.instructions,
    ]
    await writeFile(join(own, 'Dockerfile'), `${lines.join('\n')}\n`)
    const context = [
      '-C',
      own,
      '.',
      ...parts.flatMap(({ folder, name }) => ['-C', '/', inContext(folder, name)]),
    ]
    const tar = spawn('tar', ['-cf', '-', '--numeric-owner', '--owner=0', '--group=0', ...context], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await engine.build(tagOf(recipe), tar.stdout, { [IMAGE_LABEL]: recipe.name })
  } finally {
    await rm(own, { recursive: true, force: true })
  }
}

function inContext(folder: string, name: string): string {
  return join(folder, name).slice(1)
}
