import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HistoryEvent } from '../../proof/history/event.ts'
import { judge } from '../../proof/judge.ts'
import { BROKEN_HARNESS, type Broken } from '../fixture/broken-harness.ts'
import type { ConsumerHistory } from './fixture/builder.ts'
import { heldScenario, W14 } from './fixture/held-scenario.ts'
import { kindsWith } from './fixture/kinds.ts'
import type { PlanChange } from './fixture/plan.ts'
import { isConsumerFigures } from './view/consumer-figures.ts'

const KINDS = kindsWith(W14, { ...W14, id: 'W16' })

test('a scenario that entered its window, took effect, recovered and applied each event once is HELD', () => {
  const judgement = judge(heldScenario().end(), KINDS)
  assert.equal(judgement.verdict, 'HELD', judgement.reason)
  assert.partialDeepStrictEqual(judgement, { kind: 'consuming', subject: 'shipping', trials: 1 })
  assert.partialDeepStrictEqual(judgement.figures, {
    of: 'consumer',
    events: 8,
    records: 8,
    effects: 8,
    keys: 3,
    rebalances: 1,
    commits: 8,
  })
  assert.deepEqual(JSON.parse(JSON.stringify(judgement)), judgement)
})

test('each context that a client asked for is in the figures, with where it was read', () => {
  const h = heldScenario()
  const client = { clientId: 'shipping-1', software: 'some-client 1.2', api: 'join-group' } as const
  const asks = (session: number, apiVersion: number, group = h.plan.consumer.group) =>
    h.add({ kind: 'k.asked', ...client, apiVersion, group, settings: { 'session.timeout.ms': session } })
  asks(45_000, 5)
  asks(45_000, 9)
  asks(10_000, 9)
  asks(10_000, 9, 'dead-letters')
  const { figures } = judge(h.end(), KINDS)
  const [long, short] = [45_000, 10_000].map((session) => ({ 'session.timeout.ms': session }))
  assert.deepEqual(isConsumerFigures(figures) && figures.clients, [
    { ...client, settings: long, apiVersions: [5, 9], group: 'declared' },
    { ...client, settings: short, apiVersions: [9], group: 'declared' },
    { ...client, settings: short, apiVersions: [9], group: 'another' },
  ])
})

test('a violation wins, with its name as the reason', () => {
  const h = heldScenario()
  const event = h.handle('o-1')
  h.apply(event, 950)
  const judgement = judge(h.end(), KINDS)
  assert.equal(judgement.verdict, 'VIOLATED')
  assert.match(judgement.reason, /^duplicate-effect: /)
})

/** A run whose harness, and not whose consumer, is at fault: never HELD, and never the consumer's guilt. */
const BROKEN: readonly (readonly [...Broken, plan?: PlanChange])[] = [
  ...BROKEN_HARNESS,
  [
    'H1 the log observer never ends the dead-letter topic',
    'INCONCLUSIVE',
    'observer',
    (events) => events.filter((event) => !(event.kind === 'k.end' && event.topic === 'orders-dlt')),
  ],
  [
    'H5 an older history lies before this one',
    'INCONCLUSIVE',
    '',
    (events) => [...heldScenario().end(), ...events],
  ],
  [
    'H6 the log of offsets is not read to its end',
    'INCONCLUSIVE',
    'observer',
    (events) => events.filter((event) => !(event.kind === 'k.end' && event.topic === '__consumer_offsets')),
  ],
  [
    'an observer lost sight',
    'INCONCLUSIVE',
    'observer',
    (events) => {
      const last = events.at(-1) as HistoryEvent
      const gap = { kind: 'observer.gap', observer: 'offsets', reason: 'offsets are gone' } as const
      const { seq, at, scenario } = last
      return [...events.slice(0, -1), { seq, at, scenario, ...gap }, { ...last, seq: seq + 1 }]
    },
  ],
  ['the load is too small', 'VACUOUS', 'load', (events) => [...events], { bounds: { events: 100 } }],
  [
    'calls are declared, and none of them can be attributed',
    'INCONCLUSIVE',
    'attributed-calls',
    (events) =>
      events.map((event) => {
        if (event.kind !== 'call') return event
        const { event: _, ...call } = event
        return { ...call, idempotencyKey: 'a fresh one' }
      }),
  ],
  [
    'calls are declared, and nothing calls',
    'INCONCLUSIVE',
    'attributed-calls',
    (events) => events.filter(({ kind }) => kind !== 'call'),
  ],
  [
    'a window about a rebalance, and the group did not change',
    'VACUOUS',
    'rebalance',
    (events) =>
      events
        .filter((event, i) => !(event.kind === 'k.group' && i > 10))
        .map((event) => (event.kind === 'phase' && event.window ? { ...event, window: 'W16' } : event)),
    { windows: ['W16'], traits: ['rebalance', 'two-members'] },
  ],
]

