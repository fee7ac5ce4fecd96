import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Journal } from './journal.ts'

const PARTS = {
  prefix: 'evp0123abcd',
  kafka: { bootstrapServers: 'broker-1:9092' },
  postgres: { url: 'postgres://prover:very%20secret@db-1/postgres' },
}

test('a session is written down without its password, and crossed out when it has ended', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'eventproof-journal-'))
  try {
    const journal = new Journal(folder)
    const end = await journal.begin(PARTS)
    const text = await readFile(join(folder, 'evp0123abcd.json'), 'utf8')
    assert.doesNotMatch(text, /secret/)
    assert.partialDeepStrictEqual(JSON.parse(text), {
      kafka: 'broker-1:9092',
      postgres: { host: 'db-1', port: 5432, user: 'prover' },
    })
    assert.deepEqual(await journal.orphaned(), [], 'its process lives')
    await end()
    assert.deepEqual(await readdir(folder), [])
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('orphaned is what a dead process of this machine wrote, under a prefix of ours', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'eventproof-journal-'))
  try {
    const dead = `${hostname()} 999999999 12345`
    for (const [name, prefix, owner] of [
      ['a', 'evp00000001', dead],
      ['b', 'orders', dead],
      ['c', 'evp00000002', 'elsewhere 999999999 12345'],
      ['d', '', dead],
    ])
      await writeFile(join(folder, `${name}.json`), JSON.stringify({ prefix, owner, kafka: 'broker-1:9092' }))
    await writeFile(join(folder, 'broken.json'), '{')
    const orphaned = await new Journal(folder).orphaned()
    assert.deepEqual(
      orphaned.map(({ prefix }) => prefix),
      ['evp00000001'],
    )
    assert.deepEqual(await new Journal(join(folder, 'none')).orphaned(), [])
  } finally {
    await rm(folder, { recursive: true })
  }
})
