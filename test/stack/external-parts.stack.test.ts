import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { Kafka, logLevel } from 'kafkajs'
import { until } from '../../core/until.ts'
import { kind as consuming } from '../../scenarios/consuming/kind.ts'
import { kind as publishing } from '../../scenarios/publishing/kind.ts'
import { collectExternal } from '../../stacks/external/collect.ts'
import { Journal } from '../../stacks/external/journal.ts'
import { openStack } from '../../stacks/open-stack.ts'
import type { Database, ExternalParts, Stack } from '../../stacks/stack.ts'
import { at, createTopic, endOffset, send, sql, theValue, topics } from './driver-probes.ts'
import { contextOn } from './experiments.ts'

const PREFIX = 'evp0f0f0f0f'
const logs = await mkdtemp(join(tmpdir(), 'eventproof-external-'))
after(() => rm(logs, { recursive: true, force: true }))

/** What must be the same before and after: names, and what is in them. */
async function everythingOn(stack: Stack, database: Database, topic: string) {
  const admin = new Kafka({
    brokers: [stack.kafka.bootstrapServers('host')],
    logLevel: logLevel.NOTHING,
  }).admin()
  await admin.connect()
  try {
    const { groups } = await admin.listGroups()
    const names = (query: string) => theValue(database.url('host'), query)
    return {
      topics: (await admin.listTopics()).sort(),
      groups: groups.map(({ groupId }) => groupId).sort(),
      end: await endOffset(stack, topic),
      rows: await names('SELECT count(*)::int AS value FROM theirs'),
      databases: await names(`SELECT string_agg(datname, ',' ORDER BY datname) AS value FROM pg_database`),
      slots: await names(`SELECT count(*)::int AS value FROM pg_replication_slots`),
      roles: await names(`SELECT string_agg(rolname, ',' ORDER BY rolname) AS value FROM pg_roles`),
    }
  } finally {
    await admin.disconnect()
  }
}

/** A session that was written down, and whose process is gone. */
async function diedAfterBeginning(folder: string, parts: ExternalParts): Promise<void> {
  const script = `
    import { Journal } from '${new URL('../../stacks/external/journal.ts', import.meta.url).href}'
    await new Journal(${JSON.stringify(folder)}).begin(${JSON.stringify(parts)})
    process.kill(process.pid, 'SIGKILL')`
  const session = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
    stdio: 'inherit',
  })
  const [, signal] = await once(session, 'exit')
  assert.equal(signal, 'SIGKILL')
}

