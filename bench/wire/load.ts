/**
 * Two ways to the same broker, measured by one client process in alternation, so that whatever else the machine does
 * meets both: `load.ts <produce|consume|latency> <topic> <direct> <proxied>`. Prints one line of JSON with a value for
 * each way: megabytes a second, or milliseconds from request to answer.
 */
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import { ignoreHarmlessWarnings } from '../../core/warnings.ts'
import { measureLatency } from './latency.ts'

const [kind, topic = '', ...ways] = process.argv.slice(2)
const SLICE = 1000
const SLICES = 6
const messages = Array.from({ length: 500 }, () => ({ value: Buffer.alloc(1000, 'x'), partition: 0 }))

ignoreHarmlessWarnings()
const measured =
  kind === 'latency'
    ? await measureLatency(ways, topic, 10, SLICE * SLICES)
    : kind === 'produce'
      ? await inTurns(await Promise.all(ways.map(producing)))
      : await inTurns(await Promise.all(ways.map(consuming)))
console.log(JSON.stringify(measured))
process.exit(0)

/** Moves bytes until told to stop. @returns how many */
type Work = (until: () => boolean) => Promise<number>

async function inTurns(works: readonly Work[]) {
  for (const work of works) await forAWhile(work)
  const megabytes = works.map(() => 0)
  const milliseconds = works.map(() => 0)
  for (let slice = 0; slice < SLICES * works.length; slice++) {
    // A B B A A B B A: neither is always second.
    const turn = slice % works.length
    const way = Math.floor(slice / works.length) % 2 === 0 ? turn : works.length - 1 - turn
    const { bytes, took } = await forAWhile(works[way] as Work)
    megabytes[way] = (megabytes[way] ?? 0) + bytes / 1e6
    milliseconds[way] = (milliseconds[way] ?? 0) + took
  }
  return megabytes.map((mb, way) => ({ megabytes: mb, rate: (mb / (milliseconds[way] as number)) * 1000 }))
}

async function forAWhile(work: Work) {
  const begun = performance.now()
  const bytes = await work(() => performance.now() - begun > SLICE)
  return { bytes, took: performance.now() - begun }
}

/** Four requests of 500 records of 1 kB in flight, acks=all. */
async function producing(way: string): Promise<Work> {
  const producer = clientAt(way).producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  return async (done) => {
    let bytes = 0
    const line = async () => {
      while (!done()) {
        await producer.send({ topic, messages, acks: -1 })
        bytes += messages.length * 1000
      }
    }
    await Promise.all(Array.from({ length: 4 }, line))
    return bytes
  }
}

/** What was produced before, again from the beginning at its end; a consumer that is not its turn is paused. */
async function consuming(way: string): Promise<Work> {
  const consumer = clientAt(way).consumer({ groupId: `bench ${way} ${topic}`, maxWaitTimeInMs: 50 })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  let bytes = 0
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch }) => {
      for (const { value } of batch.messages) bytes += value?.length ?? 0
      if (Number(batch.highWatermark) - Number(batch.lastOffset()) <= 1) {
        consumer.seek({ topic, partition: 0, offset: '0' })
      }
    },
  })
  while (bytes === 0) await tick()
  consumer.pause([{ topic }])
  return async (done) => {
    const before = bytes
    consumer.resume([{ topic }])
    while (!done()) await tick()
    consumer.pause([{ topic }])
    return bytes - before
  }
}

function clientAt(way: string): Kafka {
  return new Kafka({ brokers: [way], logLevel: logLevel.ERROR })
}

function tick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5))
}
