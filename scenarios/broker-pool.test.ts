import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { OwnBroker } from '../stacks/stack.ts'
import { BrokerPool } from './broker-pool.ts'

/** Brokers on paper: how many were started, and how many run. */
function paper(fails: readonly number[] = []) {
  const count = { started: 0, running: 0 }
  const start = async (): Promise<OwnBroker> => {
    const number = ++count.started
    if (fails.includes(number)) throw new Error(`broker ${number} does not start`)
    count.running++
    return {
      kafka: { clusterId: `broker-${number}` } as OwnBroker['kafka'],
      link: () => Promise.reject(new Error('no links on paper')),
      [Symbol.asyncDispose]: async () => {
        count.running--
      },
    }
  }
  return { count, start }
}

describe('a pool of brokers', () => {
  it('gives each scenario one that nobody has used, and starts the next ahead', async () => {
    const { count, start } = paper()
    const pool = new BrokerPool({ start, wanted: 3 })
    pool.prepare()
    assert.equal(count.started, 1)
    const first = await pool.take()
    assert.equal(first.kafka.clusterId, 'broker-1')
    assert.equal(count.started, 2)
    await first[Symbol.asyncDispose]()
    const second = await pool.take()
    assert.equal(second.kafka.clusterId, 'broker-2')
    await second[Symbol.asyncDispose]()
    assert.equal((await pool.take()).kafka.clusterId, 'broker-3')
    assert.equal(count.started, 3, 'none for nobody')
  })

  it('runs no more than it may at a time, and lets nobody wait for ever', async () => {
    const { count, start } = paper()
    const pool = new BrokerPool({ start, wanted: 6, most: 2 })
    let most = 0
    const scenario = async () => {
      await using _ = await pool.take()
      most = Math.max(most, count.running)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await Promise.all(Array.from({ length: 6 }, scenario))
    assert.equal(count.started, 6)
    assert.ok(most <= 2, `${most} ran at once`)
    assert.equal(count.running, 0)
  })

  it('tells the one who takes it that a broker did not start, and goes on', async () => {
    const { start } = paper([1])
    const pool = new BrokerPool({ start, wanted: 2, most: 1 })
    pool.prepare()
    await assert.rejects(pool.take(), /broker 1 does not start/)
    assert.equal((await pool.take()).kafka.clusterId, 'broker-2')
  })

  it('ends what was started ahead for nobody', async () => {
    const { count, start } = paper()
    const pool = new BrokerPool({ start, wanted: 2 })
    const used = await pool.take()
    await used[Symbol.asyncDispose]()
    assert.equal(count.running, 1)
    await pool[Symbol.asyncDispose]()
    assert.equal(count.running, 0)
  })
})
