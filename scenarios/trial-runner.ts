import { EventproofError, messageOf } from '../core/error.ts'
import { DeadlinePassed } from '../core/until.ts'
import type { Phase } from '../proof/history/event.ts'
import type { ScenarioPlan } from '../proof/history/plan.ts'
import type { ScenarioHistory } from '../proof/history/scenario-history.ts'
import { trialsOf } from '../proof/history/trials.ts'
import { judge } from '../proof/judge.ts'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import type { RunContext } from './run-context.ts'
import type { Fault, Window } from './window.ts'
import { WINDOWS } from './windows.ts'

/** What a course needs of the testbed that it leads through, whatever is put to the test there. */
export interface Testbed {
  readonly plan: ScenarioPlan
  readonly history: ScenarioHistory
  /** From 1; set before each trial, with the `seq` of its marker. */
  trial: number
  trialBegan: number
  /** Places the load of a phase without faults. */
  control(phase: Phase): Promise<void>
  /** Load beside a fault until it is disposed of. */
  flow(): AsyncDisposable
  /** Lets a part of that load pass before the fault, as much as the seed says. */
  leadIn?(): Promise<void>
  /** Waits until all that was asked for is done. @returns false when the recovery bound passed before */
  settled(): Promise<boolean>
  /** Waits for the end of the evidence: what is absent then is lost and not late. */
  concluded(): Promise<void>
}

export interface Course<T extends Testbed> {
  readonly plan: ScenarioPlan
  readonly window: Window<T> | undefined
  readonly faults: readonly Fault<T>[]
  /** Why nothing is to be done. */
  readonly spoiled: string | undefined
  /** Brings the subject up; all of it ends with `parts`. */
  open(history: ScenarioHistory): Promise<{ testbed: T; parts: AsyncDisposableStack }>
}

export interface Outcome {
  readonly judgement: ScenarioJudgement
  /** Why the subject or its surroundings could not be brought up. */
  readonly notReady: EventproofError | undefined
}

/**
 * The course of a scenario: the load without faults, each trial of the window, the load without faults once more, the
 * end of the evidence, and the judgement. Whatever goes wrong is in the judgement.
 */
export async function run<T extends Testbed>(context: RunContext, course: Course<T>): Promise<Outcome> {
  const history = context.history(course.plan.id)
  let notReady: EventproofError | undefined
  const unready = (error: unknown): never => {
    if (error instanceof EventproofError && !(error instanceof DeadlinePassed)) notReady = error
    throw error
  }
  history.record({ kind: 'scenario.plan', plan: course.plan })
  try {
    if (course.spoiled !== undefined) throw new Error(course.spoiled)
    const { testbed, parts } = await course.open(history).catch(unready)
    await using _ = parts
    const steady = await control(testbed, 'control-before').catch(unready)
    // What fails from here on is about this scenario, and says nothing of the next one's surroundings.
    await lead(context, course, testbed, steady)
    history.record({ kind: 'scenario.end', completed: true })
  } catch (error) {
    history.record({ kind: 'scenario.end', completed: false, reason: reasonOf(error) })
  }
  return { judgement: judge(history.events, WINDOWS), notReady }
}

/** The load of a phase without faults. @returns whether all of it came through in time */
async function control(testbed: Testbed, phase: Phase): Promise<boolean> {
  testbed.history.record({ kind: 'phase', phase })
  await testbed.control(phase)
  return testbed.settled()
}

/** Trials, for as long as everything comes through after each, and the end. */
async function lead<T extends Testbed>(
  context: RunContext,
  course: Course<T>,
  testbed: T,
  before: boolean,
): Promise<void> {
  let steady = before
  for (let trial = 1; steady && trial <= testbed.plan.trials && course.window; trial++) {
    context.signal.throwIfAborted()
    steady = await tryOnce(context, course, testbed, course.window, trial)
  }
  if (course.window) await control(testbed, 'control-after')
  testbed.history.record({ kind: 'phase', phase: 'drain' })
  await testbed.concluded()
}

/** @returns whether everything came through afterwards: if not, more trials would tell nothing new. */
async function tryOnce<T extends Testbed>(
  { report }: RunContext,
  { faults }: Course<T>,
  testbed: T,
  window: Window<T>,
  trial: number,
): Promise<boolean> {
  const scenario = testbed.plan.id
  testbed.trial = trial
  testbed.trialBegan = testbed.history.record({ kind: 'phase', phase: 'fault', trial, window: window.id }).seq
  report({ type: 'scenario', scenario, state: 'trial', trial, trials: testbed.plan.trials })
  {
    await using flow = new AsyncDisposableStack()
    if (!window.alone) flow.use(testbed.flow())
    try {
      if (!window.alone) await testbed.leadIn?.()
      await window.arm(testbed)
    } catch (error) {
      if (!(error instanceof DeadlinePassed)) throw error
      testbed.history.record({ kind: 'note', text: `the window did not open: ${reasonOf(error)}` })
    }
    if (window.alone) flow.use(testbed.flow())
    for (const fault of faults) await fault.inject(testbed)
    await window.open(testbed)
    for (const fault of faults) await fault.heal(testbed)
  }
  const settled = await testbed.settled()
  const seen = trialsOf(testbed.history.events, window.id).find(({ number }) => number === trial)
  if (seen && window.entered(seen))
    report({ type: 'scenario', scenario, state: 'entered', window: window.id, trial })
  return settled
}

function reasonOf(error: unknown): string {
  const detail =
    error instanceof Error && 'detail' in error
      ? (error.detail as { what?: string; last?: string; log?: string })
      : undefined
  const message = messageOf(error)
  const more = [detail?.what, detail?.last && `last: ${detail.last}`, detail?.log && `log: ${detail.log}`]
    .filter((part) => part && !message.includes(part))
    .join('; ')
  return more ? `${message}: ${more}` : message
}