for (const [what, verdict, guard, mutation, plan] of BROKEN) {
  test(`${verdict}: ${what}`, () => {
    const judgement = judge(mutation(heldScenario(plan).end()), KINDS)
    assert.equal(judgement.verdict, verdict, judgement.reason)
    assert.deepEqual(
      judgement.violations.map(({ name }) => name),
      [],
    )
    if (guard !== '') {
      const unmet = judgement.guards.filter(({ met }) => !met).map(({ id }) => id)
      assert.ok(unmet.includes(guard), `unmet: ${unmet.join(', ')}`)
    }
  })
}

test('a window about a rebalance is HELD where a partition changed hands and both were at the event', () => {
  const verdict = (reached: boolean) => {
    const h: ConsumerHistory = heldScenario({ windows: ['W16'], traits: ['rebalance', 'two-members'] })
    if (reached) h.add({ kind: 'fact', name: 'effect.reached', subject: 'event-1', value: 'shipping-1' })
    const events = h
      .end()
      .map((event) => (event.kind === 'phase' && event.window ? { ...event, window: 'W16' } : event))
    return judge(events, KINDS)
  }
  assert.equal(verdict(true).verdict, 'HELD', verdict(true).reason)
  assert.equal(verdict(false).verdict, 'VACUOUS')
  assert.match(verdict(false).reason, /nobody came to the event at which another member stood/)
})

test('a service that ends by itself in a window is named in the verdict; one that was killed is not', () => {
  const verdictOf = (how: 'killed' | 'by itself') => {
    const h = heldScenario()
    const proc = { service: 'shipping', instance: 0, id: 'process 1' }
    const events = h.end().flatMap((event): HistoryEvent[] => {
      if (event.kind !== 'fault.took-effect') return [event]
      const { seq, at, scenario } = event
      const killed = { seq: seq - 0.5, at, scenario, kind: 'proc', ...proc, event: 'killed' } as const
      const exited = {
        seq: seq - 0.4,
        at,
        scenario,
        kind: 'proc',
        ...proc,
        event: 'exited',
        code: 3,
      } as const
      // The fault took no effect: the verdict needs a reason.
      return how === 'killed' ? [killed, exited] : [exited]
    })
    return judge(events, KINDS)
  }
  assert.equal(verdictOf('killed').verdict, 'VACUOUS')
  assert.doesNotMatch(verdictOf('killed').reason, /by itself/)
  assert.match(
    verdictOf('by itself').reason,
    /; shipping#0 ended by itself with exit code 3 in trial 1 of W14$/,
  )
})

test('an fault that was switched off proves nothing', () => {
  const events = heldScenario({ disarmed: ['kill'] }).end()
  const blunt = events.filter(({ kind }) => !kind.startsWith('fault.'))
  const judgement = judge(blunt, KINDS)
  assert.equal(judgement.verdict, 'VACUOUS', judgement.reason)
})
