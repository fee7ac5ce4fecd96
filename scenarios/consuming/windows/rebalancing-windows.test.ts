import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { trialsOf } from '../../../proof/history/trials.ts'
import type { JudgedWindow } from '../../../proof/window.ts'
import { ConsumerHistory } from '../fixture/builder.ts'
import { entryOf, open } from '../fixture/kinds.ts'
import { rollingRestart } from './rolling-restart.ts'
import { slowWork } from './slow-work.ts'
import { zombie } from './zombie.ts'

/** A member stands at the gate; what happens then is the test's. */
function held(window: JudgedWindow) {
  const history = new ConsumerHistory({ marked: ['marked-1'], windows: [window.id] })
  history.generation({ a: [0, 1] }).phase('fault', window.id)
  const event = history.put('marked-1')
  history.gate(event.id, 'closed').waiting(event.id, event.xid)
  return { history, event }
}

/** Somebody else comes to the event. */
const reached = (subject: string) =>
  ({ kind: 'fact', name: 'effect.reached', subject, value: 'shipping-1' }) as const

describe('W16 is entered', () => {
  it('when the partition moves while the stopped holder stands at the gate', () => {
    const { history, event } = held(zombie)
    history
      .fault('armed', 'pause')
      .fault('tookEffect', 'pause')
      .generation({ b: [0, 1] })
    history.add(reached(event.id))
    history.gate(event.id, 'opened')
    history.apply(event)
    assert.match(
      entryOf(zombie, history)?.says ?? '',
      /generation 2 gave partition 1 to another member; shipping-1 came to the same event meanwhile$/,
    )
  })

  it('not when the successor never came to the event, or only when the gate was open', () => {
    const { history, event } = held(zombie)
    history
      .fault('armed', 'pause')
      .fault('tookEffect', 'pause')
      .generation({ b: [0, 1] })
      .gate(event.id, 'opened')
    history.add(reached(event.id))
    assert.equal(entryOf(zombie, history), undefined)
  })

  it('not when nobody was stopped', () => {
    const { history, event } = held(zombie)
    history.generation({ b: [0, 1] }).gate(event.id, 'opened')
    assert.equal(entryOf(zombie, history), undefined)
  })

  it('not when the partition moved after the gate was opened', () => {
    const { history, event } = held(zombie)
    history
      .fault('armed', 'pause')
      .fault('tookEffect', 'pause')
      .gate(event.id, 'opened')
      .generation({ b: [0, 1] })
    assert.equal(entryOf(zombie, history), undefined)
  })

  it('not when the holder had committed before the gate was opened', () => {
    const { history, event } = held(zombie)
    history
      .fault('armed', 'pause')
      .fault('tookEffect', 'pause')
      .generation({ b: [0, 1] })
    history.apply(event)
    history.gate(event.id, 'opened')
    assert.equal(entryOf(zombie, history), undefined)
  })
})

describe('W17 is entered', () => {
  it('when the partition moves while its owner works and lives', () => {
    const { history, event } = held(slowWork)
    history.generation({ b: [0, 1] })
    assert.equal(entryOf(slowWork, history), undefined)
    history.add(reached(event.id))
    history.gate(event.id, 'opened')
    assert.match(entryOf(slowWork, history)?.says ?? '', /no process had ended/)
  })

  it('not when the owner died', () => {
    const { history, event } = held(slowWork)
    history.add({ kind: 'proc', service: 'shipping', instance: 0, id: 'process 1', event: 'exited' })
    history.generation({ b: [0, 1] }).gate(event.id, 'opened')
    assert.equal(entryOf(slowWork, history), undefined)
  })
})

describe('W17 does not apply', () => {
  function excluded(milliseconds: number, owners: Record<string, number[]> = { a: [0], b: [1] }) {
    const history = new ConsumerHistory({ marked: ['marked-1'], windows: ['W17'] })
    history.generation(owners).phase('fault', 'W17')
    const event = history.put('marked-1')
    history.gate(event.id, 'closed').waiting(event.id, event.xid)
    history.pass(milliseconds).gate(event.id, 'opened')
    const [trial] = trialsOf(open(history), 'W17')
    return trial && slowWork.excluded?.(trial)?.says
  }

  it('to a client that stays in its group, whatever its work takes', () => {
    assert.match(
      excluded(20_000) ?? '',
      /^b kept partition 1 in generation 1 for 20\.\d s while .*: its client polls beside its work/,
    )
  })

  it('but nothing shows that after a short while, or where there was nobody to take over', () => {
    assert.equal(excluded(5000), undefined)
    assert.equal(excluded(20_000, { a: [0, 1] }), undefined)
  })
})

describe('the rolling restart is entered', () => {
  const restart = (history: ConsumerHistory, instance: number) => {
    for (const event of ['exited', 'ready'] as const)
      history.add({ kind: 'proc', service: 'shipping', instance, id: `process ${instance}`, event })
  }

  it('when each instance came back and partitions kept their owners', () => {
    const history = new ConsumerHistory({ windows: ['rolling-restart'] })
    history
      .generation({ a: [0], b: [1] })
      .phase('fault', 'rolling-restart')
      .generation({ b: [0, 1] })
    restart(history, 0)
    history.generation({ b: [1], c: [0] }).generation({ c: [0, 1] })
    restart(history, 1)
    assert.match(
      entryOf(rollingRestart, history)?.says ?? '',
      /partitions 1, 0 kept their owners in 3 changes/,
    )
  })

  it('when each was back before the group had noticed that it was gone', () => {
    const history = new ConsumerHistory({ windows: ['rolling-restart'] })
    history.generation({ a: [0], b: [1] }).phase('fault', 'rolling-restart')
    restart(history, 0)
    history.generation({ b: [1], c: [0] })
    restart(history, 1)
    history.generation({ c: [0], d: [1] })
    assert.match(entryOf(rollingRestart, history)?.says ?? '', /kept their owners in 2 changes/)
  })

  it('when everything moved, by an assignor that had kept owners before', () => {
    const history = new ConsumerHistory({ windows: ['rolling-restart'] })
    history.generation({ a: [0], b: [1] }).generation({ b: [1], c: [0] })
    history.phase('fault', 'rolling-restart')
    restart(history, 0)
    history.generation({ b: [0], d: [1] })
    restart(history, 1)
    history.generation({ d: [0], e: [1] })
    assert.match(
      entryOf(rollingRestart, history)?.says ?? '',
      /each partition changed its owner in 2 changes/,
    )
  })

  it('not when one of them was left alone, and not when everything moved', () => {
    const one = new ConsumerHistory({ windows: ['rolling-restart'] })
    one
      .generation({ a: [0], b: [1] })
      .phase('fault', 'rolling-restart')
      .generation({ b: [0, 1] })
    restart(one, 0)
    assert.equal(entryOf(rollingRestart, one), undefined)
    const moved = new ConsumerHistory({ windows: ['rolling-restart'] })
    moved
      .generation({ a: [0, 1] })
      .phase('fault', 'rolling-restart')
      .generation({ b: [1], c: [0] })
    restart(moved, 0)
    restart(moved, 1)
    assert.equal(entryOf(rollingRestart, moved), undefined)
  })
})
