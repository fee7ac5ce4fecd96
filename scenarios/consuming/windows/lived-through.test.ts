import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JudgedWindow } from '../../../proof/window.ts'
import { ConsumerHistory } from '../fixture/builder.ts'
import { entryOf } from '../fixture/kinds.ts'
import { databaseOutOfReach } from './database-out-of-reach.ts'
import { outsideOutOfReach } from './outside-out-of-reach.ts'
import { partitionBack } from './partition-back.ts'

const trialOf = (window: JudgedWindow) =>
  new ConsumerHistory({ marked: ['marked-1'], windows: [window.id] })
    .generation({ first: [0, 1] })
    .phase('fault', window.id)

describe('a database that is out of reach', () => {
  const cut = (h: ConsumerHistory) => h.fault('armed', 'link').fault('tookEffect', 'link')

  it('is lived through when an event waits until it is back', () => {
    const h = cut(trialOf(databaseOutOfReach))
    const event = h.put('o-1')
    h.fault('cleared', 'link').apply(event)
    assert.match(entryOf(databaseOutOfReach, h)?.says ?? '', /1 events that came meanwhile had no effect/)
  })

  it('not when everything took effect meanwhile: somebody had another way', () => {
    const h = cut(trialOf(databaseOutOfReach))
    h.apply(h.put('o-1'))
    h.fault('cleared', 'link')
    assert.equal(entryOf(databaseOutOfReach, h), undefined)
  })
})

describe('what is called is out of reach', () => {
  it('when calls were refused and later ones were not', () => {
    const h = trialOf(outsideOutOfReach)
    const event = h.put('o-1')
    h.call(event, event.id, 503).call(event)
    assert.match(entryOf(outsideOutOfReach, h)?.says ?? '', /^1 calls were refused/)
  })

  it('not while all are refused', () => {
    const h = trialOf(outsideOutOfReach)
    const event = h.put('o-1')
    h.call(event, event.id, 503)
    assert.equal(entryOf(outsideOutOfReach, h), undefined)
  })
})

describe('a partition comes back', () => {
  it('to the member that had it, over another one, with a generation in which it was nobody’s', () => {
    const h = trialOf(partitionBack)
      .generation({ first: [0], second: [] })
      .generation({ first: [0], second: [1] })
      .generation({ first: [0, 1] })
    assert.match(
      entryOf(partitionBack, h)?.says ?? '',
      /^first lost partition 1 in generation 3 and got it back in generation 4/,
    )
  })

  it('not where it stayed with the other one, nor where it was nobody’s in between', () => {
    const stays = trialOf(partitionBack).generation({ first: [0], second: [1] })
    const nobody = trialOf(partitionBack)
      .generation({ first: [0] })
      .generation({ first: [0, 1] })
    for (const h of [stays, nobody]) assert.equal(entryOf(partitionBack, h), undefined)
  })
})
