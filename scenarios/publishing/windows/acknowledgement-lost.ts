import { DeadlinePassed, until } from '../../../core/until.ts'
import type { Link } from '../../../stacks/stack.ts'
import { markedKey } from '../../marked-key.ts'
import type { PublisherTestbed } from '../testbed/publisher-testbed.ts'
import { window } from '../window.ts'
import { markedDone, published } from './marked.ts'

/** How often the hole is dug anew when another request of the producer fell into it first. */
const ATTEMPTS = 4
/** Milliseconds after which a record that is sent at once would be stored. */
const STORED_WITHIN = 2_000
/** Milliseconds without a byte on a link after which no request is under way. */
const QUIET = 200

/**
 * W4: the broker stored the record and its acknowledgement is lost.
 *
 * Responses on the relay's link vanish before the command is placed; the record is seen on the unproxied listener.
 * A producer asks for other things too (metadata, a heartbeat's record): what waits for such an answer never sends
 * ours. So the link must be quiet first, and if something slips in all the same, the hole is closed and dug anew.
 */
export const acknowledgementLost = window({
  id: 'W4',
  phrase: 'a stored record is not acknowledged',
  title: 'stored by the broker, acknowledgement lost',
  held: 'answers swallowed on the Kafka link',
  shown: 'the record is on the log while no answer could pass, the row not marked before',
  needs: { capabilities: ['links', 'second-listener'], links: ['relay→kafka'] },
  faults: ['link'],
  alone: true,
  async enter(testbed) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await swallowAcknowledgement(testbed)
      } catch (error) {
        if (attempt === ATTEMPTS || !(error instanceof DeadlinePassed)) throw error
        await testbed.faults.healLink(testbed.link('relay→kafka'))
      }
    }
  },
  entered(trial) {
    const key = markedKey(trial)
    const tookEffect = trial.events.findLast(
      (event) => event.kind === 'fault.took-effect' && event.fault === 'link',
    )
    const hole = trial.events.findLast(
      (event) =>
        event.kind === 'fault.injected' && event.fault === 'link' && event.seq < (tookEffect?.seq ?? 0),
    )
    const healed = trial.first(
      'fault.healed',
      ({ fault, seq }) => fault === 'link' && seq > (tookEffect?.seq ?? 0),
    )
    const record = published(trial, hole?.seq)
    if (!hole || !tookEffect || !healed || !record || record.seq > tookEffect.seq) return undefined
    const mark = markedDone(trial, record.seq)
    if (mark && mark.seq < tookEffect.seq) return undefined
    return {
      grade: 'A',
      says: `${key}'s record was stored at offset ${record.offset} while no answer could pass`,
      events: [hole.seq, record.seq, healed.seq],
    }
  },
  /** A producer that opens a transaction with the broker sends nothing before the answer. */
  excluded(trial) {
    const hole = trial.first('fault.injected', ({ fault }) => fault === 'link')
    const swallowed = trial.first('fault.took-effect', ({ fault }) => fault === 'link')
    const record = trial.view.records.find(({ record }) => record.transactional)?.record
    if (!hole || !swallowed || !record) return undefined
    return {
      grade: 'A',
      says: `its relay publishes in Kafka transactions (as the record at ${record.topic}/${record.partition}@${record.offset} says) and sends a record when the broker has answered that the partition is in one: nothing is stored while no answer passes`,
      events: [record.seq, hole.seq, swallowed.seq],
    }
  },
  release: (testbed) => testbed.faults.healLink(testbed.link('relay→kafka')),
})

/** @throws {DeadlinePassed} when the record was not stored: another answer was swallowed before it was sent */
async function swallowAcknowledgement(testbed: PublisherTestbed): Promise<void> {
  const link = testbed.link('relay→kafka')
  const { command } = await testbed.load.place(testbed.otherKey)
  await testbed.announced(command)
  const before = await quiet(link, testbed.reach)
  await testbed.faults.blackhole(link, 'responses')
  const placed = testbed.history.events.length
  await testbed.load.place(testbed.markedKey)
  const from = testbed.history.events[placed]?.seq ?? 0
  try {
    const record = await testbed.stored(testbed.markedKey, { from, deadline: STORED_WITHIN })
    testbed.faults.swallowed(link, `offset ${record.offset} was stored and no acknowledgement could pass`)
  } catch (error) {
    const swallowed = (await link.traffic()).responses - before
    if (swallowed > 0) testbed.faults.swallowed(link, `${swallowed} bytes of another answer vanished`)
    throw error
  }
}

/** Waits until nothing flows on the link; resolves with the bytes that the target has sent so far. */
async function quiet(link: Link, deadline: number): Promise<number> {
  let last = { bytes: -1, since: performance.now() }
  return until(
    async () => {
      const { requests, responses } = await link.traffic()
      if (requests + responses !== last.bytes)
        last = { bytes: requests + responses, since: performance.now() }
      return performance.now() - last.since >= QUIET ? responses : undefined
    },
    { what: `a moment of rest on ${link.name}`, deadline, every: 20 },
  )
}
