import { parsed } from '../../../proof/history/json-content.ts'
import type { Entry, Trial } from '../../../proof/window.ts'
import type { PublisherTestbed } from '../testbed/publisher-testbed.ts'
import { window } from '../window.ts'
import { committed, othersPublished, published, publisherOf } from './marked.ts'

/** The broker's default for the largest record batch, message.max.bytes. */
const LIMIT = 1_048_588
/** Changes of other aggregates behind the row that can't be published. */
const BEHIND = 5

function spoiled(id: string, phrase: string, title: string, way: 'oversized' | 'unreadable', says: string) {
  return window({
    id,
    phrase,
    title,
    held: `a trigger: ${says}`,
    shown: 'the row is committed and not on the log, events behind it are',
    needs: { capabilities: ['create-trigger'] },
    faults: ['poison'],
    async enter(testbed: PublisherTestbed) {
      await testbed.faults.inject('poison', testbed.markedKey, says, async () => {
        await testbed.gates.spoil(testbed.markedKey, way)
        const { answer } = await testbed.load.place(testbed.markedKey)
        return `the service answered ${answer.status} to the command, and its outbox row is ${way}`
      })
      for (let n = 0; n < BEHIND; n++) {
        const { command } = await testbed.load.place(
          testbed.otherKeys[n % testbed.otherKeys.length] ?? testbed.otherKey,
        )
        await testbed.announced(command)
      }
    },
    entered: (trial) => behindSpoiled(trial, way),
    async release(testbed: PublisherTestbed) {
      await testbed.faults.heal('poison', testbed.markedKey, async () => {
        await testbed.gates.unspoil(testbed.markedKey)
        return true
      })
    },
  })
}

/** A spoiled row is committed and not on the log, and others that were committed behind it are. */
function behindSpoiled(trial: Trial, way: string): Entry | undefined {
  const tx = committed(trial)
  const outbox = publisherOf(trial)?.outbox
  if (!tx || !outbox?.payload) return undefined
  const payload = tx.rows.find(({ table, op }) => table === outbox.table && op === 'insert')?.after?.[
    outbox.payload
  ]
  if (payload == null) return undefined
  if (way === 'oversized' ? Buffer.byteLength(payload) <= LIMIT : parsed(payload) !== undefined)
    return undefined
  if (published(trial)) return undefined
  const others = othersPublished(trial, tx.seq)
  const first = others[0]
  if (!first) return undefined
  return {
    grade: 'A',
    says: `a row of ${Buffer.byteLength(payload)} bytes was committed and is not on the log; ${others.length} events behind it are`,
    events: [tx.seq, first.seq],
  }
}

/** A19: an event that is larger than the broker takes. */
export const oversizedEvent = spoiled(
  'A19',
  'an event is larger than the broker takes',
  'an event over the broker’s limit',
  'oversized',
  'the payload grows beyond the limit of the broker on its way into the outbox',
)

/** A11: an event whose payload is not what its relay can read. */
export const unreadableEvent = spoiled(
  'A11',
  'an event can not be read by its relay',
  'a row that can never be published',
  'unreadable',
  'the payload is cut on its way into the outbox, so that it is no JSON any more',
)
