import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JudgedWindow } from '../../../proof/window.ts'
import { keepsUp, MonitoringHistory } from '../fixture/builder.ts'
import { entryOf } from '../fixture/kinds.ts'
import type { MonitoringView } from '../view/monitoring-view.ts'
import { fallsBehind } from './falls-behind.ts'
import { partitionAdded } from './partition-added.ts'

const begun = (window: JudgedWindow<MonitoringView>) =>
  keepsUp(new MonitoringHistory({ windows: [window.id] })).phase('fault', window.id)

describe('LW1 is entered', () => {
  it('where too many wait and nobody consumes', () => {
    const h = begun(fallsBehind).die().publish(51)
    assert.match(entryOf(fallsBehind, h.pass(1000))?.says ?? '', /more than 50 events wait/)
  })

  it('not where a consumer lives, or no more wait than may', () => {
    assert.equal(entryOf(fallsBehind, begun(fallsBehind).publish(51).pass(1000)), undefined)
    assert.equal(entryOf(fallsBehind, begun(fallsBehind).die().publish(50).pass(1000)), undefined)
  })
})

describe('LW2 is entered', () => {
  const added = () => begun(partitionAdded).die().addPartition()

  it('where events wait on a partition that is new, and on all when offsets have expired', () => {
    const h = added().publish(3, 3).pass(500).expire().pass(500)
    assert.match(entryOf(partitionAdded, h)?.says ?? '', /new partition 3, and then on all/)
  })

  it('not where nothing waits there, offsets are still there, or a consumer came before', () => {
    assert.equal(entryOf(partitionAdded, added().pass(500).expire().pass(500)), undefined)
    assert.equal(entryOf(partitionAdded, added().publish(3, 3).pass(500)), undefined)
    const late = added().comeBack().publish(3, 3).consume().expire()
    assert.equal(entryOf(partitionAdded, late.pass(500)), undefined)
  })
})
