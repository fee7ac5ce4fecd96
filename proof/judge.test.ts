import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { BROKEN_HARNESS, type Broken, without } from '../scenarios/fixture/broken-harness.ts'
import { HistoryBuilder } from '../scenarios/publishing/fixture/builder.ts'
import { heldScenario, W5 } from '../scenarios/publishing/fixture/held-scenario.ts'
import { kindsWith } from '../scenarios/publishing/fixture/kinds.ts'
import type { PlanChange } from '../scenarios/publishing/fixture/plan.ts'
import type { HistoryEvent } from './history/event.ts'
import { judge } from './judge.ts'

const KINDS = kindsWith(W5)

test('a scenario that entered its window, took effect, recovered and lost nothing is HELD', () => {
  const judgement = judge(heldScenario().end(), KINDS)
  assert.equal(judgement.verdict, 'HELD', judgement.reason)
  assert.equal(judgement.reason, '')
  const [window] = judgement.windows
  assert.partialDeepStrictEqual(window, { id: 'W5', title: W5.title, entered: 1, trials: 1 })
  assert.deepEqual(
    window?.entries?.map(({ grade, says }) => `${grade} ${says}`),
    ['A the relay waited to mark when it was killed'],
  )
  assert.partialDeepStrictEqual(judgement.figures, { of: 'publisher', duplicates: 1 })
  assert.ok(judgement.guards.every(({ met }) => met))
})

test('of two trials the one that entered its window is shown, the other is counted', () => {
  const h = heldScenario({ trials: 2 }).phase('fault', 'W5', 2)
  h.order('o-0')
  const [window] = judge(h.end(), KINDS).windows
  assert.deepEqual([window?.entered, window?.trials, window?.entries?.length], [1, 2, 1])
})

test('a judgement is the same when it was read from a file', () => {
  const judgement = judge(heldScenario().end(), KINDS)
  assert.deepStrictEqual(JSON.parse(JSON.stringify(judgement)), judgement)
})

test('a subject that is not what the config says is not judged, whatever its history shows', () => {
  const h = new HistoryBuilder()
  h.phase('control-before')
  const order = h.invoke('o-1')
  h.commitOrder(order)
  h.mark(order)
  h.seen()
  const { events } = h
  assert.equal(judge([...events], KINDS).verdict, 'VIOLATED')
  h.add({ kind: 'scenario.end', completed: false, reason: 'nothing came on the topic', misdeclared: true })
  const { verdict, reason, violations } = judge(h.events, KINDS)
  assert.deepEqual([verdict, reason, violations], ['INCONCLUSIVE', 'nothing came on the topic', []])
})

describe('a scenario that does not apply', () => {
  /** W5 as nobody can enter it, shut out in each trial where this says so. */
  const kinds = (says: string | undefined) =>
    kindsWith({
      ...W5,
      entered: () => undefined,
      excluded: () => (says === undefined ? undefined : { grade: 'A', says, events: [1] }),
    })

  test('says so, with the evidence of each trial', () => {
    const { verdict, reason, exclusions } = judge(heldScenario().end(), kinds('its relay reads no payload'))
    assert.deepEqual([verdict, reason], ['NOT-APPLICABLE', 'its relay reads no payload'])
    assert.equal(exclusions?.length, 1)
  })

  test('needs evidence: without it nothing was tried', () => {
    assert.equal(judge(heldScenario().end(), kinds(undefined)).verdict, 'VACUOUS')
  })

  test('needs all of its evidence', () => {
    const blind = heldScenario()
      .end()
      .filter((event) => !(event.kind === 'k.end' && event.partition === 1))
    assert.equal(judge(blind, kinds('its relay reads no payload')).verdict, 'INCONCLUSIVE')
    const off = heldScenario({ disarmed: ['kill-relay'] }).end()
    assert.equal(judge(off, kinds('its relay reads no payload')).verdict, 'VACUOUS')
  })

  test('a violation is one all the same', () => {
    const h = heldScenario()
    const lost = h.invoke('o-1')
    h.commitOrder(lost)
    h.mark(lost)
    assert.equal(judge(h.end(), kinds('its relay reads no payload')).verdict, 'VIOLATED')
  })

  test('or is declared not to, and then nothing is run', () => {
    const h = new HistoryBuilder({ excluded: 'one instance at most may run' })
    h.add({ kind: 'scenario.end', completed: true })
    const { verdict, reason } = judge(h.events, KINDS)
    assert.deepEqual([verdict, reason], ['NOT-APPLICABLE', 'one instance at most may run'])
  })
})

