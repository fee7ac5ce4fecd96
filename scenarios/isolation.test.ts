import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import reference from '../eventproof.config.ts'
import { type CommonConfig, databaseNamed } from '../subjects/contract/config.ts'
import { twinNamed } from '../subjects/twins/catalogue.ts'
import { consumers } from './consuming/config.ts'
import { isolationOf } from './isolation.ts'
import { publishers } from './publishing/config.ts'
import { scaling } from './scaling/config.ts'

const literal = (name: string): CommonConfig => twinNamed(name)?.config(reference) ?? reference

describe('what keeps the names of scenarios apart', () => {
  it('is a prefix, where a service or a connector takes one', () => {
    for (const [section, subject] of [
      [publishers, 'orders'],
      [publishers, 'orders-cdc'],
      [consumers, 'payment'],
      [scaling, 'order-consumer'],
    ] as const)
      assert.equal(isolationOf(section, subject, reference).by, 'prefix', subject)
  })

  it('is a broker of its own, where none of its services takes one', () => {
    assert.deepEqual(isolationOf(publishers, 'orders', literal('literal-names')), {
      by: 'broker',
      why: 'nothing in services.orders, services.relay has {topicPrefix}, so its names are literals',
    })
    assert.equal(isolationOf(consumers, 'payment', literal('literal-payments')).by, 'broker')
  })

  it('is what the config says', () => {
    assert.equal(isolationOf(publishers, 'orders', { ...reference, isolation: 'broker' }).by, 'broker')
    const forced = { ...literal('literal-names'), isolation: 'prefix' as const }
    assert.equal(isolationOf(publishers, 'orders', forced).by, 'prefix')
  })
})

describe('the name of a database', () => {
  const named = (env: Readonly<Record<string, string>>, database?: string) =>
    databaseNamed([{ command: ['shop'], ready: { tcp: true }, env, ...(database ? { database } : {}) }])

  it('is ours, where the address is ours', () => {
    assert.equal(named({ URL: '{postgres.url}' }), undefined)
    assert.equal(
      named({ URL: 'jdbc:postgresql://{postgres.host}:{postgres.port}/{postgres.database}' }),
      undefined,
    )
  })

  it('is the literal of an address that is written out, or what is declared', () => {
    assert.equal(named({ URL: 'jdbc:postgresql://{postgres.host}:{postgres.port}/shop?ssl=false' }), 'shop')
    assert.equal(named({ PORT: '{postgres.port}' }, 'my-shop'), 'my-shop')
  })
})
