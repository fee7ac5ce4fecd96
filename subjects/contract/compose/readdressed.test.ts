import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namedIn, type Provided, readdressed } from './readdressed.ts'

const provided: readonly Provided[] = [
  { service: 'kafka', part: 'kafka', hosts: ['kafka', 'kafka-2'] },
  {
    service: 'db',
    part: 'postgres',
    hosts: ['db', 'shop_db_1'],
    login: { user: 'shop', password: 'secret', database: 'orders' },
  },
  { service: 'registry', part: 'schemaRegistry', hosts: ['registry'] },
  { service: 'connect', part: 'connect', hosts: ['connect'] },
  { service: 'collector', part: 'otlp', hosts: ['collector'] },
]

const one = (name: string, text: string) => readdressed({ [name]: text }, provided)[name]

test('addresses of parts become placeholders, whatever stands around them', () => {
  for (const [text, expected] of [
    ['kafka:9092', '{kafka.bootstrapServers}'],
    ['kafka:9092,kafka-2:9092', '{kafka.bootstrapServers}'],
    ['PLAINTEXT://kafka:29092, PLAINTEXT://kafka-2:29092', '{kafka.bootstrapServers}'],
    ['kafka://kafka:9092', 'kafka://{kafka.bootstrapServers}'],
    ['--brokers=kafka:9092 --topic kafka', '--brokers={kafka.bootstrapServers} --topic kafka'],
    ['postgres://shop:secret@db:5432/orders', '{postgres.url}'],
    ['postgres://shop:secret@db/orders?sslmode=disable', '{postgres.url}?sslmode=disable'],
    [
      'postgresql+asyncpg://shop:secret@db:5432/orders',
      'postgresql+asyncpg://{postgres.user}:{postgres.password}@{postgres.host}:{postgres.port}/{postgres.database}',
    ],
    [
      'jdbc:postgresql://db:5432/orders',
      'jdbc:postgresql://{postgres.host}:{postgres.port}/{postgres.database}',
    ],
    [
      'jdbc:postgresql://shop_db_1/orders?user=shop&password=secret&ssl=false',
      'jdbc:postgresql://{postgres.host}:{postgres.port}/{postgres.database}?user={postgres.user}&password={postgres.password}&ssl=false',
    ],
    [
      'host=db port=5432 user=shop password=secret dbname=orders sslmode=disable',
      'host={postgres.host} port={postgres.port} user={postgres.user} password={postgres.password} dbname={postgres.database} sslmode=disable',
    ],
    [
      'Host=db;Port=5432;Database=orders;Username=shop;Password=secret;Pooling=true',
      'Host={postgres.host};Port={postgres.port};Database={postgres.database};Username={postgres.user};Password={postgres.password};Pooling=true',
    ],
    ['db:5432', '{postgres.host}:{postgres.port}'],
    ['http://registry:8081', '{schemaRegistry.url}'],
    ['http://registry:8080/apis/ccompat/v7/subjects', '{schemaRegistry.url}/subjects'],
    ['http://connect:8083/connectors', '{connect.url}/connectors'],
    ['http://collector:4318', '{otlp.endpoint}'],
    ['http://collector:4317', '{otlp.grpc}'],
  ] as const)
    assert.equal(one('X', text), expected, text)
})

test('what only looks like an address stays', () => {
  for (const text of [
    'kafka',
    'kafka.example.com:9092',
    'my-kafka:9092',
    '/var/lib/db',
    'mongodb:27017',
    'db',
    'a@b.db:1',
  ])
    assert.equal(one('PROFILE', text), text)
})

test('a host in a variable of its own takes its port along, and a login what the database says of it', () => {
  const before = {
    PGHOST: 'db',
    PGPORT: '5432',
    PGUSER: 'shop',
    PGPASSWORD: 'secret',
    PGDATABASE: 'orders',
    KAFKA_HOST: 'kafka',
    KAFKA_PORT: '9092',
    KAFKA_BROKERS: 'kafka',
    PORT: '8080',
    SERVICE: 'shop',
    ADMIN_PASSWORD: 'another',
  }
  assert.deepEqual(readdressed(before, provided), {
    PGHOST: '{postgres.host}',
    PGPORT: '{postgres.port}',
    PGUSER: '{postgres.user}',
    PGPASSWORD: '{postgres.password}',
    PGDATABASE: '{postgres.database}',
    KAFKA_HOST: '{kafka.host}',
    KAFKA_PORT: '{kafka.port}',
    KAFKA_BROKERS: '{kafka.bootstrapServers}',
    PORT: '8080',
    SERVICE: 'shop',
    ADMIN_PASSWORD: 'another',
  })
  const spring = {
    SPRING_DATASOURCE_URL: 'jdbc:postgresql://db:5432/orders',
    SPRING_DATASOURCE_USERNAME: 'shop',
    SPRING_DATASOURCE_PASSWORD: 'secret',
  }
  assert.deepEqual(readdressed(spring, provided), {
    SPRING_DATASOURCE_URL: 'jdbc:postgresql://{postgres.host}:{postgres.port}/{postgres.database}',
    SPRING_DATASOURCE_USERNAME: '{postgres.user}',
    SPRING_DATASOURCE_PASSWORD: '{postgres.password}',
  })
})

test('a login counts only where its database is reached', () => {
  const env = { APP_USER: 'shop', APP_PASSWORD: 'secret' }
  assert.deepEqual(readdressed(env, provided), env)
})

test('a host that something would connect to is seen, and a mere word is not', () => {
  for (const [name, text, found] of [
    ['REDIS_URL', 'redis://redis:6379/0', true],
    ['REDIS_URL', 'redis://:pass@redis/0', true],
    ['REDIS_HOST', 'redis', true],
    ['CACHE', 'redis', false],
    ['CACHE', 'my-redis:1', false],
    ['HOSTS', 'a:1,redis:6379', true],
  ] as const)
    assert.equal(namedIn(name, text, ['redis']).length > 0, found, text)
})
