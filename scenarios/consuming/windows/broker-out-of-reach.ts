import type { ApiName } from '../../../kafka-wire/schemas/api.ts'
import { window } from '../window.ts'
import { livedThrough, OUTAGE } from './out-of-reach.ts'

/** All that a member of a group and a producer ask for. */
const ALL: readonly ApiName[] = [
  'fetch',
  'produce',
  'offset-commit',
  'heartbeat',
  'consumer-group-heartbeat',
  'find-coordinator',
  'join-group',
]

/** The broker is out of reach for longer than clients try again by themselves, then it is back. Nobody dies. */
export const brokerOutOfReach = window({
  id: 'broker-out-of-reach',
  phrase: 'the broker is out of reach for a while',
  title: 'the broker is out of reach for a while',
  held: `no request of the consumer's clients reaches the broker for ${OUTAGE / 1000} s (wire)`,
  shown: 'requests were dropped; events that came meanwhile had no effect before it was back',
  needs: {},
  faults: ['wire'],
  once: true,
  async enter(testbed) {
    for (const api of ALL) await testbed.hurtWire({ api, which: 'always', act: 'drop-request' })
    await testbed.patience.until('a request that is dropped', () => testbed.wireEffects.length > 0)
    await testbed.hold(OUTAGE)
  },
  entered: (trial) => livedThrough(trial, 'wire'),
  release: (testbed) => testbed.healWire(),
})
