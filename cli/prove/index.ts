import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '../../core/clock.ts'
import { EventproofError, messageOf } from '../../core/error.ts'
import { exportsIn } from '../../core/module-folder.ts'
import { nearest } from '../../core/nearest.ts'
import type { ReportProgress } from '../../core/progress.ts'
import { ReadWriteLock } from '../../core/read-write-lock.ts'
import { isFault } from '../../faults/fault.ts'
import { Journal } from '../../proof/history/journal.ts'
import { RUN_FILES } from '../../proof/run-files.ts'
import { writing } from '../../proof/run-not-written.ts'
import { exitCodeOf } from '../../proof/verdict.ts'
import { renderRun } from '../../reports/render-run.ts'
import { controlsOf } from '../../reports/verdicts.ts'
import { loadKinds, type SubjectKinds, sectionsOf } from '../../scenarios/kinds.ts'
import type { RunContext } from '../../scenarios/run-context.ts'
import { openStack } from '../../stacks/open-stack.ts'
import type { Stack } from '../../stacks/stack.ts'
import type { Profile, ProveOptions, ProveOutcome } from '../options.ts'
import { UsageError } from '../usage-error.ts'
import { loadFeatures } from './features.ts'
import { inTime, leftOutInWords } from './left-out.ts'
import { Messages } from './messages.ts'
import { requirePackages } from './needed-packages.ts'
import { recordOf, runId } from './run-record.ts'
import { runScenarios, type ScenarioRuns } from './run-scenarios.ts'
import { type Selected, select } from './selection.ts'
import { subjectOf } from './subject.ts'

/** Trials of each window, commands of the load in each control phase, and whether scalers keep their own seconds. */
const PROFILES: Readonly<Record<Profile, Pick<RunContext, 'trials' | 'commands' | 'pace'>>> = {
  quick: { trials: 3, commands: 60, pace: 'quick' },
  full: { trials: 10, commands: 500, pace: 'quick' },
  guide: { trials: 3, commands: 60, pace: 'declared' },
}

/** Milliseconds between two looks of the autoscaler at the quick pace; its own default is 15 s. */
const QUICK_AUTOSCALER = { autoscalerSync: 1000 }

/**
 * The main job: brings up what the selected scenarios need, runs them, judges their histories and writes the run
 * directory with its reports. Whatever ends it, nothing that it started is left running.
 */
export async function prove(
  options: ProveOptions,
  report: ReportProgress,
  signal: AbortSignal,
): Promise<ProveOutcome> {
  const kinds = await loadKinds()
  await checkFaultNames(options.disarm, kinds)
  const startedAt = new Date()
  const subject = await subjectOf(options, sectionsOf(kinds))
  const messages = new Messages()
  const features = await loadFeatures((envelope) => messages.write(envelope))
  const all = select(features.pickles, kinds, subject.config, options.selection, options.repeat)
  const { run: selected, leftOut } = inTime(all, options)
  requirePackages(options, subject, selected)

  const id = runId(startedAt, options.seed)
  const directory = await writing(options.out, () => newDirectory(options.out, id))
  const file = (name: keyof typeof RUN_FILES) => join(directory, RUN_FILES[name])
  const broken = new AbortController()
  const journal = await Journal.open(file('history'), {
    clock: systemClock(),
    onError: (error) => broken.abort(error),
  })
  const ended = AbortSignal.any([signal, broken.signal])
  report({ type: 'run', run: id, directory, scenarios: selected.length })
  if (leftOut.length > 0) report({ type: 'note', level: 'info', text: leftOutInWords(leftOut) })

  const stack = await openStack(options.stack, {
    logs: file('logs'),
    onProgress: report,
    cluster: PROFILES[options.profile].pace === 'quick' ? QUICK_AUTOSCALER : {},
  })
  let runs: ScenarioRuns = { judgements: [], schedule: [], notProven: [] }
  try {
    const cluster = clusterFor(selected, kinds, stack)
    if (selected.some((each) => !hopeless(each, kinds, stack)))
      await unlessAborted(stack.need(['postgres', 'kafka', 'toxiproxy']), ended)
    const context = {
      stack,
      kinds,
      config: subject.config,
      folder: subject.folder,
      history: (scenario: string) => journal.scenario(scenario),
      judged: (scenario: string) => journal.forget(scenario),
      report,
      connectLock: new ReadWriteLock(),
      metricsLock: new ReadWriteLock(),
      seed: options.seed,
      ...PROFILES[options.profile],
      ...(options.events === undefined ? {} : { commands: options.events }),
      ...(subject.annotated ? { annotated: subject.annotated } : {}),
      disarmed: options.disarm,
      signal: ended,
    }
    runs = await runScenarios(context, kinds, features, selected, options.jobs, cluster)
  } catch (error) {
    if (!ended.aborted) throw error
  } finally {
    // What does not end when it is told to ends with this process; the report is worth more than to wait for it.
    await Promise.resolve(stack[Symbol.asyncDispose]()).catch((error: unknown) => {
      report({ type: 'note', level: 'warning', text: `the stack did not end cleanly: ${messageOf(error)}` })
    })
  }
  await journal.close()

  const record = await recordOf(options, subject, {
    id,
    startedAt,
    versions: stack.versions,
    capabilities: [...stack.capabilities],
    interrupted: signal.aborted,
    schedule: runs.schedule,
    notProven: runs.notProven,
    leftOut,
  })
  const verdicts = controlsOf(runs.judgements, record, kinds)
  await writing(directory, async () => {
    await writeFile(file('messages'), messages.text())
    await writeFile(file('run'), `${JSON.stringify(record, null, 2)}\n`)
    await writeFile(file('verdicts'), `${JSON.stringify(verdicts, null, 2)}\n`)
    await renderRun(directory, kinds)
  })
  const exitCode = exitCodeOf(verdicts.verdict, verdicts.verdict === 'NOT-PROVEN')
  // The report says what was judged before; the error says why it was not more. What was refuted stays refuted.
  if (runs.notReady && verdicts.verdict !== 'VIOLATED') throw runs.notReady
  if (runs.notReady) report({ type: 'note', level: 'warning', text: messageOf(runs.notReady) })
  return { exitCode, verdict: verdicts.verdict, runDirectory: directory }
}