describe('parts that somebody else runs', () => {
  let theirs: Stack
  let database: Database
  const kafka = () => ({ bootstrapServers: theirs.kafka.bootstrapServers('host') })
  const postgres = () => ({ url: database.url('host') })
  const open = (change = {}) =>
    openStack('processes', {
      logs,
      external: { kafka: kafka(), postgres: postgres(), prefix: PREFIX, ...change },
    })
  before(async () => {
    theirs = await openStack('processes', { logs })
    await theirs.need(['postgres', 'kafka'])
    database = await theirs.database('theirs')
    await sql(database, 'CREATE TABLE theirs (id int)')
    await sql(database, 'INSERT INTO theirs VALUES (1)')
  })
  after(() => theirs[Symbol.asyncDispose]())

  test('are proved on, and are afterwards as they were', async () => {
    const topic = await createTopic(theirs, 'theirs')
    await send(theirs.kafka.bootstrapServers('host'), topic, 'theirs')
    // The offsets topic is made by the first group, whoever has it.
    const seen = await everythingOn(theirs, database, topic)
    {
      await using stack = await open()
      await stack.need(['postgres', 'kafka', 'toxiproxy'])
      const options = (id: string, subject: string) => {
        return { id, title: id, controls: [], subject, name: `${PREFIX}${id}` }
      }
      const used = until(async () => (await topics(theirs)).some((name) => name.startsWith(PREFIX)), {
        what: 'a topic on their broker',
        deadline: 60_000,
      })
      for (const experiment of [
        consuming.begin(contextOn(stack), options('s1', 'payment')),
        publishing.begin(contextOn(stack), options('s2', 'orders')),
      ]) {
        const { verdict, reason } = await experiment.run()
        assert.equal(verdict, 'HELD', reason)
      }
      await used
    }
    assert.deepEqual(await everythingOn(theirs, database, topic), seen)
  })

  test('what must not be done to them is lacking, with the reason', async () => {
    await using stack = await open()
    for (const capability of ['kill-postgres', 'kill-kafka', 'debezium'] as const) {
      assert.equal(stack.capabilities.has(capability), false, capability)
      assert.match(stack.lacking.get(capability) ?? '', /127\.0\.0\.1:\d+/)
    }
    assert.ok(stack.capabilities.has('links') && stack.capabilities.has('logical-replication'))
    await assert.rejects(stack.kafka.kill(), /run by somebody else/)
    assert.match(stack.versions.kafka ?? '', /by address/)
  })

  test('a link to their broker holds the clients that use it, and no others', async () => {
    await using stack = await open()
    await using link = await stack.link('to-theirs', 'kafka', 'host')
    const topic = await createTopic(stack, `${PREFIX}linked`)
    await send(at(link), topic, 'one')
    assert.ok((await link.traffic()).requests > 0)
    await link.cut()
    await assert.rejects(send(at(link), topic, 'never'))
    await send(stack.kafka.bootstrapServers('host'), topic, 'two')
    await link.heal()
    await send(at(link), topic, 'three')
    assert.equal(await endOffset(stack, topic), 3)
  })

  test('what a killed session left there is collected, and nothing else', async () => {
    const folder = await mkdtemp(join(logs, 'journal-'))
    const [dead, alive] = ['evp0000dead', 'evp0000a11e']
    const topic = await createTopic(theirs, 'theirs-too')
    await createTopic(theirs, `${alive}.orders`)
    await sql(database, `CREATE DATABASE ${alive}s1`)
    const journal = new Journal(folder)
    await journal.begin({ kafka: kafka(), postgres: postgres(), prefix: alive })
    const seen = await everythingOn(theirs, database, topic)

    await diedAfterBeginning(folder, { kafka: kafka(), postgres: postgres(), prefix: dead })
    await createTopic(theirs, `${dead}.orders`)
    await createTopic(theirs, `${dead}.orders-dlt`)
    await sql(database, `CREATE DATABASE ${dead}s1`)
    const own = new URL(database.url('host'))
    own.pathname = `/${dead}s1`
    const slot = `SELECT pg_create_logical_replication_slot('${dead}_slot', 'pgoutput')::text AS value`
    await theValue(own.href, slot)
    assert.notDeepEqual(await everythingOn(theirs, database, topic), seen)

    const said = await collectExternal({}, journal)
    assert.match(said.join('\n'), /2 topics .*\n.*evp0000dead: left on Postgres .* gc --config/)
    const lines = await collectExternal({ postgres: postgres() }, journal)
    assert.match(lines.join(), /0 topics .*1 databases/)
    assert.deepEqual(await everythingOn(theirs, database, topic), seen)
    assert.deepEqual(await collectExternal({ postgres: postgres() }, journal), [], 'it is crossed out')
  })

  test('one that is lost in the middle is told, by its name', async () => {
    await using stack = await open({ postgres: undefined })
    await theirs.kafka.kill()
    try {
      if (!stack.lost.aborted) await once(stack.lost, 'abort', { signal: AbortSignal.timeout(45_000) })
      assert.equal(stack.lost.reason.code, 'EVENTPROOF_COMPONENT_LOST')
      assert.match(stack.lost.reason.message, /kafka at 127\.0\.0\.1:\d+ was gone/)
    } finally {
      await theirs.kafka.restart()
    }
  })

  test('one that does not answer, or may not be used, is told with what to do', async () => {
    const closed = { kafka: { bootstrapServers: '127.0.0.1:1' } }
    await assert.rejects(open(closed), { code: 'EVENTPROOF_EXTERNAL_UNFIT', message: /Kafka of the config/ })
    await sql(database, `CREATE ROLE guest LOGIN PASSWORD 'guest'`)
    const as = new URL(postgres().url)
    as.username = 'guest'
    as.password = 'guest'
    await assert.rejects(open({ postgres: { url: as.href } }), (error: { detail: { hint: string } }) => {
      assert.equal(error.detail.hint, 'ALTER ROLE "guest" CREATEDB REPLICATION')
      return true
    })
    await sql(database, 'ALTER ROLE guest CREATEDB')
    {
      await using stack = await open({ postgres: { url: as.href } })
      assert.match(stack.lacking.get('logical-replication') ?? '', /ALTER ROLE "guest" REPLICATION/)
      assert.match(stack.lacking.get('create-trigger') ?? '', /no superuser/)
    }
    await sql(database, 'DROP ROLE guest')
  })
})
