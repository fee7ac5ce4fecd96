import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EventproofError } from '../core/error.ts'
import { FaultLog } from '../faults/fault-log.ts'
import { ScenarioHistory } from '../proof/history/scenario-history.ts'
import type { Stack } from '../stacks/stack.ts'
import { AddressBook } from './address-book.ts'
import { kindsWith } from './publishing/fixture/kinds.ts'
import { PLAN } from './publishing/fixture/plan.ts'
import { PublisherView } from './publishing/view/publisher-view.ts'
import type { RunContext } from './run-context.ts'
import type { Testbed } from './testbed.ts'
import { run, type Schedule } from './trial-runner.ts'

class BrokerGone extends EventproofError {
  override readonly code = 'EVENTPROOF_BROKER_GONE'
}

/** A testbed in which nothing happens, and which may fail where it is told to. */
function scheduleOf({
  fails,
  spoiled,
  excluded,
  tasks = 1,
}: {
  fails?: 'open' | 'before' | 'concluded'
  spoiled?: string
  excluded?: string
  tasks?: number
}) {
  let seq = 0
  const history = new ScenarioHistory(PLAN.id, {
    stamp: () => ({ seq: ++seq, at: seq }),
    write: () => {},
    flush: async () => {},
  })
  const reached: string[] = []
  const step = async (name: 'open' | 'before' | 'after' | 'concluded') => {
    reached.push(name)
    if (name === fails) throw new BrokerGone('the broker is gone', { what: 'nobody answers' })
  }
  const plan = {
    ...PLAN,
    windows: [],
    trials: 0,
    faults: [],
    ...(excluded === undefined ? {} : { excluded }),
  }
  const kinds = kindsWith()
  const testbed: Testbed = {
    plan,
    history,
    trial: 0,
    faults: new FaultLog({ record: (event) => history.record(event), disarmed: [] }),
    targets: {},
    trialBegan: 0,
    control: (phase) => step(phase === 'control-before' ? 'before' : 'after'),
    flow: () => new AsyncDisposableStack(),
    settled: async () => true,
    concluded: () => step('concluded'),
  }
  const schedule: Schedule<Testbed> = {
    view: new PublisherView(plan),
    window: undefined,
    words: [],
    faults: [],
    own: { 'before-load': [], 'while-open': [] },
    how: spoiled === undefined ? {} : { spoiled },
    async open() {
      await step('open')
      return {
        testbed,
        parts: new AsyncDisposableStack(),
        addresses: new AddressBook({ stack: {} as Stack }),
      }
    },
  }
  const context = { history: () => history, kinds, tasksPerCore: () => tasks } as unknown as RunContext
  return { outcome: run(context, schedule), reached, history }
}

test('a scenario that comes through is judged', async () => {
  const { outcome, reached, history } = scheduleOf({})
  const { notReady } = await outcome
  assert.equal(notReady, undefined)
  assert.deepEqual(reached, ['open', 'before', 'concluded'])
  assert.equal(history.first('scenario.end')?.completed, true)
})

for (const fails of ['open', 'before'] as const) {
  test(`a subject that does not get through '${fails}' says why nothing further can be proven`, async () => {
    const { judgement, notReady } = await scheduleOf({ fails }).outcome
    assert.ok(notReady instanceof BrokerGone)
    assert.equal(judgement.verdict, 'INCONCLUSIVE')
  })
}

test('what fails later makes this scenario INCONCLUSIVE, and says nothing of the others', async () => {
  const { judgement, notReady } = await scheduleOf({ fails: 'concluded' }).outcome
  assert.equal(notReady, undefined)
  assert.equal(judgement.verdict, 'INCONCLUSIVE')
  assert.match(judgement.reason, /the broker is gone/)
})

test('a spoiled scenario brings nothing up and is INCONCLUSIVE', async () => {
  const { outcome, reached } = scheduleOf({ spoiled: 'a step is undefined' })
  const { judgement, notReady } = await outcome
  assert.equal(notReady, undefined)
  assert.deepEqual(reached, [])
  assert.deepEqual([judgement.verdict, judgement.reason], ['INCONCLUSIVE', 'a step is undefined'])
})

test('what the config excludes is not run, and is said', async () => {
  const { outcome, reached } = scheduleOf({ excluded: 'one instance at most may run' })
  const { judgement } = await outcome
  assert.deepEqual(reached, [])
  assert.deepEqual([judgement.verdict, judgement.reason], ['NOT-APPLICABLE', 'one instance at most may run'])
})

test('that the machine had no time for the subject is written down', async () => {
  const starved = async (tasks: number) => {
    const { outcome, history } = scheduleOf({ tasks })
    await outcome
    return history.all('fact').filter(({ name }) => name === 'machine.starved').length
  }
  assert.deepEqual([await starved(5), await starved(25)], [0, 1])
})