/** Nothing is started for a scenario that can not be run here whatever is started. */
function hopeless(selected: Selected, kinds: SubjectKinds, { lacking }: Stack): boolean {
  return waitsForCluster(selected, kinds) && lacking.has('kubernetes')
}

function waitsForCluster({ subject }: Selected, kinds: SubjectKinds): boolean {
  return kinds.get(subject.kind)?.waitsFor?.component === 'kubernetes'
}

/**
 * Builds what a cluster is started from, beside everything else; where nothing else is to be done, it is started, too.
 * @returns why there can be none; undefined where there can
 */
async function clusterFor(
  selected: readonly Selected[],
  kinds: SubjectKinds,
  stack: Stack,
): Promise<string | undefined> {
  const scaled = selected.filter((each) => waitsForCluster(each, kinds))
  if (scaled.length === 0) return undefined
  const lacking = stack.lacking.get('kubernetes')
  if (lacking !== undefined) return lacking
  try {
    await stack.prepare(['kubernetes'])
  } catch (error) {
    if (!(error instanceof EventproofError)) throw error
    const { what, hint } = error.detail
    const more = [what, hint].filter(Boolean).join('; ')
    return `kubernetes: ${error.message}${more && ` (${more})`}`
  }
  // Who needs it later gets the same start, and its error.
  if (scaled.length === selected.length) stack.need(['kubernetes']).catch(() => {})
  return undefined
}

/** Gates and faults of all kinds of subjects, and the load: what `--disarm` can switch off. @throws {UsageError} for another name */
async function checkFaultNames(names: readonly string[], kinds: SubjectKinds): Promise<void> {
  if (names.length === 0) return
  const faults = await exportsIn(new URL('../../faults/', import.meta.url), isFault)
  const windows = [...kinds.values()].flatMap((kind) => kind.faults)
  const known = [...new Set([...windows, ...faults.map(({ id }) => id), 'load'])].sort()
  for (const name of names) {
    if (name === 'all' || known.includes(name)) continue
    const close = nearest(name, known)
    throw new UsageError(`there is no fault ${name}`, {
      what: `--disarm knows ${known.join(', ')}`,
      ...(close ? { hint: `did you mean ${close}?` } : {}),
    })
  }
}

/** A new folder for the run; two runs of one minute and one seed get different ones. */
async function newDirectory(out: string, id: string): Promise<string> {
  await mkdir(out, { recursive: true })
  for (let n = 1; ; n++) {
    const directory = join(out, n === 1 ? id : `${id}-${n}`)
    try {
      await mkdir(directory)
      return directory
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

/** Stops waiting when the run is aborted; what was begun is ended with the stack. */
async function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  work.catch(() => {})
  signal.throwIfAborted()
  await Promise.race([
    work,
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true })),
  ])
}
