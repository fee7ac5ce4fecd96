import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ReadWriteLock } from './read-write-lock.ts'

describe('turns', () => {
  it('lets many use a component, and one alone', async () => {
    const turns = new ReadWriteLock()
    const order: string[] = []
    const first = await turns.take(false)
    const second = await turns.take(false)
    const alone = turns.take(true).then((turn) => {
      order.push('alone')
      return turn
    })
    const third = turns.take(false).then((turn) => {
      order.push('third')
      return turn
    })
    await Promise.resolve()
    assert.deepEqual(order, [])
    first[Symbol.dispose]()
    second[Symbol.dispose]()
    const held = await alone
    assert.deepEqual(order, ['alone'])
    held[Symbol.dispose]()
    held[Symbol.dispose]()
    ;(await third)[Symbol.dispose]()
    assert.deepEqual(order, ['alone', 'third'])
  })
})
