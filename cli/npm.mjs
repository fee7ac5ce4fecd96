import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { BootstrapError } from './bootstrap-error.mjs'

/**
 * Runs the npm that started us, else the one on PATH, to its end.
 *
 * @param {readonly string[]} words @param {string} cwd
 * @param {{ interrupted: string, started?: (pid: number) => void }} options `interrupted`: what is said of a signal
 * @returns {Promise<{ failure: string | undefined, complaint: string }>} how it ended, where that is not well, and
 *   what it says went wrong
 * @throws {BootstrapError} EVENTPROOF_INTERRUPTED when a signal ends us; npm has ended then, too
 */
export async function npm(words, cwd, { interrupted, started = () => {} }) {
  const own = process.env.npm_execpath
  const [command, args] = own?.endsWith('.js') ? [process.execPath, [own, ...words]] : ['npm', words]
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(0, 100_000)
    })
  }
  if (child.pid !== undefined) started(child.pid)
  let stopped
  const stop = (signal) => {
    stopped = signal
    child.kill(signal)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop)
  const failure = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) => resolve(code === 0 ? undefined : (signal ?? `exit code ${code}`)))
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, stop)
  if (stopped !== undefined) {
    const title = `interrupted by ${stopped}; ${interrupted}`
    const exitCode = 128 + constants.signals[stopped]
    throw new BootstrapError(
      'EVENTPROOF_INTERRUPTED',
      title,
      { what: 'what was begun is not complete' },
      exitCode,
    )
  }
  return { failure, complaint: complaint(output) }
}

/** What npm says went wrong, without its warnings and its manual. @param {string} output */
function complaint(output) {
  const lines = output.split('\n').map((line) => line.trim())
  const errors = lines
    .filter((line) => /^npm error ./.test(line))
    .map((line) => line.slice('npm error '.length))
  return (errors.length > 0 ? errors : lines.filter(Boolean).slice(-8)).slice(0, 8).join('\n        ')
}
