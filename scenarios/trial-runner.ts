import { EventproofError, messageOf } from '../core/error.ts'
import { DeadlinePassed } from '../core/until.ts'
import type { Fault } from '../faults/fault.ts'
import type { Phase } from '../proof/history/event.ts'
import type { ScenarioHistory } from '../proof/history/scenario-history.ts'
import { trialsOf } from '../proof/history/trials.ts'
import type { View } from '../proof/history/view.ts'
import { judge, judgeView } from '../proof/judge.ts'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import { STARVED } from '../proof/starvation.ts'
import type { Opened } from './opened.ts'
import { type OwnActs, OwnSteps, type RunWith } from './own-steps.ts'
import type { RunContext } from './run-context.ts'
import { Misdeclared } from './testbed/misdeclared.ts'
import type { Testbed } from './testbed.ts'
import type { Window } from './window.ts'

export interface Schedule<T extends Testbed> {
  /** Empty; it follows the scenario. */
  readonly view: View
  readonly window: Window<T> | undefined
  /** What the feature said where the window's phrase has `{string}`. */
  readonly words: readonly string[]
  readonly faults: readonly Fault[]
  /** Code of people's own. */
  readonly own: OwnActs
  readonly how: RunWith
  /** Brings the subject up. */
  open(history: ScenarioHistory): Promise<Opened<T>>
}

export interface Outcome {
  readonly judgement: ScenarioJudgement
  /** Why the subject or its surroundings could not be brought up. */
  readonly notReady: EventproofError | undefined
}

/**
 * The schedule of a scenario: the load without faults, each trial of the window, the load without faults once more, the
 * end of the evidence, and the judgement. Whatever goes wrong is in the judgement.
 */
export async function run<T extends Testbed>(context: RunContext, schedule: Schedule<T>): Promise<Outcome> {
  const { view } = schedule
  const history = context.history(view.plan.id)
  using _view = history.subscribe((event) => view.add(event))
  let notReady: EventproofError | undefined
  const unready = (error: unknown): never => {
    if (error instanceof EventproofError && !(error instanceof DeadlinePassed)) notReady = error
    throw error
  }
  history.record({ kind: 'scenario.plan', plan: view.plan })
  try {
    if (schedule.how.spoiled !== undefined) throw new Error(schedule.how.spoiled)
    if (view.plan.excluded === undefined) await experiment(context, schedule, history, unready)
    history.record({ kind: 'scenario.end', completed: true })
  } catch (error) {
    const misdeclared = error instanceof Misdeclared
    // What the config has wrong is wrong for every scenario of the subject.
    if (misdeclared) notReady = error
    const reason = reasonOf(error)
    history.record({
      kind: 'scenario.end',
      completed: false,
      reason,
      ...(misdeclared ? { misdeclared: true as const } : {}),
    })
  }
  // A view that could not take an event is behind: what it stumbles over is said by one that takes the events anew.
  const whole = view.events.length === history.events.length
  const judgement = whole ? judgeView(view, context.kinds) : judge(history.events, context.kinds)
  return { judgement, notReady }
}

/** Brings the subject up and leads it through its trials. */
async function experiment<T extends Testbed>(
  context: RunContext,
  schedule: Schedule<T>,
  history: ScenarioHistory,
  unready: (error: unknown) => never,
): Promise<void> {
  const opened = await schedule.open(history).catch(unready)
  const { testbed, addresses } = opened
  await using _ = opened.parts
  const own = new OwnSteps(schedule.own, { addresses, history, signal: context.signal })
  await own.perform('before-load')
  const steady = await control(context, testbed, 'control-before').catch(unready)
  // What fails from here on is about this scenario, and says nothing of the next one's surroundings.
  await lead(context, schedule, testbed, own, steady)
  await claimed(context, schedule, opened)
}

/** What people claim themselves of a subject that still runs. */
async function claimed<T extends Testbed>(
  { kinds }: RunContext,
  { how: { claims } }: Schedule<T>,
  { addresses, testbed: { history } }: Opened<T>,
): Promise<void> {
  if (claims === undefined) return
  const { findings } = judge(history.events, kinds)
  for (const claim of await claims({ addresses, findings })) history.record({ kind: 'claim', ...claim })
}

/** The load of a phase without faults. @returns whether all of it came through in time */
async function control(context: RunContext, testbed: Testbed, phase: Phase): Promise<boolean> {
  testbed.history.record({ kind: 'phase', phase })
  await testbed.control(phase)
  return settled(context, testbed)
}

/** Whether all came through in time; that the machine had no time for it is written down. */
async function settled({ tasksPerCore }: RunContext, testbed: Testbed): Promise<boolean> {
  const came = await testbed.settled()
  const value = tasksPerCore()
  if (value > STARVED)
    testbed.history.record({ kind: 'fact', name: 'machine.starved', subject: testbed.plan.id, value })
  return came
}

/** Trials, for as long as everything comes through after each, and the end. */
async function lead<T extends Testbed>(
  context: RunContext,
  schedule: Schedule<T>,
  testbed: T,
  own: OwnSteps,
  before: boolean,
): Promise<void> {
  let steady = before
  for (let trial = 1; steady && trial <= testbed.plan.trials && schedule.window; trial++) {
    context.signal.throwIfAborted()
    steady = await tryOnce(context, schedule, testbed, own, schedule.window, trial)
  }
  if (schedule.window) await control(context, testbed, 'control-after')
  testbed.history.record({ kind: 'phase', phase: 'drain' })
  await testbed.concluded()
}

/** @returns whether everything came through afterwards: if not, more trials would tell nothing new. */
async function tryOnce<T extends Testbed>(
  context: RunContext,
  { view, faults, words }: Schedule<T>,
  testbed: T,
  own: OwnSteps,
  window: Window<T>,
  trial: number,
): Promise<boolean> {
  const scenario = testbed.plan.id
  testbed.trial = trial
  testbed.trialBegan = testbed.history.record({ kind: 'phase', phase: 'fault', trial, window: window.id }).seq
  context.report({ type: 'scenario', scenario, state: 'trial', trial, trials: testbed.plan.trials })
  {
    await using flow = new AsyncDisposableStack()
    if (!window.alone) flow.use(testbed.flow())
    try {
      if (!window.alone) await testbed.leadIn?.()
      await window.enter(testbed, words)
    } catch (error) {
      if (!(error instanceof DeadlinePassed)) throw error
      testbed.history.record({ kind: 'note', text: `the window did not open: ${reasonOf(error)}` })
    }
    if (window.alone) flow.use(testbed.flow())
    for (const fault of faults) await fault.inject(testbed)
    const acted = own.perform('while-open')
    await acted.catch(() => {})
    await window.release(testbed).catch((error) => {
      // What the subject does not come to while the window closes is for the predicates to tell.
      if (!(error instanceof DeadlinePassed)) throw error
      testbed.history.record({ kind: 'note', text: `the window did not close: ${reasonOf(error)}` })
    })
    for (const fault of faults) await fault.heal(testbed)
    await acted
  }
  const came = await settled(context, testbed)
  const seen = trialsOf(view, window.id).find(({ number }) => number === trial)
  if (seen && window.entered(seen))
    context.report({ type: 'scenario', scenario, state: 'entered', window: window.id, trial })
  return came
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
