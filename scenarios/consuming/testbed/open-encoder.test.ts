import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { framed } from '../../../schemas/wire-format.ts'
import { SchemaInvalid } from '../../testbed/schema-invalid.ts'
import { openEncoder } from './open-encoder.ts'

const registered: (readonly [path: string, schema: string])[] = []
/** A registry that counts. */
const server = createServer(async (request, response) => {
  const { schema } = JSON.parse(String(await buffer(request)))
  registered.push([request.url ?? '', schema])
  response.end(JSON.stringify({ id: 40 + registered.length }))
})
let folder: string

before(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  folder = await mkdtemp(join(tmpdir(), 'eventproof-encoder-'))
  const schema = { type: 'record', name: 'Paid', fields: [{ name: 'amount', type: 'long' }] }
  await writeFile(join(folder, 'paid.avsc'), JSON.stringify(schema))
})
after(async () => {
  server.close().closeAllConnections()
  await rm(folder, { recursive: true })
})

const open = (registry?: { readonly schema: string }) =>
  openEncoder({
    name: 'payment',
    consumer: { topic: 'payments', event: { json: {}, ...(registry ? { registry } : {}) } },
    prefix: 's01.',
    context: {
      folder,
      stack: {
        need: async () => {},
        schemaRegistry: { url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
      },
    },
  })

const frameOf = (value = '') => framed(Buffer.from(value.replace('base64:', ''), 'base64'))

test('events are written by the declared schema, or by another version that says the same', async () => {
  const encoder = await open({ schema: 'paid.avsc' })
  assert.equal(registered[0]?.[0], '/subjects/s01.payments-value/versions')
  const written = encoder?.write('{"amount":7}')
  assert.equal(frameOf(written)?.id, 41)
  const [first, second] = [await encoder?.anotherId(), await encoder?.anotherId()]
  assert.deepEqual([first, second], [42, 43])
  const other = encoder?.write('{"amount":7}', second)
  assert.equal(frameOf(other)?.id, 43)
  assert.deepEqual(frameOf(other)?.payload, frameOf(written)?.payload)
  assert.equal(new Set(registered.map(([, schema]) => schema)).size, 3)
})

test('what the schema does not take is told with its place in the config', async () => {
  const encoder = await open({ schema: 'paid.avsc' })
  assert.throws(() => encoder?.write('{"amount":"seven"}'), SchemaInvalid)
  await assert.rejects(
    open({ schema: 'no.avsc' }),
    /consumers\.payment\.event can not be written by its schema/,
  )
})

test('without a registry there is none', async () => {
  assert.equal(await open(), undefined)
})
