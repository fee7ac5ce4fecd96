import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

/**
 * The oldest Node that runs the sources as they are: types are stripped without a flag or a warning, and
 * `await using` is understood. Older ones start the Node that comes with the dependencies (npm package `node`).
 */
export const OLDEST_NODE = [24, 3]

/** @param {string} version such as `24.21.0` or `v24.21.0` */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])
}

/** Thrown to be printed: `message` is the title, `detail` the rest in order. */
export class BootstrapError extends Error {
  /** @param {string} code @param {string} title @param {Record<string, string | undefined>} detail @param {number} exitCode */
  constructor(code, title, detail, exitCode = 3) {
    super(title)
    this.code = code
    this.detail = detail
    this.exitCode = exitCode
  }
}

/**
 * @param {string} root the package's folder
 * @returns {string} absolute path of a Node that is new enough; found by running it, not by its name
 * @throws {BootstrapError} EVENTPROOF_NODE_TOO_OLD
 */
export function findNode(root) {
  if (isNewEnough(process.versions.node)) return process.execPath
  const wanted = `Node ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.version}`
  const binary = bundledNode(root)
  const again = 'npm ci --ignore-scripts=false   (or put a newer Node on PATH)'
  if (binary === undefined) {
    const where = `${join(root, 'node_modules', 'node', 'bin', 'node')} does not exist: were install scripts off?`
    throw new BootstrapError('EVENTPROOF_NODE_TOO_OLD', 'no suitable Node', {
      what: wanted,
      where,
      try: again,
    })
  }
  let version
  try {
    version = execFileSync(binary, ['--version'], { encoding: 'utf8', timeout: 20_000 }).trim()
  } catch (error) {
    throw new BootstrapError(
      'EVENTPROOF_NODE_TOO_OLD',
      'the Node that came with the dependencies does not run',
      {
        what: wanted,
        where: binary,
        last: String(error instanceof Error ? error.message : error).split('\n')[0],
        try: again,
      },
    )
  }
  if (isNewEnough(version)) return binary
  throw new BootstrapError('EVENTPROOF_NODE_TOO_OLD', 'the Node that came with the dependencies is too old', {
    what: wanted,
    where: `${binary} is ${version}`,
    try: again,
  })
}

/** @param {string} root */
function bundledNode(root) {
  try {
    const manifest = createRequire(join(root, 'package.json')).resolve('node/package.json')
    const binary = resolve(dirname(manifest), 'bin', 'node')
    return existsSync(binary) ? binary : undefined
  } catch {
    return undefined
  }
}
