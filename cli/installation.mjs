import { createHash } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { BootstrapError } from './bootstrap-error.mjs'
import { npm } from './npm.mjs'

const LONGEST_WAIT = 10 * 60_000

/**
 * Makes `node_modules` what `package-lock.json` asks for. The stamp lies inside `node_modules` and is written last,
 * npm's own record of what it installed likewise, and `npm ci` begins by removing that folder: an interrupted
 * install is never taken for a finished one.
 *
 * @param {string} root the checkout
 * @param {(line: string) => void} say where progress goes; never stdout, which may carry `--json`
 * @throws {BootstrapError} EVENTPROOF_INSTALL_FAILED
 */
export async function ensureInstalled(root, say) {
  if (isInstalled(root)) return
  const release = await lock(root, say)
  try {
    if (!isInstalled(root)) await install(root, say, release.alsoHeldBy)
  } finally {
    release()
  }
}

/** @param {string} root */
export function isInstalled(root) {
  try {
    if (readFileSync(stampOf(root), 'utf8') === hashOfLock(root)) return true
  } catch {
    // No stamp: nothing was installed, or not by us.
  }
  return installedByHand(root)
}

/** An `npm ci` or `npm install` of the user's own: npm notes at its end which packages it put where. */
function installedByHand(root) {
  try {
    const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages
    const there = packagesOf(join(root, 'node_modules', '.package-lock.json'))
    return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
      ([path, { version, optional }]) =>
        path === '' || (there[path] ?? { version: optional && version }).version === version,
    )
  } catch {
    return false
  }
}

/** @param {string} root */
function stampOf(root) {
  return join(root, 'node_modules', '.eventproof-installed')
}

/** @param {string} root */
function hashOfLock(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
}

/** @param {string} root @param {(line: string) => void} say @param {(pid: number) => void} heldBy */
async function install(root, say, heldBy) {
  const started = Date.now()
  say('eventproof: installing dependencies (npm ci), once for this checkout')
  const words = ['ci', '--no-audit', '--no-fund']
  const interrupted = 'the next start installs the dependencies anew'
  const { failure, complaint } = await npm(words, root, { interrupted, started: heldBy })
  if (failure !== undefined) {
    throw new BootstrapError('EVENTPROOF_INSTALL_FAILED', 'the dependencies could not be installed', {
      what: `npm ci ended with ${failure}`,
      where: root,
      last: complaint,
      try: 'npm ci   in that folder, to see what npm says',
    })
  }
  writeFileSync(stampOf(root), hashOfLock(root))
  say(`eventproof: dependencies installed in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}

/**
 * One install at a time. The lock is a file with the pids that hold it, made whole and then linked into place;
 * it is stale when all of them are gone.
 * @param {string} root @param {(line: string) => void} say
 */
async function lock(root, say) {
  const folder = join(root, '.eventproof')
  const file = join(folder, 'install.lock')
  const own = `${file}.${process.pid}`
  mkdirSync(folder, { recursive: true })
  const limit = Date.now() + LONGEST_WAIT
  let told = false
  for (;;) {
    writeFileSync(own, String(process.pid))
    try {
      linkSync(own, file)
      break
    } catch (error) {
      rmSync(own, { force: true })
      if (error.code !== 'EEXIST') throw error
    }
    const holder = readHolders(file)
    if (holder !== undefined && !holder.some(isAlive)) {
      removeStale(file, own, holder)
      continue
    }
    if (!told)
      say('eventproof: another process is installing the dependencies of this checkout; waiting for it')
    told = true
    if (Date.now() > limit) {
      throw new BootstrapError('EVENTPROOF_INSTALL_FAILED', 'another install does not end', {
        what: `process ${holder?.join(', ') ?? 'unknown'} has held the lock for 10 minutes`,
        where: file,
        try: 'end that process, or remove the file if it is not an install',
      })
    }
    await pause(200)
  }
  rmSync(own, { force: true })
  const release = () => rmSync(file, { force: true })
  /** npm outlives us when we are killed, and must still keep others out. @param {number} pid */
  release.alsoHeldBy = (pid) => {
    writeFileSync(own, `${process.pid} ${pid}`)
    renameSync(own, file)
  }
  return release
}

/** Takes a stale lock away; if someone else's fresh one was caught instead, it is put back. */
function removeStale(file, own, holder) {
  const aside = `${own}.stale`
  try {
    renameSync(file, aside)
    if (readHolders(aside)?.join() !== holder.join()) linkSync(aside, file)
  } catch {
    // Another waiter was faster; the next look decides.
  } finally {
    rmSync(aside, { force: true })
  }
}

/** @param {string} file @returns {number[] | undefined} */
function readHolders(file) {
  try {
    return readFileSync(file, 'utf8').split(' ').map(Number)
  } catch {
    return undefined
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
