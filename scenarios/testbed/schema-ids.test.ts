import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { systemClock } from '../../core/clock.ts'
import { Journal } from '../../proof/history/journal.ts'
import { factsOf } from '../../proof/history/recorded-fact.ts'
import { SchemaIds } from './schema-ids.ts'
import { SchemaRegistry } from './schema-registry.ts'

const folder = mkdtempSync(join(tmpdir(), 'eventproof-schema-ids-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const SCHEMA = JSON.stringify({ type: 'record', name: 'Order', fields: [] })
const record = (id: number) => ({
  kind: 'k.record' as const,
  topic: 'orders',
  partition: 0,
  offset: 0,
  timestamp: 0,
  key: null,
  value: `\0\0\0\0${String.fromCharCode(id)}`,
  valueBytes: 5,
  headers: {},
  producerId: 1,
  producerEpoch: 0,
  sequence: 0,
  transactional: false,
})

test('each id is asked for once, when its first record is seen; one that was not known once more at the end', async () => {
  const asked: string[] = []
  const known = new Set(['7'])
  await using server = createServer((request, response) => {
    const { url = '' } = request
    asked.push(url)
    const [, id = ''] = /ids\/(\d+)/.exec(url) ?? []
    response.statusCode = known.has(id) ? 200 : 404
    const found = url.endsWith('/versions') ? [{ subject: 'orders-value', version: 1 }] : { schema: SCHEMA }
    response.end(JSON.stringify(known.has(id) ? found : { error_code: 40403 }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  await using journal = await Journal.open(join(folder, 'history.ndjson'), {
    clock: systemClock(),
    onError: () => {},
  })
  const history = journal.scenario('s')
  await using ids = new SchemaIds(history, new SchemaRegistry(`http://127.0.0.1:${port}`), 'orders')

  history.record(record(7))
  history.record(record(7))
  history.record(record(8))
  history.record({ ...record(9), topic: 'another' })
  history.record({ ...record(9), value: 'no frame' })
  await ids.fence()

  const said = factsOf(history.events, 'schema.id').map(({ value: { id, schema, subjects, tries } }) => {
    return [id, schema?.format, subjects.join(), tries]
  })
  assert.deepEqual(
    said.toSorted((a, b) => Number(a[0]) - Number(b[0])),
    [
      [7, 'AVRO', 'orders-value', 1],
      [8, undefined, '', 1],
      [8, undefined, '', 1],
    ],
  )
  assert.equal(asked.filter((url) => url.includes('/9')).length, 0)
})
