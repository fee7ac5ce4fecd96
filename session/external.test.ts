import assert from 'node:assert/strict'
import { test } from 'node:test'
import reference from '../eventproof.config.ts'
import { declaredIn } from '../scenarios/config.ts'
import { loadKinds, sectionsOf } from '../scenarios/kinds.ts'
import { parseConfig } from '../subjects/contract/index.ts'
import { checkExternal, externalOf } from './external.ts'

const kinds = await loadKinds()
const kafka = { bootstrapServers: 'broker-1:9092,broker-2:9092' }
const postgres = { url: 'postgres://prover:secret@db-1:5432/postgres' }
const parsed = (change: object) => parseConfig({ ...reference, ...change }, 'here', sectionsOf(kinds))

test('parts by address come with a prefix that slots, topics and namespaces may begin with', () => {
  assert.equal(externalOf(parsed({}), '/here'), undefined)
  assert.equal(externalOf(parsed({ stack: {} }), '/here'), undefined)
  const external = externalOf(parsed({ stack: { kafka, postgres } }), '/here')
  assert.deepEqual({ ...external, prefix: '' }, { kafka, postgres, prefix: '' })
  assert.match(external?.prefix ?? '', /^evp[0-9a-f]{8}$/)
})

test('an address that is none is told with what was expected', () => {
  const wrong = (stack: object) => () => parsed({ stack })
  assert.throws(wrong({ kafka: { bootstrapServers: 'http://broker' } }), /stack\.kafka\.bootstrapServers/)
  assert.throws(wrong({ postgres: { url: 'db-1:5432' } }), /stack\.postgres\.url/)
})

test('a literal name can not be kept apart on what somebody else runs', () => {
  const literal = (change: object) => () => checkExternal(parsed(change), kinds, 'here')
  assert.doesNotThrow(literal({ stack: { kafka, postgres } }))
  assert.throws(
    literal({ stack: { kafka }, isolation: 'broker' }),
    /stack\.kafka, with consumers\.fulfillment/,
  )
  const { services } = declaredIn(parsed({}))
  const [name = '', service] = Object.entries(services)[0] ?? []
  const named = { ...services, [name]: { ...service, database: 'shop' } }
  assert.throws(literal({ stack: { postgres }, services: named }), new RegExp(`with services\\.${name}`))
})

test('a cluster by address is found from the config file on, and stands beside a broker and a database by address', () => {
  const kubernetes = { kubeconfig: 'ci/kubeconfig', context: 'shared' }
  const external = externalOf(parsed({ stack: { kafka, postgres, kubernetes } }), '/here')
  assert.deepEqual(external?.kubernetes, { kubeconfig: '/here/ci/kubeconfig', context: 'shared' })
  const alone = (stack: object) => () => checkExternal(parsed({ stack }), kinds, 'here')
  assert.doesNotThrow(alone({ kafka, postgres, kubernetes }))
  assert.throws(alone({ kubernetes }), /stack\.kubernetes/)
  assert.throws(alone({ kafka, kubernetes }), /stack\.kubernetes/)
})
