import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { projectFiles, read } from '../test/source-tree.ts'
import { databaseClient } from './database-client.ts'

describe('a database client', () => {
  it('outlives a server that ends its connection between two queries', () => {
    const client = databaseClient({ host: 'localhost' })
    assert.doesNotThrow(() => client.emit('error', new Error('terminating connection')))
  })

  it('is made here, and nowhere else in what drives a run', () => {
    const elsewhere = projectFiles(/\.ts$/).filter(
      (path) =>
        /^(core|faults|proof|scenarios|session|stacks)\//.test(path) &&
        !/\.test\.ts$|^core\/database-client/.test(path) &&
        /new (pg\.)?(Client|Pool)\(/.test(read(path)),
    )
    assert.deepEqual(elsewhere, [])
  })
})
