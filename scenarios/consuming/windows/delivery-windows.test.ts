import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JudgedWindow } from '../../../proof/window.ts'
import { ConsumerHistory } from '../fixture/builder.ts'
import { entryOf } from '../fixture/kinds.ts'
import { abortedTransaction } from './aborted-transaction.ts'
import { coldStart } from './cold-start.ts'

function trialOf(window: JudgedWindow) {
  const history = new ConsumerHistory({ marked: ['marked-1'], windows: [window.id] })
  history.commit(history.handle('marked-1'))
  return history.phase('fault', window.id)
}

describe('the cold start is entered', () => {
  const target = new ConsumerHistory().plan.consumer.group
  const start = (history: ConsumerHistory) => history.started(0, 7)
  const lose = (history: ConsumerHistory) =>
    history.add({ kind: 'fault.took-effect', fault: 'expiry', target, evidence: 'deleted' })

  it('when an event comes between the deletion and the start', () => {
    const history = trialOf(coldStart)
    lose(history)
    history.put('marked-1')
    start(history)
    assert.match(entryOf(coldStart, history)?.says ?? '', /before process 7 was started$/)
  })

  it('not when the offsets were left as they were', () => {
    const history = trialOf(coldStart)
    history.put('marked-1')
    start(history)
    assert.equal(entryOf(coldStart, history), undefined)
  })

  it('not when the event came before', () => {
    const history = trialOf(coldStart)
    history.put('marked-1')
    lose(history)
    start(history)
    assert.equal(entryOf(coldStart, history), undefined)
  })

  it('not when somebody committed again before the start', () => {
    const history = trialOf(coldStart)
    lose(history)
    history.commit(history.put('marked-1'))
    start(history)
    assert.equal(entryOf(coldStart, history), undefined)
  })
})

describe('the aborted transaction is entered', () => {
  const abort = (history: ConsumerHistory, outcome: 'abort' | 'commit') => {
    const { topic } = history.plan.consumer
    history.add({ kind: 'k.control', topic, partition: 1, offset: 9, producerId: 7, outcome })
  }

  it('when the group goes past what lies behind it', () => {
    const history = trialOf(abortedTransaction)
    history.put('marked-1', { expect: 'nothing' }, { partition: 1 })
    const next = history.put('marked-1')
    abort(history, 'abort')
    history.commit(next)
    assert.match(entryOf(abortedTransaction, history)?.says ?? '', /was aborted at 9/)
  })

  it('not when it was committed after all', () => {
    const history = trialOf(abortedTransaction)
    history.put('marked-1', { expect: 'nothing' })
    const next = history.put('marked-1')
    abort(history, 'commit')
    history.commit(next)
    assert.equal(entryOf(abortedTransaction, history), undefined)
  })

  it('not when nobody went past it', () => {
    const history = trialOf(abortedTransaction)
    history.put('marked-1', { expect: 'nothing' })
    history.put('marked-1')
    abort(history, 'abort')
    assert.equal(entryOf(abortedTransaction, history), undefined)
  })

  it('not when no transaction was opened', () => {
    const history = trialOf(abortedTransaction)
    history.commit(history.put('marked-1'))
    assert.equal(entryOf(abortedTransaction, history), undefined)
  })
})
