import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { z } from 'zod'
import type { CommonConfig } from './config.ts'
import { assertNamed, changed, errorOf, type WrongCase } from './fixture/wrong-config.ts'
import { parseConfig } from './parse-config.ts'
import { unknownService } from './references.ts'
import { type InConfig, section } from './section.ts'
import { eventId, text, topic } from './words.ts'

/** What a further kind of subject brings with it. */
interface Broker {
  readonly service: string
  readonly topics: readonly string[]
  readonly eventId?: { readonly header: string } | { readonly cloudEvent: 'id' } | { readonly json: string }
}

const brokers = section<'brokers', Broker>({
  name: 'brokers',
  subject: z.strictObject({
    service: text,
    topics: z.array(topic).min(1),
    eventId: eventId.exactOptional(),
  }),
  references: (at, { service }, config) => unknownService(`${at}.service`, service, config),
})

const valid: CommonConfig & InConfig<typeof brokers> = {
  services: {
    orders: { command: ['node', 'main.js'], env: { PORT: '{port}' }, ready: { log: /started/ } },
    relay: { command: ['./relay'], ready: { tcp: true }, startWithin: '1.5m' },
  },
  brokers: { shop: { service: 'orders', topics: ['orders'] } },
}

const parsed = (config: unknown) => parseConfig(config, 'eventproof.config.ts', [brokers])

describe('a config', () => {
  it('is returned as it was written', () => {
    assert.deepEqual(parsed(valid), valid)
  })

  it('is read by sections, each with its type', () => {
    assert.deepEqual(brokers.of(parsed(valid)).shop?.topics, ['orders'])
    assert.deepEqual(brokers.of({ services: {} }), {})
  })

  it('may have fields that are undefined: they are not there', () => {
    const shop = { ...valid.brokers?.shop, eventId: undefined }
    assert.deepEqual(parsed({ ...valid, brokers: { shop }, attestations: undefined }), valid)
  })

  it('is refused with every wrong field', () => {
    const config = changed(
      changed(valid, 'services.orders.command', undefined),
      'brokers.shop.topics',
      undefined,
    )
    const { what } = errorOf(config, [brokers]).detail
    assert.match(what, /^brokers\.shop\.topics: .*; also wrong: services\.orders\.command$/)
  })

  it('is refused where it is something else', () => {
    for (const value of [undefined, null, 'orders', 7, []])
      assert.match(errorOf(value, [brokers]).detail.what, /^the file: found .* allowed is an object/)
  })
})

const WRONG: readonly WrongCase[] = [
  {
    what: 'a misspelt field',
    path: 'services.orders.comand',
    value: ['node'],
    says: /a field of that name, allowed is command, image, compose, /,
    hint: /'command'/,
  },
  {
    what: 'a misspelt section',
    path: 'broker',
    value: {},
    says: /allowed is brokers, services, isolation, stack, attestations/,
    hint: /'brokers'/,
  },
  {
    what: 'a section of a kind that is not known',
    path: 'publishers',
    value: {},
    says: /allowed is brokers, services, isolation, stack, attestations/,
  },
  {
    what: 'no section at all',
    path: 'brokers',
    value: undefined,
    says: /nothing to be put to the test, allowed is at least one/,
  },
  {
    what: 'another type',
    path: 'services.orders.command',
    value: 'node',
    says: /"node", allowed is an array/,
  },
  { what: 'an empty list', path: 'services.orders.command', value: [], says: /found \[\].*not empty/ },
  {
    what: 'an item of a list',
    path: 'services.orders.command.0',
    value: 7,
    field: 'services.orders.command[0]',
    says: /found 7, allowed is a string/,
  },
  { what: 'a time without unit', path: 'services.orders.startWithin', value: '30', says: /'30s'/ },
  {
    what: 'an unknown alternative',
    path: 'services.orders.ready',
    value: { port: 1 },
    says: /\{ tcp: true \}/,
  },
  {
    what: 'a misspelt alternative',
    path: 'brokers.shop.eventId',
    value: { heder: 'id' },
    says: /\{ header: 'name' \}, /,
    hint: /'header'/,
  },
  {
    what: 'a field inside an alternative',
    path: 'brokers.shop.eventId',
    value: { json: 'id' },
    field: 'brokers.shop.eventId.json',
    says: /found "id", allowed is a path such as '\$\.id'/,
  },
  {
    what: 'an unknown placeholder',
    path: 'services.orders.env',
    value: { A: '{postgres.urll}' },
    field: 'services.orders.env.A',
    says: /\{postgres\.urll\}/,
    hint: /\{postgres\.url\}/,
  },
  {
    what: 'a placeholder of a command in env',
    path: 'services.orders.env',
    value: { A: '{key}' },
    field: 'services.orders.env.A',
    says: /\{key\}/,
  },
  {
    what: 'a service that is not there',
    path: 'brokers.shop.service',
    value: 'order',
    says: /name of a service: orders, relay/,
    hint: /'orders'/,
  },
  {
    what: 'a service that is nothing that can be run',
    path: 'services.orders',
    value: { ready: { tcp: true } },
    field: 'services.orders.command',
    says: /or an `image`/,
  },
  {
    what: 'an image and a compose file',
    path: 'services.orders',
    value: { image: 'acme/orders:1', compose: { file: 'compose.yml', service: 'orders' } },
    field: 'services.orders.compose',
    says: /one of `image` and `compose`/,
  },
  {
    what: 'a part that a run has not',
    path: 'services.orders',
    value: { compose: { file: 'compose.yml', service: 'orders', parts: { cache: 'redis' } } },
    field: 'services.orders.compose.parts.cache',
    says: /'kafka', 'postgres'/,
  },
  {
    what: 'a Dockerfile for nothing',
    path: 'services.orders',
    value: {
      image: 'acme/orders:1',
      build: { context: '.', dockerfile: 'Dockerfile' },
      ready: { tcp: true },
    },
    field: 'services.orders.build',
    says: /image: \{ context, dockerfile \}/,
  },
  {
    what: 'a port of a command',
    path: 'services.orders.port',
    value: 8080,
    field: 'services.orders.image',
    says: /`entrypoint`, `port` or `user`/,
  },
  {
    what: 'a service of which nobody says when it is ready',
    path: 'services.orders',
    value: { command: ['./orders'] },
    field: 'services.orders.ready',
    says: /\{ tcp: true \}/,
  },
  {
    what: 'a name with capitals',
    path: 'services.Orders',
    value: { command: ['a'], ready: { tcp: true } },
    says: /small letters/,
  },
  {
    what: 'a day that is none',
    path: 'attestations',
    value: { D1: { statement: 's', evidence: 'e', by: 'b', until: 'soon' } },
    field: 'attestations.D1.until',
    says: /YYYY-MM-DD/,
  },
]

describe('a wrong field of a config', () => {
  for (const wrong of WRONG) {
    it(`is named: ${wrong.what}`, () => {
      assertNamed(errorOf(changed(valid, wrong.path, wrong.value), [brokers]), wrong)
    })
  }
})
