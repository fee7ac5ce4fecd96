import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { EventproofError } from '../../../core/error.ts'
import { Reaper } from '../../../core/reaper.ts'
import { fill } from '../../../subjects/contract/placeholders.ts'
import type { RunbookConfig } from '../redrive-config.ts'
import type { FailedStep } from '../runbook-facts.ts'
import { type RunbookStep, runbookSteps } from './runbook-steps.ts'

export class RunbookEmpty extends EventproofError {
  override readonly code = 'EVENTPROOF_RUNBOOK_EMPTY'
  override readonly exitCode = 64
}

/** Milliseconds for all steps together. */
const PATIENCE = 60_000
/** Characters of what is said that are kept. */
const KEPT = 300

/** A documented procedure, which is followed as it is written. */
export class Runbook implements AsyncDisposable {
  readonly file: string
  readonly steps: readonly RunbookStep[]
  readonly #env: Readonly<Record<string, string>>
  readonly #folder: string
  readonly #reaper = new Reaper()

  private constructor(config: RunbookConfig, steps: readonly RunbookStep[], folder: string) {
    this.file = config.file
    this.steps = steps
    this.#env = config.env ?? {}
    this.#folder = folder
  }

  /** @param folder where its path starts, and where its commands run @throws {RunbookEmpty} the system's error */
  static async read(config: RunbookConfig, folder: string): Promise<Runbook> {
    const steps = runbookSteps(await readFile(resolve(folder, config.file), 'utf8'))
    if (steps.length === 0)
      throw new RunbookEmpty('the runbook has nothing to type', {
        what: 'no block of shell commands was found',
        where: config.file,
        hint: 'write each step as a block that begins with ```sh',
      })
    return new Runbook(config, steps, folder)
  }

  /**
   * Types all steps into one shell, which ends at the first command that fails: what a step exports the next one sees.
   * @param values of the placeholders in its environment
   */
  async follow(values: Readonly<Record<string, string>>): Promise<FailedStep | undefined> {
    const env = Object.entries(this.#env).map(([name, text]) => [name, fill(text, values)])
    const script = this.steps.map(({ commands }, step) => `echo ${step} >&3\n${commands}`).join('\n')
    const shell = spawn('bash', ['-eu', '-o', 'pipefail', '-c', script], {
      cwd: this.#folder,
      env: { ...process.env, ...Object.fromEntries(env), ...this.#reaper.environment },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    })
    const ended = endOf(shell, this.#reaper)
    let at = 0
    let said = ''
    const [, out, error, told] = shell.stdio
    createInterface({ input: told as Readable }).on('line', (step) => {
      at = Number(step)
      said = ''
    })
    for (const stream of [out, error])
      createInterface({ input: stream as Readable }).on('line', (line) => {
        if (line.trim() !== '') said = line.trim()
      })
    const code = await ended
    if (code === 0) return undefined
    const { line = 0, commands = '' } = this.steps[at] ?? {}
    const command = commands.split('\n').find((text) => text.trim() !== '') ?? ''
    const password = values['postgres.password']
    const shown = (password === undefined ? said : said.replaceAll(password, '…')).slice(0, KEPT)
    return { step: at + 1, line, command, code, said: shown }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#reaper[Symbol.asyncDispose]()
  }
}

/** What a step leaves running ends with the shell: nobody would look after it. */
async function endOf(shell: ChildProcess, reaper: Reaper): Promise<number | string> {
  const { pid } = shell
  if (pid === undefined) throw await new Promise((resolve) => shell.once('error', resolve))
  reaper.group(pid)
  const kill = () => {
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      // The group has ended.
    }
  }
  const late = setTimeout(kill, PATIENCE)
  shell.once('exit', kill)
  const [code, signal] = await once(shell, 'close')
  clearTimeout(late)
  reaper.gone(pid)
  return code ?? signal
}
