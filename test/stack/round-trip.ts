import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Consumer, Producer } from '@platformatic/kafka'
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import type { Cache } from '../../core/cache.ts'
import { classPath, kafkaJars } from '../../stacks/artifacts/java-parts.ts'
import { javaProgram, javaRuntime } from '../../stacks/artifacts/java-runtime.ts'

/** Writes `count` records through a client and reads them back through it. @returns the digest of what was read */
export type RoundTrip = (bootstrapServers: string, topic: string, count: number) => Promise<string>

const run = promisify(execFile)
const keyOf = (i: number) => String(i)
const textOf = (i: number) => `${i}:${'x'.repeat(i % 300)}`

/** What a round trip that changes nothing gives. */
export function expectedDigest(count: number): string {
  const hash = createHash('sha256')
  for (let i = 0; i < count; i++) hash.update(keyOf(i)).update(textOf(i))
  return hash.digest('hex')
}

/** The records in batches of 1000 at most, for partition 0. */
function* batches(topic: string, count: number) {
  for (let from = 0; from < count; from += 1000) {
    yield Array.from({ length: Math.min(1000, count - from) }, (_, i) => ({
      topic,
      partition: 0,
      key: Buffer.from(keyOf(from + i)),
      value: Buffer.from(textOf(from + i)),
    }))
  }
}

/** kafkajs, classic protocol; sends wait 1 s for their answer. */
export const throughKafkajs: RoundTrip = async (bootstrapServers, topic, count) => {
  const settings = { brokers: [bootstrapServers], clientId: 'kafkajs', logLevel: logLevel.NOTHING }
  const kafka = new Kafka({ ...settings, requestTimeout: 1000, enforceRequestTimeout: true })
  const producer = kafka.producer({ idempotent: true, createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  for (const messages of batches(topic, count)) await producer.send({ topic, messages })
  await producer.disconnect()
  const hash = createHash('sha256')
  const patient = new Kafka({ ...settings, clientId: 'kafkajs-consumer' })
  const consumer = patient.consumer({ groupId: topic, sessionTimeout: 20_000, maxWaitTimeInMs: 200 })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  let read = 0
  await new Promise<void>((resolve) => {
    void consumer.run({
      eachBatch: async ({ batch }) => {
        for (const { key, value } of batch.messages) hash.update(key as Buffer).update(value as Buffer)
        read += batch.messages.length
        if (read >= count) resolve()
      },
    })
  })
  await consumer.disconnect()
  return hash.digest('hex')
}

/** Platformatic's client, groups of KIP-848. Not idempotent: see native-stack's note on its overlapping sends. */
export const throughPlatformatic: RoundTrip = async (bootstrapServers, topic, count) => {
  const common = { bootstrapBrokers: [bootstrapServers], retries: 3 }
  const producer = new Producer({ ...common, clientId: 'platformatic' })
  for (const messages of batches(topic, count)) await producer.send({ messages, acks: -1 })
  await producer.close()
  const consumer = new Consumer({
    ...common,
    clientId: 'platformatic-consumer',
    groupId: topic,
    groupProtocol: 'consumer',
    groupRemoteAssignor: 'uniform',
    autocommit: false,
    maxWaitTime: 200,
  })
  const hash = createHash('sha256')
  const stream = await consumer.consume({ topics: [topic], mode: 'earliest' })
  let read = 0
  for await (const message of stream) {
    hash.update(message.key).update(message.value)
    if (++read < count) continue
    await message.commit()
    break
  }
  await consumer.close(true)
  return hash.digest('hex')
}

/** Java's own client with CooperativeSticky. @returns undefined where there is no compiler */
export async function javaRoundTrip(cache: Cache): Promise<(RoundTrip & AsyncDisposable) | undefined> {
  const into = await mkdtemp(join(tmpdir(), 'eventproof-round-trip-'))
  const jars = await classPath(await cache.obtain(kafkaJars(cache)))
  const java = javaProgram(await cache.obtain(javaRuntime))
  const source = fileURLToPath(new URL('./RoundTrip.java', import.meta.url))
  try {
    await run('javac', ['--release', '17', '-cp', jars, '-d', into, source])
  } catch (error) {
    await rm(into, { recursive: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const through: RoundTrip = async (bootstrapServers, topic, count) => {
    const program = ['-cp', [into, jars].join(delimiter), 'RoundTrip', bootstrapServers, topic, String(count)]
    const { stdout } = await run(java, ['-XX:+UseSerialGC', '-Xmx256m', ...program], { timeout: 240_000 })
    return stdout.trim().split('\n').at(-1) ?? ''
  }
  return Object.assign(through, { [Symbol.asyncDispose]: () => rm(into, { recursive: true }) })
}
