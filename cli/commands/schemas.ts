import { copyFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { UsageError } from '../../core/usage-error.ts'
import type { Finding } from '../../proof/finding.ts'
import type { ScenarioJudgement } from '../../proof/judgement.ts'
import { RUN_FILES } from '../../proof/run-files.ts'
import { junit } from '../../reports/formats/junit.ts'
import type { RunOutcome } from '../../session/options.ts'
import { interruption } from '../interrupt.ts'
import { proveOptions } from '../option-parsing.ts'
import type { Output } from '../output.ts'
import { prove } from '../prove.ts'
import { verdictStyle } from '../verdict-style.ts'

export interface TypedSchemasOptions {
  readonly stack: string
  readonly config?: string
  /** Where its JUnit is copied to. */
  readonly junit?: string
  readonly out?: string
  readonly json?: true
}

interface Surroundings {
  readonly cwd: string
  readonly argv: readonly string[]
  readonly output: Output
}

/** The control that a compatible schema is about. */
const CONTROL = 'D4'

/**
 * Registers the schemas of a config in a registry of its own, breaks each rule of evolution on a copy of them, and says
 * what is wrong with them. Of a stack it needs the registry alone.
 * @param names entries of `schemas`; none: all of them
 * @returns the exit code of a run about D4
 */
export async function schemasCommand(
  names: readonly string[],
  typed: TypedSchemasOptions,
  { cwd, argv, output }: Surroundings,
): Promise<number> {
  const { json, junit: copy } = typed
  const asked = {
    ...typed,
    repeat: 1,
    profile: 'quick',
    antiPatterns: 'report',
    waivers: 'show',
    subject: names,
  } as const
  const options = proveOptions([CONTROL], asked, { cwd, commandLine: argv })
  using interrupted = interruption((reason) => output.aside(`${reason.message}: tearing down\n`))
  const outcome = await prove(options, () => {}, interrupted.signal)
  if (copy !== undefined) await keepJunit(outcome, resolve(cwd, copy))
  if (json) output.result(JSON.stringify(answerOf(outcome)))
  else for (const text of textsOf(outcome, cwd, output)) output.result(text)
  return interrupted.exitCode ?? outcome.exitCode
}

async function keepJunit({ directory }: RunOutcome, to: string): Promise<void> {
  await copyFile(resolve(directory, junit.file), to).catch((cause) => {
    throw new UsageError('the JUnit file can not be written', {
      what: cause.message,
      where: to,
      hint: 'name a file in a folder that is there: --junit reports/schemas.xml',
    })
  })
}

interface Said {
  readonly name: string
  readonly says: string
}

/** What is wrong, and what only could be better. */
function saidOf({
  findings,
  reason,
}: ScenarioJudgement): Readonly<Record<'wrong' | 'advice', readonly Said[]>> {
  const wrong = findings.flatMap((finding) =>
    isWrong(finding) ? [{ name: finding.name, says: finding.counterexample.says }] : [],
  )
  const advice = findings.flatMap((finding) => (finding.kind === 'held' ? (finding.advice ?? []) : []))
  return {
    wrong: wrong.length === 0 && reason !== '' ? [{ name: 'not-proven', says: reason }] : wrong,
    advice: advice.map(({ name, says }) => ({ name, says })),
  }
}

function isWrong(finding: Finding): finding is Extract<Finding, { kind: 'violated' | 'stalled' }> {
  return finding.kind === 'violated' || finding.kind === 'stalled'
}

function answerOf({ verdict, verdicts, exitCode, directory }: RunOutcome) {
  const subjects = verdicts.scenarios.map((scenario) => {
    const { subject, verdict } = scenario
    return { schemas: subject, verdict, ...saidOf(scenario) }
  })
  return { type: 'result', verdict, exitCode, directory, subjects }
}

function textsOf({ verdicts, directory }: RunOutcome, cwd: string, { style }: Output): string[] {
  return [
    ...verdicts.scenarios.flatMap((scenario) => {
      const { subject, verdict } = scenario
      const { wrong, advice } = saidOf(scenario)
      return [
        `${style(verdictStyle(verdict), verdict)}  ${subject}`,
        ...wrong.map(({ name, says }) => `  ${style('red', name)}  ${says}`),
        ...advice.map(({ name, says }) => `  ${style('dim', `advice: ${name}`)}  ${says}`),
      ]
    }),
    `report  ${relative(cwd, resolve(directory, RUN_FILES.html))}`,
  ]
}
