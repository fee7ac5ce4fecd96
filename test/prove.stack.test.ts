import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { LONG, type Prover, prover } from './prover.ts'
import { root } from './source-tree.ts'

let cwd = ''
let proved: Prover
before(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'eventproof-prove-'))
  proved = prover(cwd)
})
after(() => rm(cwd, { recursive: true, force: true }))

describe('a proof and a refutation, side by side', { timeout: LONG }, () => {
  it('do not see each other, and end with 0 and 1', async () => {
    const [good, bad] = await Promise.all([
      proved(['@W5', '--jobs', '1']),
      proved(['@W5', '--twin', 'new-id-per-send', '--jobs', '1']),
    ])
    assert.deepEqual([good.code, good.last.verdict], [0, 'HELD'])
    assert.deepEqual([bad.code, bad.last.verdict], [1, 'VIOLATED'])
    const told = bad.last.controls.find(({ id }: { id: string }) => id === 'P2')
    assert.match(told.reason, /unstable-id/)
    for (const { last } of [good, bad]) assert.ok(existsSync(last.report))
  })
})

describe('a config that does not fit its services', { timeout: LONG }, () => {
  /** The reference's publisher with something wrong: an expression that changes `orders` and `services`. */
  async function provedWith(name: string, change: string, scenario = '@control') {
    const file = join(cwd, `${name}.config.ts`)
    const at = (path: string) => JSON.stringify(join(root, path))
    await writeFile(
      file,
      `import reference from ${at('eventproof.config.ts')}
       const { orders: service, relay } = reference.services
       const here = { cwd: ${JSON.stringify(root)} }
       const services = {
         orders: { ...service, ...here, migrations: [${at('subjects/reference/db/*.sql')}] },
         relay: { ...relay, ...here },
       }
       const orders = { ...reference.publishers.orders, recoverWithin: '4s' }
       ${change}
       export default { services, publishers: { orders } }`,
    )
    const { code, last } = await proved([scenario, '--config', file, '--jobs', '1'])
    assert.equal(code, 3)
    assert.equal(last.type, 'error')
    return last
  }

  it('tells the last words of a service that dies at its start', async () => {
    const last = await provedWith(
      'dies',
      `services.orders.command = ['node', '-e', 'console.error("no such context: PRICE"); process.exit(2)']`,
    )
    assert.equal(last.code, 'EVENTPROOF_SERVICE_DIED')
    assert.match(`${last.what} ${last.last}`, /no such context: PRICE/)
    assert.match(await readFile(last.log, 'utf8'), /no such context: PRICE/)
  })

  it('tells what a service that is never ready was asked', async () => {
    const last = await provedWith(
      'waits',
      `services.orders.command = ['node', '-e', 'setInterval(() => {}, 1000)']
       services.orders.startWithin = '2s'`,
    )
    assert.equal(last.code, 'EVENTPROOF_SERVICE_NOT_READY')
    assert.match(`${last.what} ${last.last}`, /\/health/)
  })

  it('names a migration that is not there', async () => {
    const last = await provedWith('migration', `services.orders.migrations = ['nowhere/*.sql']`)
    assert.equal(last.code, 'EVENTPROOF_MIGRATION_FAILED')
    assert.match(last.what, /nowhere/)
  })

  it('names a table that is not there, and those that are', async () => {
    const last = await provedWith('table', `orders.state = { ...orders.state, table: 'ordres' }`)
    assert.equal(last.code, 'EVENTPROOF_DECLARATION_WRONG')
    assert.match(last.what, /'ordres' does not exist; there are .*orders/)
  })

  it('names the topics that its clients asked for in the place of the declared one', async () => {
    const last = await provedWith('topic', `orders.topic = 'order-event'`)
    assert.equal(last.code, 'EVENTPROOF_TOPIC_WRONG')
    assert.match(last.what, /nothing came on '.*\.order-event'; its clients asked for '.*\.order-events'/)
  })

  it('names them also in a scenario that hurts a link', async () => {
    const last = await provedWith('topic-behind-link', `orders.topic = 'order-event'`, '@W3')
    assert.equal(last.code, 'EVENTPROOF_TOPIC_WRONG')
    assert.match(last.what, /its clients asked for '.*\.order-events'/)
  })

  it('names the header that has the ids of the outbox rows', async () => {
    const last = await provedWith('header', `orders.eventId = { header: 'messageKey' }`)
    assert.equal(last.code, 'EVENTPROOF_DECLARATION_WRONG')
    assert.match(
      last.what,
      /has the id of an event in { header: 'messageKey' }; .* stands in { header: 'eventId' }/,
    )
  })
})

describe('a disk that is full', { timeout: LONG }, () => {
  it('ends the run with what was found, and keeps the lines that were written', async (t) => {
    const out = join(cwd, 'small')
    await mkdir(out)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', out], { stdio: 'ignore' })
    } catch {
      return t.skip('no small file system can be mounted here')
    }
    try {
      const { code, last } = await proved(['@control', '--out', out, '--jobs', '1'])
      assert.equal(code, 3)
      assert.equal(last.code, 'EVENTPROOF_RUN_NOT_WRITTEN')
      assert.match(last.what, /ENOSPC/)
      const [folder = ''] = execFileSync('ls', [out], { encoding: 'utf8' }).trim().split('\n')
      const lines = (await readFile(join(out, folder, 'history.ndjson'), 'utf8')).split('\n')
      assert.equal(lines.pop(), '')
      for (const line of lines) JSON.parse(line)
      assert.ok(lines.length > 0)
    } finally {
      execFileSync('umount', [out])
    }
  })
})
