import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { trialsOf } from '../../../proof/history/trials.ts'
import { ConsumerHistory } from '../fixture/builder.ts'
import { open } from '../fixture/kinds.ts'
import { assignedByHand, generationsIn, ownerAt, takeoverAfter } from './group-timeline.ts'

const place = { topic: 'orders', partition: 1 }

function trial(history: ConsumerHistory) {
  return trialsOf(open(history), 'W16')[0] ?? assert.fail('no trial')
}

describe('the timeline of a group', () => {
  it('tells who owned a partition at a point of the history', () => {
    const history = new ConsumerHistory()
      .generation({ a: [0, 1] })
      .phase('fault', 'W16')
      .generation({ b: [1] })
    const generations = generationsIn(trial(history))
    assert.equal(ownerAt(generations, place, history.events.length - 1), 'a')
    assert.equal(ownerAt(generations, place, history.events.length), 'b')
    assert.equal(ownerAt(generations, place, 1), undefined)
  })

  it('finds who took over, also after a while without an owner', () => {
    const history = new ConsumerHistory().generation({ a: [0, 1] }).phase('fault', 'W16')
    const since = history.events.length
    history
      .generation({ a: [1] })
      .generation({ a: [], b: [0] })
      .generation({ b: [0, 1] })
    const taken = takeoverAfter(generationsIn(trial(history)), place, since)
    assert.deepEqual([taken?.from, taken?.to, taken?.generation.generation], ['a', 'b', 4])
  })

  it('finds nothing where nobody owned it before, or the owner stayed', () => {
    const unowned = new ConsumerHistory().phase('fault', 'W16').generation({ b: [1] })
    assert.equal(takeoverAfter(generationsIn(trial(unowned)), place, 1), undefined)
    const stayed = new ConsumerHistory()
      .generation({ a: [0, 1] })
      .phase('fault', 'W16')
      .generation({ a: [1], b: [0] })
    assert.equal(takeoverAfter(generationsIn(trial(stayed)), place, 2), undefined)
  })

  it('has none where partitions are assigned by hand, and events take effect', () => {
    const history = new ConsumerHistory()
    const event = history.put('o-1')
    const nothing = new ConsumerHistory().phase('fault', 'W16')
    history.apply(event)
    const hand = assignedByHand(trial(history.phase('fault', 'W16')))
    assert.match(hand?.says ?? '', /^nobody joined group /)
    assert.equal(assignedByHand(trial(nothing)), undefined)
    const joined = new ConsumerHistory().generation({ a: [0, 1] })
    joined.handle('o-1')
    assert.equal(assignedByHand(trial(joined.phase('fault', 'W16'))), undefined)
  })
})
