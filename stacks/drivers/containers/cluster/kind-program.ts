import { join } from 'node:path'
import type { Cache } from '../../../../core/cache.ts'
import { findProgram, runProgram } from '../../../artifacts/toolchain.ts'
import { KIND_VERSION, nodePrograms } from './node-programs.ts'

/** The program `kind`: one of this version on PATH, else the one that is built here once. @throws {ArtifactFailed} */
export async function kindProgram(cache: Cache): Promise<string> {
  const recipe = nodePrograms(cache)
  const onPath = await findProgram('kind')
  if (onPath !== undefined && (await cache.inspect(recipe)).state !== 'present') {
    const said = await runProgram(onPath, ['version'], { cwd: '/' }).catch(() => '')
    if (said.includes(`v${KIND_VERSION} `)) return onPath
  }
  return join(await cache.obtain(recipe), 'kind')
}
