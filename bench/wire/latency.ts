import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { encode } from '../../kafka-wire/codec/encode.ts'
import { FrameWriter } from '../../kafka-wire/frame.ts'
import { Frames } from '../../kafka-wire/frames.ts'
import { apiNamed, type Layout } from '../../kafka-wire/schemas/message.ts'

const REQUEST = 10_000

/**
 * Produce requests of 10 kB at a steady rate over each of the ways at once, a request each in turn: milliseconds from
 * sent to answered.
 * @param rate megabytes a second on each way
 */
export async function measureLatency(
  ways: readonly string[],
  topic: string,
  rate: number,
  milliseconds: number,
): Promise<{ p50: number; p99: number; megabytes: number }[]> {
  const frame = await produceFrame(topic)
  const lines = ways.map((way) => {
    const [host, port] = way.split(':')
    const socket = connect({ host, port: Number(port), noDelay: true })
    const frames = new Frames()
    const sent: number[] = []
    const times: number[] = []
    socket.on('data', (chunk) => {
      for (const _ of frames.push(chunk)) times.push(performance.now() - (sent[times.length] as number))
    })
    return { socket, sent, times }
  })
  const begun = performance.now()
  await new Promise<void>((resolve) => {
    const turn = setInterval(() => {
      const elapsed = performance.now() - begun
      const due = (elapsed * rate * 1000) / REQUEST
      for (let i = lines[0]?.sent.length ?? 0; i < due; i++) {
        for (const { sent, socket } of i % 2 === 0 ? lines : lines.toReversed()) {
          sent.push(performance.now())
          socket.write(frame)
        }
      }
      if (elapsed < milliseconds) return
      clearInterval(turn)
      resolve()
    }, 1)
  })
  return lines.map(({ times }) => {
    // The first second warms up.
    const sorted = times.slice((rate * 1e6) / REQUEST).sort((a, b) => a - b)
    const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
    return { p50: at(0.5), p99: at(0.99), megabytes: (times.length * REQUEST) / 1e6 }
  })
}

async function produceFrame(topic: string): Promise<Buffer> {
  const load = createRequire(import.meta.url)
  const record = load('kafkajs/src/protocol/recordBatch/record/v0')({ value: Buffer.alloc(REQUEST, 'x') })
  const { RecordBatch } = load('kafkajs/src/protocol/recordBatch/v0')
  const records: Buffer = (await RecordBatch({ records: [record] })).buffer
  const header = new FrameWriter().int16(0).int16(9).int32(1).string('bench').unsignedVarint(0)
  const body = { acks: 1, topicData: [{ name: topic, partitionData: [{ index: 0, records }] }] }
  return encode(apiNamed('produce').request(9) as Layout, body, header).framed()
}