/** A run whose harness, and not whose publisher, is at fault: never HELD, and never the publisher's guilt. */
const BROKEN: readonly Broken[] = [
  ...BROKEN_HARNESS,
  [
    'H1 the log observer never ends a partition',
    'INCONCLUSIVE',
    'observer',
    (events) => events.filter((event) => !(event.kind === 'k.end' && event.partition === 1)),
  ],
  [
    'H2 the fault is never armed',
    'VACUOUS',
    'took-effect',
    without('fault.injected', 'fault.took-effect', 'fault.healed'),
  ],
  [
    'H5 an older history lies before this one',
    'INCONCLUSIVE',
    '',
    (events) => [...heldScenario().end(), ...events],
  ],
  [
    'H5 events of an older history lie in between',
    'INCONCLUSIVE',
    'observer',
    (events) => [...events, ...events.slice(5, 8)],
  ],
  [
    'H6 the counterexample reads another topic',
    'INCONCLUSIVE',
    'observer',
    (events) =>
      events.map((event) =>
        event.kind === 'k.record' || event.kind === 'k.end' ? { ...event, topic: 'other' } : event,
      ),
  ],
  [
    'a command is never resolved',
    'INCONCLUSIVE',
    'observer',
    (events) => events.filter((event) => !(event.kind === 'op.ok' && event.op === 'op-2')),
  ],
  ['the scenario has no end', 'INCONCLUSIVE', '', without('scenario.end')],
  ['there is no plan', 'INCONCLUSIVE', '', without('scenario.plan')],
]
for (const [what, verdict, guard, mutation] of BROKEN) {
  test(`${what}: ${verdict}`, () => {
    const judgement = judge(mutation(heldScenario().end()), KINDS)
    assert.equal(judgement.verdict, verdict, judgement.reason)
    assert.notEqual(judgement.reason, '')
    if (guard !== '') assert.equal(judgement.guards.find(({ id }) => id === guard)?.met, false)
  })
}

/** A copy of an event that the last one made superfluous, and that the broker removed before we came. */
function compacted(plan: PlanChange, how: 'removed' | 'skipped') {
  const events = heldScenario(plan).end()
  const first = events.find((event) => event.kind === 'k.record' && event.key === 'o-2')
  return events.flatMap((event): HistoryEvent[] => {
    if (event !== first || event.kind !== 'k.record') return [event]
    const { seq, at, scenario, topic, partition, offset: from } = event
    return how === 'skipped'
      ? []
      : [{ seq, at, scenario, kind: 'k.removed', topic, partition, from, to: from + 1 }]
  })
}

test('compaction may take a copy away; a counterexample that skips one, or another topic, is no compaction', () => {
  const plan = { publisher: { compacted: true } } as const
  const verdicts = [
    judge(compacted(plan, 'removed'), KINDS),
    judge(compacted(plan, 'skipped'), KINDS),
    judge(compacted({}, 'removed'), KINDS),
  ]
  assert.deepEqual(
    verdicts.map(({ verdict }) => verdict),
    ['HELD', 'INCONCLUSIVE', 'INCONCLUSIVE'],
    verdicts[0]?.reason,
  )
  assert.match(verdicts[1]?.reason ?? '', /1 of \d+ offsets were not read/)
})

