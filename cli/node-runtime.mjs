import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { cacheFolder } from '../core/cache-folder.mjs'
import { obtainNode } from './obtained-node.mjs'

/**
 * The oldest Node that runs the sources as they are: types are stripped without a flag or a warning, and
 * `await using` is understood.
 */
export const OLDEST_NODE = [24, 3]

/** @param {string} version such as `24.21.0` or `v24.21.0` */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])
}

/**
 * A Node that is new enough: the running one, that of the npm package `node` where a checkout has it, or one of our
 * own in the cache, which is obtained first where it is absent. No package of ours brings a Node into the project
 * that it is installed in: `node_modules/.bin/node` would become the Node of that project's scripts and services.
 *
 * @param {string} root the package's folder @param {(line: string) => void} say where progress goes
 * @returns {Promise<string>} an absolute path
 * @throws {BootstrapError} EVENTPROOF_NODE_TOO_OLD
 */
export async function findNode(root, say) {
  if (isNewEnough(process.versions.node)) return process.execPath
  return bundledNode(root) ?? obtainNode(cacheFolder(), say)
}

/** Found by running it: where install scripts were off, the package is there and its Node is not. @param {string} root */
function bundledNode(root) {
  try {
    const manifest = createRequire(resolve(root, 'package.json')).resolve('node/package.json')
    const binary = resolve(dirname(manifest), 'bin', 'node')
    if (!existsSync(binary)) return undefined
    const version = execFileSync(binary, ['--version'], { encoding: 'utf8', timeout: 20_000 }).trim()
    return isNewEnough(version) ? binary : undefined
  } catch {
    return undefined
  }
}
