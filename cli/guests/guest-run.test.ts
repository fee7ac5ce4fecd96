import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { GUESTS } from '../../subjects/guests/catalogue.ts'
import { configOf } from './guest-programs.ts'
import { type GuestRun, guestMarkdown, isAsExpected } from './guest-run.ts'

const ran = (expected: GuestRun['expected'], got: GuestRun['got']): GuestRun => ({
  guest: 'go',
  trial: 'right',
  expected,
  got,
  seconds: 61.2,
})
const held = { verdict: 'HELD', names: [], reason: '' } as const
const lost = { verdict: 'VIOLATED', names: ['lost-event'], reason: 'lost' } as const

describe('a guest', () => {
  it('is as expected where each control is HELD, or violated by that name', () => {
    assert.ok(isAsExpected(ran({ P1: 'HELD', P2: 'lost-event' }, { P1: held, P2: lost, P3: lost })))
    assert.ok(!isAsExpected(ran({ P1: 'HELD' }, { P1: lost })))
    assert.ok(!isAsExpected(ran({ P1: 'lost-event' }, { P1: held })))
    assert.ok(!isAsExpected(ran({ P1: 'HELD' }, {})), 'nothing judged is not HELD')
    const more = { ...lost, names: ['lost-event', 'payload-divergence'] }
    assert.ok(!isAsExpected(ran({ P1: 'lost-event' }, { P1: more })), 'blamed for something else, too')
  })

  it('is told with what it got where that is something else', () => {
    const table = guestMarkdown([ran({ P1: 'HELD', P2: 'HELD' }, { P1: held, P2: lost })])
    assert.match(table, /\| `go\/right` \| P1 HELD · P2 HELD \(VIOLATED lost-event\) \| ✗ \| 61 \|$/)
  })

  it('has a config, and a right trial beside a broken one', async () => {
    for (const guest of GUESTS) {
      assert.ok((await stat(configOf(guest))).isFile())
      const [right, ...broken] = guest.trials
      assert.equal(right?.name, 'right')
      assert.ok(broken.some(({ expected }) => !Object.values(expected).includes('HELD')))
    }
  })
})
