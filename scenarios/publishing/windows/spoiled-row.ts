import { POISON } from '../../../faults/testbed-faults.ts'
import { columnText } from '../../../proof/history/column-text.ts'
import { isCalled } from '../../../proof/history/table-name.ts'
import type { Entry, Trial } from '../../../proof/window.ts'
import type { PublisherTestbed } from '../testbed/publisher-testbed.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { window } from '../window.ts'
import { committed, othersPublished, published, publisherOf } from './marked.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** Characters that the column of an outbox's payloads takes at most, where that is less than an event would need. */
    'payload.limit': number
  }
}

/** Bytes that a character has at most. */
const BYTES = 4

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
  /** Bytes that it has at least. */
  readonly least?: number
  /** Why a relay that published it all the same can not be hurt so, where that is no mistake of its own. */
  readonly passedOn?: string
}

/** The marked aggregate's row is spoiled on its way into the outbox; others change behind it and must be published. */
export function spoiledRow(spoiled: Spoiled) {
  const { id, phrase, title, held, shown, way, effect, isSpoiled, least = 0, passedOn } = spoiled
  return window({
    id,
    phrase,
    title,
    held,
    shown,
    needs: { capabilities: ['create-trigger'] },
    faults: ['poison'],
    async enter(testbed) {
      const value = await testbed.gates.payloadLimit()
      if (value !== undefined && value * BYTES < least) {
        const { table = '', payload } = testbed.publisher.outbox ?? {}
        testbed.history.record({ kind: 'fact', name: 'payload.limit', subject: `${table}.${payload}`, value })
        return
      }
      await testbed.faults.inject(POISON, testbed.markedKey, effect, async () => {
        await testbed.gates.spoil(testbed.markedKey, way)
        const { answer } = await testbed.load.place(testbed.markedKey)
        // Who answers before it commits would commit behind those that are to come behind this one.
        const left = () => leftAnEvent(testbed)
        const limits = { deadline: testbed.reach, every: 50 }
        if (answer.outcome === 'ok') await testbed.patience.within('its event', left, limits)
        else if (!(await left())) throw refused(way, answer)
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
    excluded: (trial) =>
      tooSmall(trial) ?? (passedOn === undefined ? undefined : publishedSpoiled(trial, isSpoiled, passedOn)),
    async release(testbed) {
      const armed = testbed.history.first('fault.injected', ({ seq }) => seq > testbed.trialBegan)
      if (armed === undefined) return
      await testbed.faults.heal('poison', testbed.markedKey, async () => {
        await testbed.gates.unspoil(testbed.markedKey)
        return true
      })
    },
  })
}

/** Whether anything of the marked aggregate has come to the outbox in this trial. */
async function leftAnEvent(testbed: PublisherTestbed): Promise<boolean> {
  const { view, markedKey, trialBegan } = testbed
  await testbed.parts.commits.fence()
  return view
    .expectedEvents()
    .some(({ key, tx }) => view.aggregates.nameOf(key) === markedKey && tx.event.seq > trialBegan)
}

/** What the trigger put into the row did not go in, or the service took it back. */
function refused(
  way: Spoiled['way'],
  { status, reason }: { readonly status: number; readonly reason: string },
) {
  const answer = status === 0 ? reason : `HTTP ${status} ${reason}`.trim()
  return new Error(
    `the service committed nothing when its outbox row was ${way} (${answer}); its log and the database’s say why: the column of outbox.payload may not take what is no such event`,
  )
}

/** An event of that size does not fit into the outbox. */
function tooSmall(trial: Trial<PublisherView>): Entry | undefined {
  const [limit] = trial.facts('payload.limit')
  if (limit === undefined) return undefined
  return {
    grade: 'A',
    says: `column ${limit.subject} takes ${limit.value} characters at most, so that no event can grow beyond what the broker takes`,
    events: [limit.seq],
  }
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
  const payload = columnText(row?.after?.[outbox.payload])
  return payload == null || !isSpoiled(payload) ? undefined : { tx, payload }
}
