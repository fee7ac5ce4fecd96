import { relative } from 'node:path'
import { systemClock } from '../../core/clock.ts'
import type { ProgressEvent, RunResult } from '../../core/progress.ts'
import { RUN_FILES } from '../../proof/run-files.ts'
import { declaredLines } from '../../reports/declared-lines.ts'
import { readRun } from '../../reports/read-run.ts'
import { openSession } from '../../session/open-session.ts'
import type { RunOutcome } from '../../session/options.ts'
import { twinNamed } from '../../session/twin-named.ts'
import { interruption } from '../interrupt.ts'
import { proveOptions, type TypedProveOptions } from '../option-parsing.ts'
import type { ProveOptions } from '../options.ts'
import type { Output } from '../output.ts'
import { chooseRenderer } from '../progress/choose.ts'
import { seconds } from '../progress/wording.ts'
import { prove } from '../prove.ts'
import { verdictStyle } from '../verdict-style.ts'

interface Surroundings {
  readonly cwd: string
  readonly argv: readonly string[]
  readonly output: Output
  readonly version: string
}

/** Proves, shows how it goes, and ends with the verdict and where the report lies. */
export async function proveCommand(
  selection: readonly string[],
  typed: TypedProveOptions,
  { cwd, argv, output }: Surroundings,
): Promise<number> {
  const options = proveOptions(selection, typed, { cwd, commandLine: argv })
  if (options.twin !== undefined) twinNamed(options.twin)
  if (typed.list) return list(options, typed.json === true, output)
  const clock = systemClock()
  const renderer = chooseRenderer(typed.json === true, clock, output)
  const report = (event: ProgressEvent) => renderer.show(event)
  using interrupted = interruption((reason) => {
    report({
      type: 'note',
      level: 'warning',
      text: `${reason.message}: healing, tearing down (again: at once)`,
    })
  })
  let result: RunResult
  try {
    const outcome = await prove(options, report, interrupted.signal)
    result = await resultOf(outcome, interrupted.exitCode, clock.monotonic())
    report(result)
  } finally {
    renderer[Symbol.dispose]()
  }
  if (!typed.json) output.result(summary(result, cwd, output))
  return result.exitCode
}

/** What would be run, and nothing more. */
async function list(options: ProveOptions, json: boolean, output: Output): Promise<number> {
  await using session = await openSession(options)
  const selected = session.select(options.selection)
  if (json) output.result(JSON.stringify({ type: 'selected', scenarios: selected }))
  else
    for (const { title, subject, controls, tags } of selected) {
      const words = tags.filter((tag) => !controls.includes(tag)).map((tag) => `@${tag}`)
      output.result(`${subject.name}: ${title}  ${[...controls, ...words].join(' ')}`)
    }
  output.aside(`${selected.length} scenarios; any of their words selects them, several select more\n`)
  return selected.length > 0 ? 0 : 2
}

async function resultOf(
  outcome: RunOutcome,
  signalled: number | undefined,
  milliseconds: number,
): Promise<RunResult> {
  const { record, verdicts } = await readRun(outcome.directory)
  return {
    type: 'result',
    verdict: outcome.verdict,
    exitCode: signalled ?? outcome.exitCode,
    run: record.id,
    directory: outcome.directory,
    report: `${outcome.directory}/${RUN_FILES.html}`,
    interrupted: record.interrupted,
    controls: verdicts.controls.map(({ id, verdict, reason }) => ({ id, verdict, reason })),
    declared: declaredLines(verdicts),
    antiPatterns: (verdicts.antiPatterns ?? []).map(({ id, title, state, says }) => ({
      id,
      title,
      state,
      says,
    })),
    milliseconds: Math.round(milliseconds),
  }
}

function summary(result: RunResult, cwd: string, { style }: Output): string {
  const judged = result.controls.filter(({ verdict }) => verdict !== 'NOT-PROVEN')
  const lines = judged.map(
    ({ id, verdict, reason }) => `  ${id}  ${style(verdictStyle(verdict), verdict.padEnd(12))} ${reason}`,
  )
  const rest = result.controls.length - judged.length
  if (rest > 0) lines.push(`  ${rest} of ${result.controls.length} controls are not proven by this run`)
  const at = (path: string) => relative(cwd, path) || '.'
  return [
    '',
    `${style(['bold', verdictStyle(result.verdict)], result.verdict)} in ${seconds(result.milliseconds)}${
      result.interrupted ? ' (interrupted)' : ''
    }`,
    ...lines,
    ...result.declared.map((line) => `  ${line}`),
    ...antiPatternLines(result),
    ...(result.report ? [`report  ${at(result.report)}`] : []),
    `verify  eventproof verify ${result.run}`,
  ].join('\n')
}

/** What was found, one line each, and how much was looked for. */
function antiPatternLines({ antiPatterns }: RunResult): string[] {
  if (antiPatterns.length === 0) return []
  const found = antiPatterns.filter(({ state }) => state === 'found')
  const absent = antiPatterns.filter(({ state }) => state === 'absent').length
  const open = antiPatterns.length - found.length - absent
  return [
    `  anti-patterns: ${found.length} found, ${absent} not there, ${open} not looked at`,
    ...found.map(({ title, says }) => `    ${title}: ${says}`),
  ]
}
