import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../core/clock.ts'
import { messageOf } from '../core/error.ts'
import { tasksPerCore } from '../core/machine-load.ts'
import type { ReportProgress } from '../core/progress.ts'
import { ReadWriteLock } from '../core/read-write-lock.ts'
import type { HistoryEvent } from '../proof/history/event.ts'
import { Journal } from '../proof/history/journal.ts'
import { CONTROLS } from '../reports/controls.ts'
import { BrokerPool } from '../scenarios/broker-pool.ts'
import type { RunContext } from '../scenarios/run-context.ts'
import { chooseDriver } from '../stacks/choose-driver.ts'
import { openStack } from '../stacks/open-stack.ts'
import type { ExternalParts, Stack } from '../stacks/stack.ts'
import type { Vocabulary } from '../steps/vocabulary.ts'
import { type Asked, askedOf } from './asked.ts'
import { bringUp, clusterFor, componentsFor } from './bring-up.ts'
import { exitCodeWith } from './exit-code.ts'
import { externalOf } from './external.ts'
import { checkFaultNames } from './fault-names.ts'
import type { Features } from './features.ts'
import { checkWords } from './fitting-words.ts'
import { isolationInWords, type WhyIsolated, whyIsolated } from './isolated.ts'
import { Lanes } from './lanes.ts'
import { inReach, inTime, leftOutInWords } from './left-out.ts'
import { Messages } from './messages.ts'
import { requirePackages } from './needed-packages.ts'
import type { Profile, RunOptions, RunOutcome, SessionOptions } from './options.ts'
import { PROFILES, QUICK_AUTOSCALER } from './profile.ts'
import { recordRun } from './record-run.ts'
import { RunDirectory } from './run-directory.ts'
import { runId } from './run-record.ts'
import { NO_RUNS, runScenarios, type ScenarioRuns } from './run-scenarios.ts'
import { type Selected, select } from './selection.ts'
import type { SelectedScenario, Session } from './session.ts'
import type { Subject } from './subject.ts'
import { notDeclared, unselectedInWords } from './undeclared.ts'

export interface SessionParts {
  /** As it was opened, for the line that repeats a run. */
  readonly opened: SessionOptions
  readonly subject: Subject
  readonly words: Vocabulary
  readonly features: Features
  /** The name of a driver, or `auto`. */
  readonly stack: string
  readonly profile: Profile
  readonly twin: string | undefined
  readonly out: string
  readonly once: boolean
  readonly keep: boolean
  readonly report: ReportProgress
}

/** A session whose stack is made for its first run, or when it is brought up. */
export class LiveSession implements Session {
  readonly #parts: SessionParts
  readonly #isolated: WhyIsolated
  readonly #listeners = new Set<(event: HistoryEvent) => void>()
  /** Shared by all scenarios of all runs, as what they guard is. */
  readonly #locks = { connectLock: new ReadWriteLock(), metricsLock: new ReadWriteLock() }
  #chosen: Promise<string> | undefined
  #stack: Promise<Stack> | undefined
  /** Where a kept stack writes its logs; each run gets a copy. */
  #logs: string | undefined
  #last: Promise<unknown> = Promise.resolve()
  /** Scenarios of earlier runs. */
  #before = 0
  /** What somebody else runs of the stack. */
  readonly #external: ExternalParts | undefined

  constructor(parts: SessionParts) {
    this.#parts = parts
    this.#isolated = whyIsolated(parts.subject.kinds, parts.subject.config)
    this.#external = externalOf(parts.subject.config, parts.subject.folder)
  }

