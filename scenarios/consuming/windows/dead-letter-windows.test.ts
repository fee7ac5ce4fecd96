import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JudgedWindow } from '../../../proof/window.ts'
import { ConsumerHistory } from '../fixture/builder.ts'
import { entryOf } from '../fixture/kinds.ts'
import { attemptsFail } from './attempts-fail.ts'
import { deadLetterNotCommitted } from './dead-letter-not-committed.ts'
import { deadLettersUnavailable } from './dead-letters-unavailable.ts'
import { largeEvents } from './large-events.ts'
import { redriveApproved } from './redrive-approved.ts'
import { redriveGivenUp } from './redrive-given-up.ts'
import { refusedForAWhile } from './refused-for-a-while.ts'
import { retryWaits } from './retry-waits.ts'
import { schemaUnknown } from './schema-unknown.ts'

const REJECTED = { expect: 'dead-letter', failures: -1, retriable: false } as const
const UNREADABLE = { expect: 'dead-letter', failures: 0, retriable: false } as const

const begun = (window: JudgedWindow) =>
  new ConsumerHistory({ marked: ['marked-1'], windows: [window.id] }).phase('fault', window.id)

const says = (window: JudgedWindow, history: ConsumerHistory) => entryOf(window, history)?.says

const killed = (history: ConsumerHistory) => history.fault('tookEffect', 'kill', 'shipping#0')

describe('W19 is entered', () => {
  it('where each event failed that was to fail, and one could not be read', () => {
    const history = begun(attemptsFail)
    history.fail(history.put('a', { failures: 1 }), 1)
    assert.equal(says(attemptsFail, history), undefined)
    history.divert(history.put('b', UNREADABLE), 'dead-letter')
    assert.match(says(attemptsFail, history) ?? '', /^1 attempts at 1 events failed/)
    history.put('c', REJECTED)
    assert.equal(says(attemptsFail, history), undefined)
  })

  it('also where outside calls failed, whose idempotency key names the event', () => {
    const history = begun(attemptsFail)
    const event = history.put('a', { failures: 1 })
    history.put('b', UNREADABLE)
    history.call(event, event.id)
    assert.equal(says(attemptsFail, history), undefined)
    history.call({ ...event, id: 'nobody' }, event.id, 503)
    assert.match(says(attemptsFail, history) ?? '', /^1 attempts/)
  })
})

describe('W19b is entered', () => {
  it('where attempts at the marked event failed, and none after that was healed', () => {
    const history = begun(refusedForAWhile)
    const event = history.put('marked-1', { failures: -1 })
    history.fault('armed', 'failures', event.id).attempt(event, true)
    assert.equal(says(refusedForAWhile, history), undefined)
    history.fault('tookEffect', 'failures', event.id).fault('cleared', 'failures', event.id)
    assert.match(says(refusedForAWhile, history) ?? '', /^1 attempts at event .* took its effect again$/)
    history.attempt(event, true)
    assert.equal(says(refusedForAWhile, history), undefined)
  })

  it('not where nobody tried it', () => {
    const history = begun(refusedForAWhile)
    const event = history.put('marked-1', { failures: -1 })
    history.fault('armed', 'failures', event.id).fault('cleared', 'failures', event.id)
    assert.equal(says(refusedForAWhile, history), undefined)
  })
})

describe('W19c is entered', () => {
  it('where all events by no schema are on the topic', () => {
    const history = begun(schemaUnknown)
    for (const key of ['a', 'b']) history.divert(history.put(key, UNREADABLE), 'dead-letter')
    assert.equal(says(schemaUnknown, history), undefined)
    history.put('c', UNREADABLE)
    assert.match(says(schemaUnknown, history) ?? '', /^3 events by no schema/)
  })
})

