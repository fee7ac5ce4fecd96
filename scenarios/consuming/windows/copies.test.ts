import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JudgedWindow } from '../../../proof/window.ts'
import { ConsumerHistory } from '../fixture/builder.ts'
import { entryOf } from '../fixture/kinds.ts'
import { concurrentCopies } from './concurrent-copies.ts'
import { copiesBackToBack } from './copies-back-to-back.ts'
import { copyAfterRebalance } from './copy-after-rebalance.ts'
import { copyAfterRestart } from './copy-after-restart.ts'
import { lateCopy } from './late-copy.ts'
import { otherIdSameBody } from './other-id-same-body.ts'
import { sameIdOtherBody } from './same-id-other-body.ts'

const begun = (window: JudgedWindow) =>
  new ConsumerHistory({ marked: ['marked-1'], windows: [window.id] })
    .generation({ a: [0], b: [1] })
    .phase('fault', window.id)

describe('W18 is entered', () => {
  it('by a copy right behind its event, once the group is past both', () => {
    const history = begun(copiesBackToBack)
    const event = history.handle('marked-1')
    const copy = history.copy(event)
    assert.equal(entryOf(copiesBackToBack, history), undefined)
    history.commit(copy)
    assert.match(entryOf(copiesBackToBack, history)?.says ?? '', /lies at 1\/0 and 1\/1/)
  })

  it('by a copy that nobody commits, once an event behind it took effect', () => {
    const begin = () =>
      new ConsumerHistory({
        marked: ['marked-1'],
        windows: [copiesBackToBack.id],
        consumer: { progress: 'own' },
      }).phase('fault', copiesBackToBack.id)
    const history = begin()
    const event = history.put('marked-1')
    history.apply(event)
    history.copy(event)
    assert.equal(entryOf(copiesBackToBack, history), undefined)
    history.apply(history.put('o-1'))
    assert.equal(entryOf(copiesBackToBack, history)?.grade, 'B')
  })

  it('not by an event that came once', () => {
    const history = begun(copiesBackToBack)
    history.handleAll('marked-1', 'key-1')
    assert.equal(entryOf(copiesBackToBack, history), undefined)
  })

  it('by a copy behind a newer event that took effect', () => {
    const history = begun(lateCopy)
    const event = history.handle('marked-1')
    const newer = history.put('marked-1')
    const early = history.copy(event)
    history.apply(newer)
    history.commit(early)
    assert.equal(entryOf(lateCopy, history), undefined)

    const late = begun(lateCopy)
    const first = late.handle('marked-1')
    late.handle('marked-1')
    late.commit(late.copy(first))
    assert.match(entryOf(lateCopy, late)?.says ?? '', /after version 2 of its key took effect/)
  })

  it('by a copy for another member while the first one stands at the gate', () => {
    const beside = (partition: number, reached = true) => {
      const history = begun(concurrentCopies)
      const event = history.put('marked-1')
      history.gate(event.id, 'closed').waiting(event.id, event.xid)
      const copy = history.copy(event, {}, partition)
      const fact = { kind: 'fact', name: 'effect.reached', subject: event.id, value: 'shipping-1' } as const
      if (reached) history.add(fact)
      history.gate(event.id, 'opened').apply(event)
      return history.commit(event).commit(copy)
    }
    assert.match(entryOf(concurrentCopies, beside(0))?.says ?? '', /while backend 42 of another member/)
    assert.equal(entryOf(concurrentCopies, beside(1)), undefined)
    assert.equal(entryOf(concurrentCopies, beside(0, false)), undefined, 'nobody else came to it')
  })

  it('by a copy after a process got ready', () => {
    const history = begun(copyAfterRestart)
    const event = history.handle('marked-1')
    history.commit(history.copy(event))
    assert.equal(entryOf(copyAfterRestart, history), undefined)

    const restarted = begun(copyAfterRestart)
    const first = restarted.handle('marked-1')
    restarted.add({ kind: 'proc', service: 'shipping', instance: 0, id: 'process 2', event: 'ready' })
    restarted.commit(restarted.copy(first))
    assert.match(entryOf(copyAfterRestart, restarted)?.says ?? '', /after process 2 was started/)
  })

  it('by a copy on a partition that has moved', () => {
    const history = begun(copyAfterRebalance)
    const event = history.handle('marked-1')
    history.generation({ a: [0, 1] })
    history.commit(history.copy(event))
    assert.match(entryOf(copyAfterRebalance, history)?.says ?? '', /generation 2 gave partition 1 to another/)
  })

  it('by the same id with another body, and by another id with the same body', () => {
    const body = begun(sameIdOtherBody)
    const event = body.handle('marked-1')
    body.commit(body.copy({ ...event, amount: event.amount + 1 }))
    assert.ok(entryOf(sameIdOtherBody, body))
    assert.equal(entryOf(sameIdOtherBody, begun(sameIdOtherBody)), undefined)

    const id = begun(otherIdSameBody)
    const first = id.handle('marked-1')
    id.commit(id.copy({ ...first, id: 'another' }))
    assert.ok(entryOf(otherIdSameBody, id))
  })
})
