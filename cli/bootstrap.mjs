/**
 * Starts a TypeScript entry of this package on a machine that has nothing but some Node ≥ 18 and npm: installs the
 * checkout's dependencies if they are not what the lock file says, finds a Node that is new enough, and runs the
 * entry under it. Plain JavaScript, because it runs before anything that could read anything else.
 *
 *   node cli/bootstrap.mjs test/run.ts …
 */
import { spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join, resolve, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { BootstrapError } from './bootstrap-error.mjs'
import { ensureInstalled } from './installation.mjs'
import { findNode } from './node-runtime.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
/** Node strips no types below node_modules: in a published package we do. */
const published = root.split(sep).includes('node_modules')

/**
 * Runs `entry` (relative to the package) and ends this process as it ended: same exit code, 128 + n for a signal.
 * @param {string} entry @param {readonly string[]} args
 */
export async function run(entry, args) {
  try {
    const say = (line) => process.stderr.write(`${line}\n`)
    if (!published) await ensureInstalled(root, say)
    // The same services and test files start hundreds of times: what Node compiled of them is kept beside the runs.
    if (!published) process.env.NODE_COMPILE_CACHE ??= join(root, '.eventproof', 'compiled')
    const node = await findNode(root, say)
    const file = join(root, entry)
    if (node === process.execPath && !published) {
      process.argv.splice(1, process.argv.length - 1, file, ...args)
      await import(pathToFileURL(file).href)
    } else {
      // Options of Node itself, such as the heap's limit, are meant for the entry.
      process.exitCode = await runUnder(node, [...process.execArgv, ...loader(), file, ...args])
    }
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error
    process.stderr.write(`${describe(error)}\n`)
    process.exitCode = error.exitCode
  }
}

function loader() {
  if (!published) return []
  const stripTypes = pathToFileURL(join(root, 'core', 'strip-types.mjs')).href
  return ['--disable-warning=ExperimentalWarning', '--import', stripTypes]
}

/**
 * The channel lets the child notice when we are killed in a way that we cannot pass on.
 * @param {string} node @param {readonly string[]} args @returns {Promise<number>}
 */
function runUnder(node, args) {
  const child = spawn(node, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('exit', (code, signal) => done(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
}

/** @param {BootstrapError} error */
function describe(error) {
  const { what, ...rest } = error.detail
  const lines = Object.entries(rest).filter(([, text]) => text !== undefined)
  const title = `✗ ${error.message}`
  return [
    `${title}${' '.repeat(Math.max(2, 78 - title.length))}${error.code}`,
    ...(what ? [`  ${what}`] : []),
    ...lines.map(([name, text]) => `  ${name.padEnd(5)} ${text}`),
  ].join('\n')
}

const [, started, entry, ...args] = process.argv
if (started !== undefined && realpathSync(started) === fileURLToPath(import.meta.url)) {
  if (entry === undefined) {
    process.stderr.write('usage: node cli/bootstrap.mjs <entry.ts> [arguments]\n')
    process.exitCode = 64
  } else {
    await run(entry, args)
  }
}