describe('W20 is entered', () => {
  it('where something was refused after an attempt had failed, until it was healed', () => {
    const history = begun(deadLettersUnavailable)
    const event = history.put('marked-1', REJECTED)
    history
      .fault('armed', 'wire', 'orders-dlt')
      .attempt(event, true)
      .fault('tookEffect', 'wire', 'orders-dlt')
    assert.equal(says(deadLettersUnavailable, history), undefined)
    history.pass(1500).fault('cleared', 'wire', 'orders-dlt')
    assert.match(says(deadLettersUnavailable, history) ?? '', /refused what failed for 1\.5 s/)
  })

  it('not where it was refused before the attempt failed, nor where only a reader of the topic was', () => {
    const early = begun(deadLettersUnavailable)
    const event = early.put('marked-1', REJECTED)
    early.fault('armed', 'wire', 'orders-dlt').fault('tookEffect', 'wire', 'orders-dlt').attempt(event, true)
    early.fault('cleared', 'wire', 'orders-dlt')
    assert.equal(says(deadLettersUnavailable, early), undefined)
    const read = (by: string) => {
      const history = begun(deadLettersUnavailable)
      const settings = { 'group.protocol': 'classic' }
      const asked = { clientId: 'alerts', software: null, api: 'join-group', group: 'alerts', settings }
      history.add({ kind: 'k.asked', ...asked })
      const target = 'orders-dlt'
      history.fault('armed', 'wire', target).attempt(history.put('marked-1', REJECTED), true)
      history.add({ kind: 'fault.took-effect', fault: 'wire', target, evidence: 'metadata 7', by })
      return says(deadLettersUnavailable, history.fault('cleared', 'wire', target))
    }
    assert.equal(read('alerts'), undefined)
    assert.match(read('shipping-producer') ?? '', /refused what failed/)
  })

  it('not where nothing was refused', () => {
    const history = begun(deadLettersUnavailable)
    history.fault('armed', 'wire', 'orders-dlt').attempt(history.put('marked-1', REJECTED), true)
    history.fault('cleared', 'wire', 'orders-dlt')
    assert.equal(says(deadLettersUnavailable, history), undefined)
  })
})

describe('W21 is entered', () => {
  it('where the record was stored and the group not past its event', () => {
    for (const to of ['dead-letter', 0] as const) {
      const history = begun(deadLetterNotCommitted)
      const event = history.put('marked-1', REJECTED)
      history.attempt(event, true).divert(event, to)
      killed(history)
      assert.match(says(deadLetterNotCommitted, history) ?? '', /had not committed past it/)
    }
  })

  it('not where the group was past it, or nothing was stored', () => {
    const past = begun(deadLetterNotCommitted)
    past.refuse(past.put('marked-1', REJECTED))
    const early = begun(deadLetterNotCommitted)
    early.attempt(early.put('marked-1', REJECTED), true)
    for (const history of [past, early])
      assert.equal(says(deadLetterNotCommitted, killed(history)), undefined)
  })
})

describe('W22 is entered', () => {
  it('where the events that failed were as large as they may be', () => {
    const history = begun(largeEvents)
    const value = ' '.repeat(1_000_000)
    history.fail(history.put('marked-1', { failures: 1 }, { value }), 1)
    assert.match(says(largeEvents, history) ?? '', /^1 events of 1000000 bytes failed; 1 records/)
    history.fail(history.put('marked-2', { failures: 1 }), 1)
    assert.equal(says(largeEvents, history), undefined)
  })
})

describe('a retry waits', () => {
  const waiting = (effective: boolean) => {
    const history = begun(retryWaits)
    const event = history.put('marked-1', { failures: 2 })
    for (const tier of [0, 1]) history.attempt(event, true).divert(event, tier)
    if (effective) history.apply(event)
    return killed(history)
  }

  it('after the last failed attempt and before its effect', () => {
    assert.match(says(retryWaits, waiting(false)) ?? '', /^attempt 2 .* the next one was not due/)
  })

  it('no longer when it took effect', () => {
    assert.equal(says(retryWaits, waiting(true)), undefined)
  })
})

describe('a redrive', () => {
  it('is a record of the event behind its dead letter', () => {
    const history = begun(redriveApproved)
    const event = history.put('marked-1', REJECTED)
    history.refuse(event)
    assert.equal(says(redriveApproved, history), undefined)
    history.record(history.plan.consumer.topic, event)
    assert.match(says(redriveApproved, history) ?? '', /came again at/)
  })

  it('is given up after so many, and not before', () => {
    const redriven = (times: number) => {
      const history = begun(redriveGivenUp)
      const event = history.put('marked-1', REJECTED)
      history.refuse(event)
      for (let n = 0; n < times; n++) history.divert(event, 'dead-letter')
      history.record('parking-lot', event)
      history.add({ kind: 'fact', name: 'redrive.after', subject: 'parking-lot', value: 3 })
      return history
    }
    assert.match(says(redriveGivenUp, redriven(3)) ?? '', /dead letters 4 times/)
    for (const times of [2, 4]) assert.equal(says(redriveGivenUp, redriven(times)), undefined)
  })
})
