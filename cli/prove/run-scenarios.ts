import type { EventproofError } from '../../core/error.ts'
import { judge } from '../../proof/judge.ts'
import type { RunRecord, ScenarioJudgement } from '../../proof/judgement.ts'
import { EXPERIMENTS } from '../../scenarios/experiments.ts'
import type { Setting } from '../../scenarios/laboratory/setting.ts'
import { WINDOWS } from '../../scenarios/windows.ts'
import { announce } from '../../steps/session.ts'
import type { Features } from './features.ts'
import type { Selected } from './selection.ts'

export interface ScenarioRuns {
  /** In the order of the selection. */
  readonly judgements: readonly ScenarioJudgement[]
  readonly notProven: RunRecord['notProven']
  /** Why a subject could not be brought up; no further scenario was begun after that. */
  readonly notReady?: EventproofError
}

/**
 * Runs the selected scenarios, `jobs` at a time. An abort ends the wait for those that are under way: they are judged
 * by what is in the history; those that have not begun are left out.
 */
export async function runScenarios(
  setting: Setting,
  features: Features,
  selected: readonly Selected[],
  jobs: number,
): Promise<ScenarioRuns> {
  const judgements = new Map<string, ScenarioJudgement>()
  const notProven: RunRecord['notProven'][number][] = []
  let notReady: EventproofError | undefined
  const queue = [...selected.entries()]
  const aborted = new Promise<void>((resolve) => {
    if (setting.signal.aborted) resolve()
    setting.signal.addEventListener('abort', () => resolve(), { once: true })
  })

  const runOne = async (number: number, { id, pickle, subject, controls }: Selected) => {
    const { report, stack } = setting
    const name = `s${String(number + 1).padStart(2, '0')}`
    const options = { id, title: pickle.title, controls, subject: subject.name, name }
    const experiment = EXPERIMENTS[subject.kind]?.(setting, options)
    if (experiment === undefined) {
      notProven.push({ scenario: id, controls, capability: subject.kind })
      return
    }
    using _ = announce(id, experiment)
    const began = performance.now()
    report({ type: 'scenario', scenario: id, state: 'started', title: pickle.title, controls })
    await features.run(pickle, id)
    const missing = experiment.capabilities.find((capability) => !stack.capabilities.has(capability))
    if (missing !== undefined) {
      notProven.push({ scenario: id, controls, capability: missing })
      return
    }
    // Steps that expect nothing, or that failed before they did, leave it to be run here: no scenario goes unjudged.
    const judgement = await experiment.run()
    judgements.set(id, judgement)
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

  const worker = async () => {
    for (
      let next = queue.shift();
      next !== undefined && !setting.signal.aborted && !notReady;
      next = queue.shift()
    ) {
      const [number, scenario] = next
      await runOne(number, scenario)
    }
  }
  const working = Promise.all(Array.from({ length: jobs }, worker))
  await Promise.race([working, aborted])
  if (setting.signal.aborted) working.catch(() => {})
  for (const { id } of selected) {
    const { events } = setting.history(id)
    if (judgements.has(id) || events.length === 0) continue
    setting.history(id).record({ kind: 'scenario.end', completed: false, reason: 'the run was interrupted' })
    judgements.set(id, judge(events, WINDOWS))
  }
  const order = selected.flatMap(({ id }) => judgements.get(id) ?? [])
  return { judgements: order, notProven, ...(notReady ? { notReady } : {}) }
}
