import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { LONG, type Prover, prover } from './prover.ts'
import { root } from './source-tree.ts'

let cwd = ''
let proved: Prover
before(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'eventproof-wrong-'))
  proved = prover(cwd)
})
after(() => rm(cwd, { recursive: true, force: true }))

/** Proves the reference's consumers with something wrong: an expression that changes them or their services. */
async function provedWith(name: string, scenario: string, change: string) {
  const file = join(cwd, `${name}.config.ts`)
  await writeFile(
    file,
    `import reference from ${JSON.stringify(join(root, 'eventproof.config.ts'))}
     const from = (file) => ${JSON.stringify(join(root, '/'))} + file
     const services = Object.fromEntries(
       Object.entries(reference.services).map(([name, service]) => [
         name,
         { ...service, cwd: ${JSON.stringify(root)}, migrations: service.migrations?.map(from) ?? [] },
       ]),
     )
     const { fulfillment, payment } = structuredClone(reference.consumers)
     fulfillment.recoverWithin = payment.recoverWithin = '10s'
     let consumers = { fulfillment }
     ${change}
     export default { services, consumers }`,
  )
  const { code, last } = await proved([scenario, '--config', file, '--jobs', '1'])
  return { code, last, reason: JSON.stringify(last.controls ?? '') }
}

describe('a consumer that is not what the config declares', { timeout: LONG }, () => {
  it('names the group that its clients take part in', async () => {
    const { code, last } = await provedWith('group', '@control', `fulfillment.group = 'order-fulfilment'`)
    assert.deepEqual([code, last.code], [3, 'EVENTPROOF_GROUP_WRONG'])
    assert.match(last.what, /nobody came to group '.*\.order-fulfilment'; .* '.*\.order-fulfillment-group'/)
  })

  it('names a table that is not there', async () => {
    const { code, last } = await provedWith('table', '@control', `fulfillment.effects.table = 'shipmnts'`)
    assert.deepEqual([code, last.code], [3, 'EVENTPROOF_DECLARATION_WRONG'])
    assert.match(last.what, /'shipmnts' does not exist; there are .*shipments/)
  })

  it('names the column that has the ids of events', async () => {
    const { code, last } = await provedWith('column', '@control', `fulfillment.effects.eventId = 'order_id'`)
    assert.deepEqual([code, last.code], [3, 'EVENTPROOF_DECLARATION_WRONG'])
    assert.match(last.what, /the id of an event stands in 'event_id'/)
  })

  it('names the dead-letter topic that is used and not declared', async () => {
    const { code, last } = await provedWith(
      'dead-letter-topic',
      '@W19',
      `consumers = { payment }; payment.retry.deadLetter = 'payment-events-dltt'`,
    )
    assert.deepEqual([code, last.code], [3, 'EVENTPROOF_TOPIC_WRONG'])
    assert.match(last.hint, /payment-events-dltt' is most likely '.*payment-events-dlt'/)
  })

  it('names a retry topic that is used and not declared', async () => {
    const { code, last } = await provedWith(
      'retry-topic',
      '@control',
      `consumers = { payment }; payment.retry.topics[0] = 'payment-events-retry-first'
       services.payment.startWithin = '6s'`,
    )
    assert.deepEqual([code, last.code], [3, 'EVENTPROOF_TOPIC_WRONG'])
    assert.match(
      last.what,
      /nobody asked for '.*-retry-first'; its clients asked for .*payment-events-retry-0'/,
    )
  })

  it('finds that retries do not keep to the policy', async () => {
    const { code, last, reason } = await provedWith(
      'policy',
      '@W19',
      `consumers = { payment }; payment.retry.delays = ['3s', '6s', '12s']; payment.recoverWithin = '40s'`,
    )
    assert.deepEqual([code, last.verdict], [1, 'VIOLATED'])
    assert.match(reason, /early-retry/)
  })

  it('finds that its group never commits', async () => {
    const { code, last, reason } = await provedWith(
      'commits',
      '@control',
      `services.fulfillment.command = services.fulfillment.command.map((word) =>
         word.endsWith('main.ts') ? 'test/stack/never-commits.ts' : word)`,
    )
    assert.deepEqual([code, last.verdict], [1, 'STALLED'])
    assert.match(reason, /stalled-consumer/)
  })
})
