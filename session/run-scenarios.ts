import { EventproofError } from '../core/error.ts'
import '../proof/history/component-lost.ts'
import { gateFault } from '../proof/history/gate-name.ts'
import { INTERRUPTED, judge } from '../proof/judge.ts'
import type { RunRecord, ScenarioJudgement } from '../proof/judgement.ts'
import { resultsOf } from '../reports/verdicts.ts'
import type { SubjectKinds } from '../scenarios/kinds.ts'
import type { RunContext } from '../scenarios/run-context.ts'
import { RunningScenario } from '../steps/running-scenario.ts'
import type { Vocabulary } from '../steps/vocabulary.ts'
import { declaredTopics } from './declared-topics.ts'
import type { Features } from './features.ts'
import type { Lanes, Turn } from './lanes.ts'
import type { Messages } from './messages.ts'
import type { Selected } from './selection.ts'

export interface ScenarioRuns {
  /** In the order of the selection. */
  readonly judgements: readonly ScenarioJudgement[]
  readonly schedule: NonNullable<RunRecord['schedule']>
  readonly notProven: RunRecord['notProven']
  /** Why a subject could not be brought up; no further scenario was begun after that. */
  readonly notReady?: EventproofError
}

export const NO_RUNS: ScenarioRuns = { judgements: [], schedule: [], notProven: [] }

export interface ToRun {
  readonly context: RunContext
  readonly kinds: SubjectKinds
  readonly words: Vocabulary
  readonly features: Features
  readonly messages: Messages
  readonly selected: readonly Selected[]
  /** Before the names of databases and topics, where others have theirs beside them. */
  readonly prefix: string
  /** Scenarios that the session has run before: names of databases and topics go on after them. */
  readonly before: number
  readonly lanes: Lanes
  /** Resolves when a cluster can be started, else with why not: scaled workloads come last, and wait for it. */
  readonly cluster: Promise<string | undefined>
}

/** What goes on after an abort, until every wait has noticed it. */
interface Left {
  readonly left: Promise<unknown>
}

/**
 * Runs the selected scenarios, one after the other in each lane. An abort ends the wait for those that are under way: they
 * are judged by what is in the history; those that have not begun are left out.
 */
export async function runScenarios(toRun: ToRun): Promise<ScenarioRuns & Left> {
  const { context, kinds, words, features, messages, selected, prefix, before, lanes, cluster } = toRun
  const declared = await declaredTopics(context.config, context.folder, kinds)
  const judgements = new Map<string, ScenarioJudgement>()
  const schedule: NonNullable<RunRecord['schedule']>[number][] = []
  const notProven: RunRecord['notProven'][number][] = []
  let notReady: EventproofError | undefined
  const aborted = new Promise<void>((resolve) => {
    if (context.signal.aborted) resolve()
    context.signal.addEventListener('abort', () => resolve(), { once: true })
  })

  const runOne = async (number: number, { id, pickle, subject, controls }: Selected) => {
    const { report, stack } = context
    const name = `${prefix}s${String(before + number + 1).padStart(2, '0')}`
    const kind = kinds.get(subject.kind)
    if (!kind) throw new Error(`no kind of subject is called '${subject.kind}'`)
    const topics = declared(subject)
    const experiment = kind.begin(context, {
      id,
      title: pickle.title,
      controls,
      ...(controls.length === 0 ? { feature: pickle.feature } : {}),
      subject: subject.name,
      ...(topics ? { topics } : {}),
      name,
    })
    const scenario = new RunningScenario(experiment, words, stack.capabilities)
    const began = performance.now()
    report({ type: 'scenario', scenario: id, state: 'started', title: pickle.title, controls })
    const steps = await features.run(pickle, scenario, (envelope) => messages.write(envelope, pickle.root))
    const { lacking } = scenario
    if (lacking !== undefined) {
      const capability = stack.lacking.get(lacking) ?? lacking
      notProven.push({ scenario: id, controls, capability })
      report({
        type: 'scenario',
        scenario: id,
        state: 'judged',
        title: pickle.title,
        verdict: 'NOT-PROVEN',
        reason: capability,
        milliseconds: performance.now() - began,
      })
      return
    }
    const judgement = await scenario.end(steps)
    judgements.set(id, judgement)
    const {
      windows = [],
      gates = [],
      faults = [],
      trials = 0,
    } = context.history(id).first('scenario.plan')?.plan ?? {}
    schedule.push({ scenario: id, windows, faults: [...gates.map(gateFault), ...faults], trials })
    context.judged?.(id)
    notReady ??= experiment.notReady
    const { verdict, reason } = judgement
    report({
      type: 'scenario',
      scenario: id,
      state: 'judged',
      title: pickle.title,
      verdict,
      reason,
      controls: resultsOf(judgement, kinds),
      milliseconds: performance.now() - began,
    })
  }

  const share = Math.max(1, ...[...kinds.values()].map(({ waitsFor }) => waitsFor?.share ?? 1))
  let free = context.stack.scaledAtOnce ?? Number.POSITIVE_INFINITY
  const over = () => context.signal.aborted || notReady !== undefined
  const { first = [], last = [] } = Object.groupBy(selected.entries(), ([, { subject }]) =>
    kinds.get(subject.kind)?.waitsFor ? 'last' : 'first',
  )
  /** The cluster takes longest to start: it comes up beside the last of the others. What prevents it is told later. */
  const bringUpCluster = async () => {
    if ((await cluster) === undefined) await context.stack.need(['kubernetes'])
  }
  const workThrough = async (queue: (readonly [number, Selected])[], turn: Turn) => {
    const done = () => over() || queue.length === 0
    for (;;) {
      await turn(done)
      const next = over() ? undefined : queue.shift()
      if (next === undefined) return
      if (queue === first && first.length === 0 && last.length > 0) bringUpCluster().catch(() => {})
      await runOne(...next)
    }
  }
  const work = async (turn: Turn, patient: boolean) => {
    await workThrough(first, turn)
    if (last.length === 0 || over() || (await cluster) !== undefined) return
    const shares = Math.min(lanes.single || patient ? 1 : share, free)
    free -= shares
    await Promise.all(Array.from({ length: shares }, () => workThrough(last, turn)))
  }
  const workAll = async () => {
    await lanes.all(work)
    if (last.length === 0 || over()) return
    const capability = await cluster
    if (capability !== undefined)
      for (const [, { id, controls }] of last) notProven.push({ scenario: id, controls, capability })
  }
  const working = workAll()
  await Promise.race([working, aborted])
  const left = working.catch(() => {})
  const { reason: cause } = context.stack.lost
  const lost = cause instanceof EventproofError ? cause : undefined
  for (const { id } of selected) {
    if (judgements.has(id)) continue
    const { events } = context.history(id)
    if (events.length === 0) continue
    const reason = lost === undefined ? INTERRUPTED : `${lost.message}: ${lost.detail.what}`
    if (lost !== undefined)
      context.history(id).record({ kind: 'fact', name: 'component.lost', subject: 'stack', value: reason })
    context.history(id).record({ kind: 'scenario.end', completed: false, reason })
    judgements.set(id, judge(events, kinds))
  }
  if (notReady !== undefined) {
    const because = `the run ended before, since ${notReady.message} (${notReady.code})`
    for (const { id, controls } of selected)
      if (!judgements.has(id) && !notProven.some(({ scenario }) => scenario === id))
        notProven.push({ scenario: id, controls, capability: 'subject', because })
  }
  const order = selected.flatMap(({ id }) => judgements.get(id) ?? [])
  return { judgements: order, schedule, notProven, ...(notReady ? { notReady } : {}), left }
}
