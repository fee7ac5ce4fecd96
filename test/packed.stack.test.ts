import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import manifest from '../package.json' with { type: 'json' }
import { driverNamed } from '../stacks/open-stack.ts'
import { pack, withoutNpm } from './installed-package.ts'
import { LONG } from './prover.ts'
import { root } from './source-tree.ts'

const IMAGE = `eventproof-test/orders:${process.pid}`
const PACKAGES = ['testcontainers', '@testcontainers/kafka', '@testcontainers/postgresql'] as const

/** A config of ten lines, for services that are one image. */
const CONFIG = `const env = { DATABASE_URL: '{postgres.url}', KAFKA_BOOTSTRAP_SERVERS: '{kafka.bootstrapServers}', TOPIC_PREFIX: '{topicPrefix}', PORT: '{port}' }
const from = (name) => ({ image: '${IMAGE}', command: ['node', \`subjects/reference/\${name}/main.ts\`], env, ready: { http: '/health' } })
export default {
  services: { orders: { ...from('orders'), migrations: ['db/00*.sql'] }, relay: from('relay') },
  publishers: { orders: { service: 'orders', relay: 'relay', topic: 'order-events', eventId: { header: 'eventId' },
    command: { http: { method: 'PUT', path: '/orders/{key}', json: { customerId: '{key}', totalAmount: '{amount}' } } },
    state: { table: 'orders', id: 'id', amount: 'total_amount' },
    outbox: { table: 'outbox_events', id: 'id', aggregateId: 'aggregate_id', payload: 'payload', published: 'published' },
  } },
}
`

const images = await driverNamed('containers')
  .then((driver) => driver.images?.({}))
  .catch(() => undefined)
const engine = images === undefined ? 'no container engine answers' : false

describe('the package, by npx in an empty folder', { timeout: LONG, skip: engine }, () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'eventproof-packed-'))
    const node = (await images?.build())?.find((name) => name.startsWith('eventproof/node:'))
    const dockerfile = join(root, 'subjects', 'reference', 'Dockerfile')
    const words = ['--build-arg', `EVENTPROOF_NODE=${node}`, '--file', dockerfile, '--tag', IMAGE, root]
    execFileSync('docker', ['build', '--quiet', ...words])
  })
  after(async () => {
    spawnSync('docker', ['image', 'rm', IMAGE])
    await rm(folder, { recursive: true, force: true })
  })

  it('proves an image, by a config of ten lines', async () => {
    await writeFile(join(folder, 'eventproof.config.mjs'), CONFIG)
    await cp(join(root, 'subjects', 'reference', 'db'), join(folder, 'db'), { recursive: true })
    const versions: Readonly<Record<string, string>> = manifest.devDependencies
    const packages = [pack(folder), ...PACKAGES.map((name) => `${name}@${versions[name]}`)]
    const words = ['-y', ...packages.flatMap((name) => ['-p', name]), 'eventproof', 'prove', 'W5']
    const { status, stdout, stderr } = spawnSync(
      'npx',
      [...words, '--stack', 'containers', '--jobs', '1', '--json'],
      {
        cwd: folder,
        encoding: 'utf8',
        env: { ...withoutNpm(), npm_config_cache: join(folder, 'npm') },
        maxBuffer: 1 << 26,
      },
    )
    const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
    assert.deepEqual([status, last.verdict], [0, 'HELD'], stderr)
    const record = JSON.parse(await readFile(join(last.directory, 'run.json'), 'utf8'))
    assert.match(record.versions['image kafka'], /kafka/)
  })
})
