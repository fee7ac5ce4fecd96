import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Fault } from '../../faults/fault.ts'
import type { Experiment, ExperimentOptions } from '../../scenarios/experiment.ts'
import type { SubjectKind } from '../../scenarios/kind.ts'
import type { RunContext } from '../../scenarios/run-context.ts'
import { openStack } from '../../stacks/open-stack.ts'
import { atOnce, contextOn } from './experiments.ts'

/** A fault, and an experiment whose window can't be entered or left hurt without it. */
export type Use = readonly [
  string,
  subject: string,
  experiment: (context: RunContext, options: ExperimentOptions) => Experiment,
]

/** How experiments of a kind enter a window, and are hurt there by faults. */
export function entering(kind: SubjectKind) {
  return ({ phrase }: { readonly phrase: string }, ...faults: readonly Fault[]): Use[2] =>
    (context, options) => {
      const experiment = kind.begin(context, options)
      experiment.enter(phrase, [], faults)
      return experiment
    }
}

/** Runs each experiment on a stack without its fault, two at a time; fails unless each of them is VACUOUS. */
export async function assertVacuousWithout(uses: readonly Use[]): Promise<void> {
  await using parts = new AsyncDisposableStack()
  const logs = await mkdtemp(join(tmpdir(), 'eventproof-disarmed-'))
  parts.defer(() => rm(logs, { recursive: true }))
  const stack = parts.use(await openStack('processes', { logs }))
  const seen: Record<string, string> = {}
  const tasks = uses.map(([fault, subject, experiment], index) => async () => {
    const id = `without-${fault}`
    const options = { id, title: id, controls: ['P1'], subject, name: `s${index}` }
    const { verdict, reason } = await experiment(contextOn(stack, [fault]), options).run()
    seen[fault] = verdict === 'VACUOUS' ? verdict : `${verdict}: ${reason}`
  })
  await atOnce(2, tasks)
  assert.deepEqual(seen, Object.fromEntries(uses.map(([fault]) => [fault, 'VACUOUS'])))
}