const plans: readonly [what: string, verdict: string, plan: PlanChange][] = [
  ['more events are asked for than flowed', 'VACUOUS', { bounds: { events: 100 } }],
  ['more trials are asked for than ran', 'VACUOUS', { trials: 2 }],
  ['a window that nobody knows', 'VACUOUS', { windows: ['W99'] }],
  ['a fault that was switched off', 'VACUOUS', { faults: ['kill-relay', 'link'], disarmed: ['link'] }],
  ['a predicate that does not exist', 'INCONCLUSIVE', { predicates: ['OA99'] }],
  ['no predicate', 'INCONCLUSIVE', { predicates: [] }],
]
for (const [what, verdict, plan] of plans) {
  test(`${what}: ${verdict}`, () => {
    const judgement = judge(heldScenario(plan).end(), KINDS)
    assert.equal(judgement.verdict, verdict, judgement.reason)
  })
}

function lossy(): HistoryBuilder {
  const h = heldScenario()
  const order = h.invoke('o-1')
  h.commitOrder(order)
  h.ok(order).mark(order)
  return h
}

test('a violation stands although a guard is not met', () => {
  const judgement = judge(without('fault.took-effect')(lossy().end()), KINDS)
  assert.equal(judgement.verdict, 'VIOLATED')
  assert.match(judgement.reason, /lost-after-mark/)
  assert.equal(judgement.violations[0]?.name, 'lost-after-mark')
})

test('a stall stands, but not while a fault of ours is there', () => {
  const h = heldScenario()
  h.commitOrder(h.invoke('o-1'))
  h.pass(2000)
  assert.equal(judge(h.end(), KINDS).verdict, 'STALLED')
  assert.equal(judge(without('fault.healed')(h.events), KINDS).verdict, 'INCONCLUSIVE')
})

test('a stall does not stand where a component was gone, nor does anything that came after', () => {
  const h = heldScenario()
  h.commitOrder(h.invoke('o-1'))
  h.add({ kind: 'fact', name: 'component.lost', subject: 'stack', value: 'kafka was gone' })
  h.pass(2000)
  const { verdict, guards } = judge([...h.end(false), ...lossy().events.slice(1)], KINDS)
  assert.equal(verdict, 'INCONCLUSIVE')
  assert.match(guards.find(({ id }) => id === 'faults')?.evidence ?? '', /kafka was gone/)
})

test('all faults and gates switched off: VACUOUS, also where the scenario then gives up', () => {
  const h = heldScenario({ disarmed: ['kill-relay', 'mark-gate'] })
  const events = h.end(false).filter(({ kind }) => !/^(fault|gate)\./.test(kind))
  assert.equal(judge(events, KINDS).verdict, 'VACUOUS')
})

test('what fails inside of the judge is INCONCLUSIVE', () => {
  const broken = { ...W5, entered: () => assert.fail('broken') }
  assert.equal(judge(heldScenario().end(), kindsWith(broken)).verdict, 'VACUOUS')
  const events = heldScenario()
    .end()
    .map((event) => (event.kind === 'pg.tx' ? { ...event, rows: [null] } : event))
  assert.equal(judge(events as unknown as HistoryEvent[], KINDS).verdict, 'INCONCLUSIVE')
})

test('a control run is HELD without a fault', () => {
  const h = heldScenario({ windows: [], faults: [] })
  const events = h.end().filter((event) => !/^(fault|gate)\./.test(event.kind))
  assert.equal(judge(events, KINDS).verdict, 'HELD')
})

test('a poison row that stays is no instrument that was left behind', () => {
  const plan = { windows: ['A11'], faults: ['poison'], marked: ['o-9'] }
  const h = new HistoryBuilder(plan)
  h.phase('control-before').orders('o-0', 'o-1', 'o-0')
  h.phase('fault', 'A11').fault('armed', 'poison', 'o-9').fault('tookEffect', 'poison', 'o-9')
  const poison = h.invoke('o-9')
  h.commitOrder(poison)
  h.ok(poison).orders('o-0', 'o-1')
  h.mark(poison, { parked: 'too large' })
  h.phase('control-after').orders('o-0', 'o-1')
  const passed = {
    id: 'A11',
    title: 'poison',
    entered: () => ({ grade: 'A' as const, says: '', events: [] }),
  }
  const judgement = judge(h.end(), kindsWith(passed))
  assert.equal(judgement.verdict, 'HELD', judgement.reason)
})