  select(words: readonly string[] = []): readonly SelectedScenario[] {
    return this.#select(words).map(({ id, pickle: { title, feature, tags }, subject, controls }) => {
      return { id, title, feature, tags, subject, controls }
    })
  }

  #select(words: readonly string[], repeat = 1, note?: Parameters<typeof select>[5]): readonly Selected[] {
    const { features, subject } = this.#parts
    return select(features.pickles, subject.kinds, subject.config, words, repeat, note)
  }

  async up(words: readonly string[] = []): Promise<void> {
    const { subject } = this.#parts
    const selected = this.#select(words)
    const stack = await this.#started(await this.#driver(selected))
    const cluster = clusterFor(stack, selected, subject.kinds)
    await bringUp(stack, selected, subject.kinds, this.#isolated, new AbortController().signal)
    await cluster
  }

  subscribe(listener: (event: HistoryEvent) => void): Disposable {
    this.#listeners.add(listener)
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) }
  }

  run(options: RunOptions = {}): Promise<RunOutcome> {
    const run = this.#last.then(() => this.#run(options))
    this.#last = run.catch(() => {})
    return run
  }

  async #run(options: RunOptions): Promise<RunOutcome> {
    const { subject, words, features, profile, once, out, report } = this.#parts
    const wanted = askedOf(this.#parts, options)
    checkFaultNames(wanted.disarm, subject.kinds, words)
    const all = this.#select(wanted.selection, wanted.repeat, (...unselected) => {
      for (const text of unselectedInWords(...unselected)) report({ type: 'note', level: 'info', text })
    })
    const timely = inTime(all, { profile, selection: wanted.selection })
    checkWords(timely.run, subject.kinds, words)
    requirePackages(this.#parts.twin, subject, timely.run)
    const driver = await this.#driver(timely.run)
    const asked = { ...wanted, stack: driver }

    const startedAt = new Date()
    const id = runId(startedAt, asked.seed)
    const directory = await RunDirectory.make(out, id)
    const broken = new AbortController()
    await using journal = await Journal.open(directory.file('history'), {
      clock: systemClock(),
      onError: (error) => broken.abort(error),
    })
    using _ = journal.subscribe((event) => this.#tell(event))
    const stack = await this.#started(driver, once ? directory.file('logs') : undefined)
    const { run: selected, leftOut: outOfReach } = inReach(timely.run, stack, wanted.selection)
    const leftOut = [...timely.leftOut, ...outOfReach]
    report({ type: 'run', run: id, directory: directory.path, scenarios: selected.length })
    for (const text of leftOutInWords(leftOut)) report({ type: 'note', level: 'info', text })
    for (const text of subject.told) report({ type: 'note', level: 'info', text })
    const isolation = isolationInWords(selected, this.#isolated)
    if (isolation !== undefined) report({ type: 'note', level: 'info', text: isolation })

    const interrupt = options.signal ? [options.signal] : []
    const signal = AbortSignal.any([broken.signal, stack.lost, ...interrupt])
    const messages = new Messages()
    let runs: ScenarioRuns = NO_RUNS
    try {
      const brokers = new BrokerPool({
        start: () => stack.broker(),
        wanted: selected.filter((each) => this.#isolated(each.subject) !== undefined).length,
      })
      brokers.prepare()
      const cluster = clusterFor(stack, selected, subject.kinds)
      await bringUp(stack, selected, subject.kinds, this.#isolated, signal)
      runs = await this.#runOn(stack, selected, {
        asked,
        options,
        journal,
        messages,
        signal,
        cluster,
        brokers,
      })
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      if (once) await this.#bringDown()
    }
    await journal.close()
    if (this.#logs !== undefined) await cp(this.#logs, directory.file('logs'), { recursive: true })
    const { pickles } = features
    const controls = asked.selection.length === 0 ? CONTROLS.map(({ id }) => id) : []
    const undeclared = notDeclared({ pickles, controls }, selected, subject.kinds, subject.config)
    const verdicts = await recordRun(directory, asked, subject, {
      runs: { ...runs, notProven: [...runs.notProven, ...undeclared] },
      messages,
      facts: {
        id,
        startedAt,
        versions: stack.versions,
        capabilities: [...stack.capabilities],
        interrupted: options.signal?.aborted === true,
        leftOut,
      },
    })
    const { verdict } = verdicts
    return {
      verdict,
      verdicts,
      exitCode: exitCodeWith(verdicts, options),
      directory: directory.path,
      notReady: runs.notReady ?? stack.lost.reason,
    }
  }

  async #runOn(stack: Stack, selected: readonly Selected[], run: UnderWay): Promise<ScenarioRuns> {
    const { subject, words, features, profile, report, once } = this.#parts
    const { asked, options, journal, messages, signal, cluster, brokers } = run
    const context: RunContext = {
      stack,
      kinds: subject.kinds,
      config: subject.config,
      folder: subject.folder,
      history: (scenario) => journal.scenario(scenario),
      judged: (scenario) => journal.forget(scenario),
      report,
      brokers,
      ...this.#locks,
      seed: asked.seed,
      ...PROFILES[profile],
      ...(options.events === undefined ? {} : { commands: options.events }),
      ...(subject.annotated ? { annotated: subject.annotated } : {}),
      disarmed: asked.disarm,
      tasksPerCore,
      signal,
    }
    const before = this.#before
    this.#before += selected.length
    const lanes = new Lanes(asked)
    const { kinds } = subject
    const prefix = this.#external?.prefix ?? ''
    const toRun = { context, kinds, words, features, messages, selected, prefix, before, lanes, cluster }
    const { left, ...runs } = await runScenarios(toRun)
    // A stack that is kept must not be hurt by what an interrupted run has left behind.
    if (!once) {
      await left
      await brokers[Symbol.asyncDispose]()
    }
    return runs
  }

  #tell(event: HistoryEvent): void {
    for (const listener of [...this.#listeners]) listener(event)
  }

  /** Chosen once: what a later run of this session needs more is up to the same driver. */
  #driver(selected: readonly Selected[]): Promise<string> {
    const { stack, report, subject } = this.#parts
    const choose = async () => {
      const needed = componentsFor(selected, subject.kinds)
      // What somebody else runs no driver has to be able to run.
      const ours = needed.filter((name) => !Object.hasOwn(this.#external ?? {}, name))
      const { name, why } = await chooseDriver(stack, ours)
      report({ type: 'note', level: 'info', text: `stack ${name}: ${why} (choose with --stack)` })
      return name
    }
    this.#chosen ??= choose()
    return this.#chosen
  }

  /** @param logs where they belong; a folder of the session's own where the stack is kept */
  #started(driver: string, logs?: string): Promise<Stack> {
    const { report, profile, keep } = this.#parts
    const open = async () => {
      const kept = logs ?? (await mkdtemp(join(tmpdir(), 'eventproof-session-')))
      if (logs === undefined) this.#logs = kept
      return openStack(driver, {
        ...(this.#external ? { external: this.#external } : {}),
        logs: kept,
        onProgress: report,
        keep,
        cluster: PROFILES[profile].pace === 'quick' ? QUICK_AUTOSCALER : {},
      })
    }
    this.#stack ??= open()
    return this.#stack
  }

  /** What does not end when it is told to ends with this process. */
  async #bringDown(): Promise<void> {
    const { report } = this.#parts
    const stack = await this.#stack?.catch(() => undefined)
    this.#stack = undefined
    await Promise.resolve(stack?.[Symbol.asyncDispose]()).catch((error: unknown) => {
      report({ type: 'note', level: 'warning', text: `the stack did not end cleanly: ${messageOf(error)}` })
    })
    if (this.#logs !== undefined) await rm(this.#logs, { recursive: true, force: true })
    this.#logs = undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#last
    await this.#bringDown()
  }
}

interface UnderWay {
  readonly asked: Asked
  readonly options: RunOptions
  readonly journal: Journal
  readonly messages: Messages
  readonly signal: AbortSignal
  readonly cluster: Promise<string | undefined>
  readonly brokers: BrokerPool
}
