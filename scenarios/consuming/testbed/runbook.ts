import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { EventproofError, messageOf } from '../../../core/error.ts'
import { Reaper } from '../../../core/reaper.ts'
import { usersEnvironment } from '../../../core/users-environment.ts'
import { fill } from '../../../subjects/contract/placeholders.ts'
import type { RunbookConfig } from '../redrive-config.ts'
import type { FailedStep } from '../runbook-facts.ts'
import { type RunbookStep, runbookSteps } from './runbook-steps.ts'

export class RunbookUnusable extends EventproofError {
  override readonly code = 'EVENTPROOF_RUNBOOK_UNUSABLE'
  override readonly exitCode = 64
}

/** Milliseconds for all steps together. */
const PATIENCE = 60_000
/** Before the number of a step that begins, in what the shell prints. */
const MARK = '\u0001step '
/** Of what a step says last, lines and characters that are kept. */
const LINES = 4
const KEPT = 300

/** A documented procedure, which is followed as it is written. */
export class Runbook implements AsyncDisposable {
  readonly file: string
  readonly steps: readonly RunbookStep[]
  readonly #env: Readonly<Record<string, string>>
  readonly #folder: string
  readonly #reaper = new Reaper()
  readonly #scratch: string

  private constructor(
    config: RunbookConfig,
    steps: readonly RunbookStep[],
    { folder, scratch }: { readonly folder: string; readonly scratch: string },
  ) {
    this.#scratch = scratch
    this.#reaper.path(scratch)
    this.file = config.file
    this.steps = steps
    this.#env = config.env ?? {}
    this.#folder = folder
  }

  /** @param folder where its path starts, and where its commands run @throws {RunbookUnusable} */
  static async read(config: RunbookConfig, folder: string): Promise<Runbook> {
    const path = resolve(folder, config.file)
    const text = await readFile(path, 'utf8').catch((cause: unknown) => {
      throw new RunbookUnusable('the runbook can’t be read', {
        what: messageOf(cause),
        where: path,
        hint: 'redrive.runbook.file starts at the folder of the config file',
        cause,
      })
    })
    const steps = runbookSteps(text)
    if (steps.length === 0)
      throw new RunbookUnusable('the runbook has nothing to type', {
        what: 'no block of shell commands was found',
        where: path,
        hint: 'write each step as a block that begins with ```sh',
      })
    const scratch = await mkdtemp(join(tmpdir(), 'eventproof-runbook-'))
    return new Runbook(config, steps, { folder, scratch })
  }

  /**
   * Types all steps into one shell, which ends at the first command that fails: what a step exports the next one sees.
   * @param values of the placeholders in its environment
   */
  async follow(values: Readonly<Record<string, string>>): Promise<FailedStep | undefined> {
    const env = Object.entries(this.#env).map(([name, text]) => [name, fill(text, values)])
    const script = this.steps.map(({ commands }, step) => `echo '${MARK}${step}'\n${commands}`).join('\n')
    // A file: Node's pipes are sockets, and a command can not open a socket as /dev/stderr.
    const output = await open(join(this.#scratch, 'output'), 'w+')
    try {
      const shell = spawn('bash', ['-eu', '-o', 'pipefail', '-c', script], {
        cwd: this.#folder,
        env: usersEnvironment({ ...Object.fromEntries(env), ...this.#reaper.environment }),
        detached: true,
        stdio: ['ignore', output.fd, output.fd],
      })
      const code = await endOf(shell, this.#reaper)
      if (code === 0) return undefined
      const lines = (await readFile(join(this.#scratch, 'output'), 'utf8')).split('\n')
      return this.#failure(code, lines, values['postgres.password'])
    } finally {
      await output.close()
    }
  }

  #failure(code: number | string, lines: readonly string[], secret = ''): FailedStep {
    const mark = lines.findLastIndex((text) => text.startsWith(MARK))
    const at = Number(lines[mark]?.slice(MARK.length) ?? 0)
    const { line = 0, commands = '' } = this.steps[at] ?? {}
    const command = commands.split('\n').find((text) => text.trim() !== '') ?? ''
    const said = lines.slice(mark + 1).filter((text) => text.trim() !== '')
    const shown = said
      .slice(-LINES)
      .map((text) => text.trim())
      .join(' ')
    const safe = secret === '' ? shown : shown.replaceAll(secret, '…')
    return { step: at + 1, line, command, code, said: safe.slice(0, KEPT) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reaper[Symbol.asyncDispose]()
    await rm(this.#scratch, { recursive: true, force: true })
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
  const [code, signal] = await once(shell, 'exit')
  clearTimeout(late)
  kill()
  reaper.gone(pid)
  return code ?? signal
}
