import { POISON } from '../../../faults/testbed-faults.ts'
import { isCalled } from '../../../proof/history/table-name.ts'
import type { Entry, Trial } from '../../../proof/window.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { window } from '../window.ts'
import { committed, othersPublished, published, publisherOf } from './marked.ts'

/** Changes of other aggregates behind the row that can't be published. */
const BEHIND = 5

/** A row of the outbox that can never be published, and how its payload is spoiled. */
interface Spoiled {
  readonly id: string
  readonly phrase: string
  readonly title: string
  readonly held: string
  readonly shown: string
  readonly way: 'oversized' | 'unreadable'
  /** What is done to the payload. */
  readonly effect: string
  /** Whether a payload is spoiled so. */
  isSpoiled(payload: string): boolean
  /** Why a relay that published it all the same can not be hurt so, where that is no mistake of its own. */
  readonly passedOn?: string
}

/** The marked aggregate's row is spoiled on its way into the outbox; others change behind it and must be published. */
export function spoiledRow({ id, phrase, title, held, shown, way, effect, isSpoiled, passedOn }: Spoiled) {
  return window({
    id,
    phrase,
    title,
    held,
    shown,
    needs: { capabilities: ['create-trigger'] },
    faults: ['poison'],
    async enter(testbed) {
      await testbed.faults.inject(POISON, testbed.markedKey, effect, async () => {
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
    entered: (trial) => behindSpoiled(trial, isSpoiled),
    excluded: (trial) => (passedOn === undefined ? undefined : publishedSpoiled(trial, isSpoiled, passedOn)),
    async release(testbed) {
      await testbed.faults.heal('poison', testbed.markedKey, async () => {
        await testbed.gates.unspoil(testbed.markedKey)
        return true
      })
    },
  })
}

/** A spoiled row is committed and not on the log, and others that were committed behind it are. */
function behindSpoiled(trial: Trial<PublisherView>, isSpoiled: Spoiled['isSpoiled']): Entry | undefined {
  const spoiled = spoiledIn(trial, isSpoiled)
  if (!spoiled || published(trial)) return undefined
  const { tx, payload } = spoiled
  const others = othersPublished(trial, tx.seq)
  const first = others[0]
  if (!first) return undefined
  return {
    grade: 'A',
    says: `a row of ${Buffer.byteLength(payload)} bytes was committed and is not on the log; ${others.length} events behind it are`,
    events: [tx.seq, first.seq],
  }
}

/** The spoiled row is on the log as it was committed. */
function publishedSpoiled(
  trial: Trial<PublisherView>,
  isSpoiled: Spoiled['isSpoiled'],
  passedOn: string,
): Entry | undefined {
  const spoiled = spoiledIn(trial, isSpoiled)
  const record = published(trial)
  if (!spoiled || !record?.value?.includes(spoiled.payload)) return undefined
  const { tx } = spoiled
  return {
    grade: 'A',
    says: `${passedOn}: the payload that was spoiled in transaction ${tx.xid} is on the log as it was committed, at offset ${record.offset}`,
    events: [tx.seq, record.seq],
  }
}

function spoiledIn(trial: Trial<PublisherView>, isSpoiled: Spoiled['isSpoiled']) {
  const tx = committed(trial)
  const { outbox } = publisherOf(trial)
  if (!tx || !outbox?.payload) return undefined
  const row = tx.rows.find(({ table, op }) => isCalled(outbox.table)(table) && op === 'insert')
  const payload = row?.after?.[outbox.payload]
  return payload == null || !isSpoiled(payload) ? undefined : { tx, payload }
}
