/**
 * One measurement by a client in a process of its own: `load.ts <produce|consume|latency> <bootstrap> <topic>`.
 * Prints one line of JSON: megabytes a second, or milliseconds.
 */
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import { ignoreOverdueTimers } from '../../core/warnings.ts'
import { encode } from '../../proof/wire/codec/encode.ts'
import { FrameWriter } from '../../proof/wire/frame.ts'
import { Frames } from '../../proof/wire/frames.ts'
import { apiNamed, type Layout } from '../../proof/wire/schemas/message.ts'

const [kind, bootstrap = '', topic = ''] = process.argv.slice(2)
const SECONDS = 4
const VALUE = Buffer.alloc(1000, 'x')

ignoreOverdueTimers()
const kafka = new Kafka({ brokers: [bootstrap], logLevel: logLevel.ERROR })
const measured =
  kind === 'produce' ? await produce() : kind === 'consume' ? await consume() : await latency(10)
console.log(JSON.stringify(measured))
process.exit(0)

/** Four requests of 500 records of 1 kB in flight, acks=all. */
async function produce() {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  const messages = Array.from({ length: 500 }, () => ({ value: VALUE, partition: 0 }))
  const send = () => producer.send({ topic, messages, acks: -1 })
  for (let i = 0; i < 20; i++) await send()
  const begun = performance.now()
  let bytes = 0
  const line = async () => {
    while (performance.now() - begun < SECONDS * 1000) {
      await send()
      bytes += messages.length * VALUE.length
    }
  }
  await Promise.all(Array.from({ length: 4 }, line))
  return rate(bytes, performance.now() - begun)
}

/** From the topic's beginning, batch after batch, for as many bytes as are surely there. */
async function consume() {
  const consumer = kafka.consumer({ groupId: `bench-${process.pid}`, maxBytesPerPartition: 1_048_576 })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  let bytes = 0
  let begun = 0
  return await new Promise((resolve) => {
    void consumer.run({
      eachBatch: async ({ batch }) => {
        begun ||= performance.now()
        for (const { value } of batch.messages) bytes += value?.length ?? 0
        const last = Number(batch.highWatermark) - Number(batch.lastOffset()) <= 1
        const elapsed = performance.now() - begun
        if (last || elapsed > SECONDS * 1000) resolve(rate(bytes, elapsed))
      },
    })
  })
}

function rate(bytes: number, milliseconds: number) {
  return { megabytesPerSecond: bytes / 1000 / milliseconds, megabytes: bytes / 1e6 }
}

/** Requests of 10 kB at a steady rate on one connection: from sent to answered. */
async function latency(megabytesPerSecond: number) {
  const frame = await produceFrame(10_000)
  const [host, port] = bootstrap.split(':')
  const socket = connect({ host, port: Number(port), noDelay: true })
  const frames = new Frames()
  const sent: number[] = []
  const times: number[] = []
  socket.on('data', (chunk) => {
    for (const _ of frames.push(chunk)) times.push(performance.now() - (sent[times.length] as number))
  })
  const begun = performance.now()
  await new Promise<void>((resolve) => {
    const turn = setInterval(() => {
      const elapsed = performance.now() - begun
      for (const due = elapsed * megabytesPerSecond * 0.1; sent.length < due; ) {
        sent.push(performance.now())
        socket.write(frame)
      }
      if (elapsed > SECONDS * 1000) {
        clearInterval(turn)
        resolve()
      }
    }, 1)
  })
  const sorted = times.slice(200).sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
  return { p50: at(0.5), p99: at(0.99) }
}

async function produceFrame(size: number): Promise<Buffer> {
  const load = createRequire(import.meta.url)
  const record = load('kafkajs/src/protocol/recordBatch/record/v0')({ value: Buffer.alloc(size, 'x') })
  const { RecordBatch } = load('kafkajs/src/protocol/recordBatch/v0')
  const records: Buffer = (await RecordBatch({ records: [record] })).buffer
  const header = new FrameWriter().int16(0).int16(9).int32(1).string('bench').unsignedVarint(0)
  const body = { acks: 1, topicData: [{ name: topic, partitionData: [{ index: 0, records }] }] }
  return encode(apiNamed('produce').request(9) as Layout, body, header).framed()
}
