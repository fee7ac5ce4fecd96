import type { EventproofError } from '../../core/error.ts'
import { judge } from '../../proof/judge.ts'
import type { RunRecord, ScenarioJudgement } from '../../proof/judgement.ts'
import type { SubjectKinds } from '../../scenarios/kinds.ts'
import type { RunContext } from '../../scenarios/run-context.ts'
import { announce, lackingFor } from '../../steps/session.ts'
import type { Features } from './features.ts'
import type { Selected } from './selection.ts'

export interface ScenarioRuns {
  /** In the order of the selection. */
  readonly judgements: readonly ScenarioJudgement[]
  readonly schedule: NonNullable<RunRecord['schedule']>
  readonly notProven: RunRecord['notProven']
  /** Why a subject could not be brought up; no further scenario was begun after that. */
  readonly notReady?: EventproofError
}

/**
 * Runs the selected scenarios, `jobs` at a time. An abort ends the wait for those that are under way: they are judged
 * by what is in the history; those that have not begun are left out.
 * @param cluster resolves when a cluster can be started, else with why not: scaled workloads come last, and wait for it
 */
export async function runScenarios(
  context: RunContext,
  kinds: SubjectKinds,
  features: Features,
  selected: readonly Selected[],
  jobs: number,
  cluster: Promise<string | undefined>,
): Promise<ScenarioRuns> {
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
    const name = `s${String(number + 1).padStart(2, '0')}`
    const options = { id, title: pickle.title, controls, subject: subject.name, name }
    const kind = kinds.get(subject.kind)
    if (!kind) throw new Error(`no kind of subject is called '${subject.kind}'`)
    const experiment = kind.begin(context, options)
    using _ = announce(id, experiment, stack.capabilities)
    const began = performance.now()
    report({ type: 'scenario', scenario: id, state: 'started', title: pickle.title, controls })
    const failure = await features.run(pickle, id)
    const missing = lackingFor(id)
    if (missing !== undefined) {
      notProven.push({ scenario: id, controls, capability: stack.lacking.get(missing) ?? missing })
      return
    }
    // Where no step came to expect anything, nothing was run, and that is what is judged: nobody knows what was claimed.
    const judgement = await experiment.run(failure ?? 'no step of the scenario expects anything')
    judgements.set(id, judgement)
    const { windows = [], faults = [], trials = 0 } = context.history(id).first('scenario.plan')?.plan ?? {}
    schedule.push({ scenario: id, windows, faults, trials })
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
      milliseconds: performance.now() - began,
    })
  }

  const share = Math.max(1, ...[...kinds.values()].map(({ waitsFor }) => waitsFor?.share ?? 1))
  const over = () => context.signal.aborted || notReady !== undefined
  const { first = [], last = [] } = Object.groupBy(selected.entries(), ([, { subject }]) =>
    kinds.get(subject.kind)?.waitsFor ? 'last' : 'first',
  )
  /** The cluster takes longest to start: it comes up beside the last of the others. What prevents it is told later. */
  const bringUpCluster = async () => {
    if ((await cluster) === undefined) await context.stack.need(['kubernetes'])
  }
  const workThrough = async (queue: (readonly [number, Selected])[]) => {
    for (let next = queue.shift(); next !== undefined && !over(); next = queue.shift()) {
      if (queue === first && first.length === 0 && last.length > 0) bringUpCluster().catch(() => {})
      await runOne(...next)
    }
  }
  const work = async () => {
    await workThrough(first)
    if (last.length === 0 || over() || (await cluster) !== undefined) return
    await Promise.all(Array.from({ length: jobs === 1 ? 1 : share }, () => workThrough(last)))
  }
  const workAll = async () => {
    await Promise.all(Array.from({ length: jobs }, work))
    if (last.length === 0 || over()) return
    const capability = await cluster
    if (capability !== undefined)
      for (const [, { id, controls }] of last) notProven.push({ scenario: id, controls, capability })
  }
  const working = workAll()
  await Promise.race([working, aborted])
  if (context.signal.aborted) working.catch(() => {})
  for (const { id } of selected) {
    if (judgements.has(id)) continue
    const { events } = context.history(id)
    if (events.length === 0) continue
    context.history(id).record({ kind: 'scenario.end', completed: false, reason: 'the run was interrupted' })
    judgements.set(id, judge(events, kinds))
  }
  const order = selected.flatMap(({ id }) => judgements.get(id) ?? [])
  return { judgements: order, schedule, notProven, ...(notReady ? { notReady } : {}) }
}
