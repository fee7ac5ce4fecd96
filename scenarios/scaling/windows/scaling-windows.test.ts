import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JudgedWindow } from '../../../proof/window.ts'
import { atRest, ScalingHistory } from '../fixture/builder.ts'
import { entryOf } from '../fixture/kinds.ts'
import { budgetHolds } from './budget-holds.ts'
import { cutOffAtWork } from './cut-off-at-work.ts'
import { longSilence } from './long-silence.ts'

const begun = (window: JudgedWindow) =>
  atRest(new ScalingHistory({ marked: ['marked-1'], windows: [window.id] })).phase('fault', window.id)

const says = (window: JudgedWindow, history: ScalingHistory) => entryOf(window, history)?.says

describe('W24e is entered', () => {
  const left = (h: ScalingHistory, offsets: number, records: number) => {
    const { group, topic } = h.plan.scaling.consumer
    h.add({ kind: 'fact', name: 'offsets.left', subject: group, value: offsets })
    h.add({ kind: 'fact', name: 'records.left', subject: topic, value: records })
    return h
  }

  it('where the broker had nothing left when more came than may wait', () => {
    const h = left(begun(longSilence), 0, 0)
    assert.equal(says(longSilence, h), undefined)
    h.publish(6)
    assert.match(says(longSilence, h) ?? '', /had no offset of order-events.*when 6 events came/)
  })

  it('not where an offset or a record was left, or nobody asked', () => {
    for (const [offsets, records] of [
      [1, 0],
      [0, 3],
    ] as const) {
      const h = left(begun(longSilence), offsets, records)
      h.publish(6)
      assert.equal(says(longSilence, h), undefined)
    }
    const unasked = begun(longSilence)
    unasked.publish(6)
    assert.equal(says(longSilence, unasked), undefined)
  })
})

describe('W24f is entered', () => {
  const cut = (milliseconds: number, waits = true, saw = true) => {
    const h = begun(cutOffAtWork)
    h.publish(1, { key: 'marked-1' })
    h.gate('closed', 'event-1').wake()
    if (waits) h.gate('waiting', 'event-1')
    if (saw) h.add({ kind: 'fact', name: 'scaler.saw-work', subject: 'orders', value: 'now' })
    h.fault('armed', 'link', 'keda').fault('tookEffect', 'link', 'keda').pass(milliseconds)
    return h.fault('cleared', 'link', 'keda').gate('opened', 'event-1')
  }

  it('where a backend waited at the gate all the time, and that was longer than the cooldown', () => {
    assert.match(says(cutOffAtWork, cut(9000)) ?? '', /for the 9\.0 s in which .*5 s are the cooldown/)
  })

  it('not where the cut was short, nobody was at work, or KEDA did not know', () => {
    assert.equal(says(cutOffAtWork, cut(4000)), undefined)
    assert.equal(says(cutOffAtWork, cut(9000, false)), undefined)
    assert.equal(says(cutOffAtWork, cut(9000, true, false)), undefined)
  })
})

describe('W24g is entered', () => {
  const refused = (waits = true, early = false) => {
    const h = begun(budgetHolds)
    const tell = () =>
      h.add({ kind: 'fact', name: 'eviction.refused', subject: 'pod-1', value: 'needs 1 healthy pods' })
    h.publish(1, { key: 'marked-1' })
    h.gate('closed', 'event-1').wake()
    if (early) tell()
    if (waits) h.gate('waiting', 'event-1')
    if (!early) tell()
    return h.gate('opened', 'event-1')
  }

  it('where the Eviction API refused a pod that stood at the gate', () => {
    assert.match(says(budgetHolds, refused()) ?? '', /pod-1 was refused .*needs 1 healthy pods/)
  })

  it('not where it was refused before there was any work, or nobody stood there', () => {
    assert.equal(says(budgetHolds, refused(true, true)), undefined)
    assert.equal(says(budgetHolds, refused(false)), undefined)
  })
})
