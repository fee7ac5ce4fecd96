import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { EventproofError } from '../../../core/error.ts'
import type { ServiceConfig } from '../config.ts'
import { type FromCompose, fromCompose } from './from-compose.ts'

const PARTS = `
  db: { image: 'postgres:17', environment: { POSTGRES_USER: shop, POSTGRES_PASSWORD: secret, POSTGRES_DB: orders } }
  kafka: { image: 'apache/kafka:4.1.0', depends_on: [zoo] }
  zoo: { image: 'confluentinc/cp-zookeeper:7.0.0' }
`

describe('a service of a compose file', () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'eventproof-compose-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  type Written = Omit<ServiceConfig, 'compose'> & { readonly compose?: Partial<ServiceConfig['compose']> }

  async function read(
    services: string,
    own: Written = {},
    env: NodeJS.ProcessEnv = {},
  ): Promise<FromCompose> {
    const path = join(folder, 'docker-compose.yml')
    await writeFile(path, `services:${PARTS}${services}`)
    const compose = { file: 'docker-compose.yml', service: 'orders', ...own.compose }
    return fromCompose({ services: { shop: { ...own, compose } } }, folder, env)
  }
  const shopOf = async (...args: Parameters<typeof read>) => (await read(...args)).config.services.shop
  const refused = async (
    services: string,
    own: Written,
    words: { message: RegExp; what?: RegExp; hint?: RegExp },
  ) => {
    const error: EventproofError = await read(services, own).then(
      () => assert.fail('it was taken'),
      (thrown) => thrown,
    )
    assert.equal(error.code, 'EVENTPROOF_COMPOSE_UNFIT', String(error.stack))
    assert.match(error.message, words.message)
    assert.match(error.detail.what, words.what ?? /./)
    assert.match(error.detail.hint ?? '', words.hint ?? /./)
  }

  it('gives its image, command, environment, health check, user and folder, with our addresses', async () => {
    const { config, told } = await read(
      `
  orders:
    image: acme/orders:\${TAG:-1.4}
    entrypoint: ['/entry']
    command: java -jar "the orders.jar" --brokers kafka:9092
    working_dir: /srv
    user: 1000:1000
    environment:
      - DATABASE_URL=jdbc:postgresql://db:5432/orders
      - DATABASE_USER=shop
      - KAFKA=kafka:9092
      - FROM_OUTSIDE
      - NOT_SET
    ports: ['18080:8080']
    volumes: ['./data:/data']
    healthcheck: { test: ['CMD', 'curl', '-f', 'http://localhost:8080/health'], start_period: 90s }
    depends_on: { db: { condition: service_healthy }, kafka: { condition: service_started } }
`,
      {},
      { FROM_OUTSIDE: 'yes' },
    )
    assert.deepEqual(config.services.shop, {
      image: 'acme/orders:1.4',
      entrypoint: ['/entry'],
      command: ['java', '-jar', 'the orders.jar', '--brokers', '{kafka.bootstrapServers}'],
      cwd: '/srv',
      user: '1000:1000',
      env: {
        DATABASE_URL: 'jdbc:postgresql://{postgres.host}:{postgres.port}/{postgres.database}',
        DATABASE_USER: '{postgres.user}',
        KAFKA: '{kafka.bootstrapServers}',
        FROM_OUTSIDE: 'yes',
      },
      ready: { http: '/health' },
      port: 8080,
      startWithin: '90s',
    })
    assert.equal(told.length, 1)
    assert.match(told[0] ?? '', /services\.shop is orders of docker-compose\.yml: DATABASE_URL → jdbc/)
    assert.match(told[0] ?? '', /not taken over: volumes/)
  })

  it('may be built, with its paths from the compose file on', async () => {
    await mkdir(join(folder, 'deploy'), { recursive: true })
    await writeFile(
      join(folder, 'deploy', 'compose.yml'),
      'services: { orders: { build: { context: .., dockerfile: a.Dockerfile, target: run, args: [A=1, B] }, expose: [80] } }',
    )
    const compose = { file: 'deploy/compose.yml', service: 'orders' }
    const { config } = await fromCompose({ services: { shop: { compose } } }, folder, { B: '2' })
    assert.deepEqual(config.services.shop, {
      image: {
        context: folder,
        dockerfile: join(folder, 'a.Dockerfile'),
        target: 'run',
        args: { A: '1', B: '2' },
      },
      env: {},
      ready: { tcp: true },
      port: 80,
    })
  })

  it('reads files of variables, which its own environment comes before', async () => {
    await writeFile(join(folder, 'own.env'), `A=from-file\nB='$literal'\nC=\${A}-more\n`)
    await writeFile(join(folder, '.env'), 'TAG=2\n')
    const shop = await shopOf(`
  orders: { image: 'orders:\${TAG}', env_file: [own.env, { path: none.env, required: false }], environment: { A: own }, expose: [80] }
`)
    await rm(join(folder, '.env'))
    assert.equal(shop?.image, 'orders:2')
    assert.deepEqual(shop?.env, { A: 'own', B: '$literal', C: 'from-file-more' })
  })

  it('takes over anchors and merged mappings', async () => {
    const shop = await shopOf(`
  orders: { image: orders, environment: { <<: &shared { A: 1, B: true }, B: no }, expose: ['80/tcp'] }
`)
    assert.deepEqual(shop?.env, { A: '1', B: 'no' })
  })

  it('is changed by what the config says', async () => {
    const shop = await shopOf(
      `
  orders: { image: orders, command: run, environment: { A: a, REDIS_URL: 'redis://redis:6379' }, ports: ['80', '81:9090'] }
  redis: { image: 'redis:7' }
`,
      {
        command: ['other'],
        env: { REDIS_URL: 'redis://elsewhere:1', PREFIX: '{topicPrefix}' },
        port: 9090,
        ready: { log: 'up' },
      },
    )
    assert.deepEqual(shop, {
      image: 'orders',
      command: ['other'],
      env: { A: 'a', REDIS_URL: 'redis://elsewhere:1', PREFIX: '{topicPrefix}' },
      port: 9090,
      ready: { log: 'up' },
    })
  })

  it('has its health check run in its container where it asks no address', async () => {
    const shop = await shopOf(`
  orders: { image: orders, healthcheck: { test: 'test -e /tmp/ready' } }
`)
    assert.deepEqual(shop?.ready, { check: ['/bin/sh', '-c', 'test -e /tmp/ready'] })
  })

  it('that needs what nobody runs here is refused, with what to try', async () => {
    const redis = "redis: { image: 'redis:7' }"
    await refused(
      `
  orders: { image: orders, environment: { REDIS_URL: 'redis://redis:6379' }, expose: [80] }
  ${redis}
`,
      {},
      {
        message: /orders needs redis, which is not run here/,
        what: /REDIS_URL/,
        hint: /env: \{ REDIS_URL.*without: \['redis'\]/,
      },
    )
    await refused(
      `
  orders: { image: orders, depends_on: [redis], expose: [80] }
  ${redis}
`,
      {},
      { message: /orders depends on redis, which is not run here/, hint: /without: \['redis'\]/ },
    )
    const without = await shopOf(
      `
  orders: { image: orders, depends_on: [redis], expose: [80] }
  ${redis}
`,
      { compose: { without: ['redis'] } },
    )
    assert.equal(without?.image, 'orders')
  })

  it('is told which part a service of an image of its own is', async () => {
    const services = `
  orders: { image: orders, environment: { DB_HOST: store }, depends_on: [store], expose: [80] }
  store: { image: 'registry.acme/store:3' }
`
    await refused(services, {}, { message: /needs store/, hint: /compose\.parts: \{ 'store': 'postgres' \}/ })
    const shop = await shopOf(services, { compose: { parts: { store: 'postgres' } } })
    assert.deepEqual(shop?.env, { DB_HOST: '{postgres.host}' })
  })

  it('may depend on another that the config declares, but not reach it', async () => {
    const path = join(folder, 'docker-compose.yml')
    await writeFile(
      path,
      `services:${PARTS}
  orders: { image: orders, expose: [80] }
  relay: { image: relay, depends_on: [orders], expose: [80] }
`,
    )
    const file = 'docker-compose.yml'
    const services = {
      orders: { compose: { file, service: 'orders' } },
      relay: { compose: { file, service: 'relay' } },
    }
    const { config } = await fromCompose({ services }, folder, {})
    assert.equal(config.services.relay?.image, 'relay')
  })

  it('that is not described well enough is refused by name', async () => {
    const cases = [
      ['orders: { image: orders }', { message: /nothing tells when orders is ready/, hint: /add `ready`/ }],
      ['orders: { expose: [80] }', { message: /nothing says what is run/, hint: /^$|./ }],
      [
        "orders: { image: a, ports: ['1', '2'] }",
        { message: /which port orders answers at/, hint: /port: 1/ },
      ],
      [
        'orders: { image: a, expose: [80], extends: { file: x.yml, service: y } }',
        { message: /extends/, hint: /docker compose config/ },
      ],
      [
        "orders: { build: { context: 'https://git.example/x.git' }, expose: [80] }",
        { message: /can not be built here/ },
      ],
      [
        "orders: { image: a, expose: [80], environment: { FORMAT: '{level}' } }",
        { message: /reads as a placeholder/, what: /\{level\}/ },
      ],
      [
        'orders: { image: a, expose: [80], env_file: gone.env }',
        { message: /a file of variables is not there/ },
      ],
      [
        'orders: { image: 7 }',
        { message: /services\.orders of the compose file is not understood/, what: /image/ },
      ],
      ['order: { image: a }', { message: /no service 'orders'/, hint: /did you mean 'order'/ }],
    ] as const
    for (const [service, words] of cases) {
      const hint = 'hint' in words ? { hint: words.hint } : {}
      if (service === 'orders: { expose: [80] }')
        await assert.rejects(read(`\n  ${service}\n`), { message: words.message })
      else await refused(`\n  ${service}\n`, {}, { ...words, ...hint })
    }
    await assert.rejects(read('\n  orders: [\n'), { message: 'the compose file is no YAML' })
    await assert.rejects(read('', { compose: { file: 'none.yml' } }), { message: 'there is no compose file' })
  })
})
