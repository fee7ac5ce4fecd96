import { counterexample, held, more, nameOf, placeOf, unknown, violated } from '../../../proof/findings.ts'
import { amountsIn, announced, parsed } from '../../../proof/history/json-content.ts'
import { mutated } from '../../../proof/mutation.ts'
import { endOf } from '../mutations/records.ts'
import { predicate } from '../predicate.ts'
import type { PublishedRecord } from '../view/expected-event.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/**
 * OA2. Every visible record announces something that was committed.
 *
 * What can violate it: publishing before the commit, an outbox row or logical message outside of the transaction.
 * How it is seen: no committed transaction carries the record's id or content (`phantom-event`), or the command that
 * it tells of is known and none of its changes was committed (`aborted-publish`).
 * Why "not committed" is no matter of delay: we only judge what the database observer has flushed past.
 */
export const noPhantomEvent = predicate({
  id: 'OA2',
  title: 'no phantom',
  claim: 'nothing is published that was not committed',
  promise: 'Every record on the topic belongs to a committed transaction.',
  formal: 'every record belongs to a committed transaction',
  controls: ['P1'],
  violations: {
    'phantom-event': { clouds: ['P2'] },
    'aborted-publish': {},
  },
  check(view) {
    const recognised = view.commands.all.some(({ tx }) => tx !== undefined)
    const phantoms: { record: PublishedRecord; amount: string | undefined }[] = []
    let judged = 0
    let unseen = 0
    for (const record of view.records) {
      if (record.fate !== 'visible' || announcesNothing(record)) continue
      judged++
      const amount =
        record.expected === undefined ? rolledBackIn(record, view) : rolledBack(record.expected.amount, view)
      if (record.expected !== undefined && (amount === undefined || !recognised)) continue
      if (view.coverage.databaseSeenSince(record.record.seq)) phantoms.push({ record, amount })
      else unseen++
    }
    const first = phantoms.find(({ amount }) => amount !== undefined) ?? phantoms[0]
    if (first === undefined) {
      if (unseen === 0) return held(this.id, judged)
      return unknown(
        this.id,
        `${unseen} records have no commit, and the database observer has not seen past them`,
      )
    }
    const { record, amount } = first
    const command = view.commands.of(amount)[0]
    const name = command === undefined ? 'phantom-event' : 'aborted-publish'
    const what = record.expected ? nameOf(record.expected) : `event ${record.id ?? 'without an id'}`
    const why = command
      ? `the change of command ${command.invoke.op} was never committed`
      : 'no committed transaction carries it'
    const says = `${what} is at ${placeOf(record)}, and ${why}${more(phantoms.length)}`
    const seqs = [command?.invoke.seq, command?.outcome?.seq, record.record.seq, view.coverage.flushed?.seq]
    const subject = {
      ...(record.id === undefined ? {} : { eventId: record.id }),
      ...(record.record.key === null ? {} : { key: record.record.key }),
    }
    return violated(this.id, name, counterexample(says, seqs, subject))
  },
  /** A record appears that nobody committed. */
  mutation: {
    says: 'insert a record that nobody committed',
    names: ['phantom-event'],
    apply(view) {
      const [first] = view.records
      if (first === undefined) return undefined
      const { record } = first
      const phantom = {
        ...record,
        seq: record.seq + 0.5,
        offset: endOf(view, record.partition),
        value: '{"eventproof":"phantom"}',
        headers: {},
        transactional: false,
      }
      return mutated(view.events, { added: [phantom] })
    },
  },
})

/** A tombstone, the deletion in a change stream, or bytes that only an id could tell about. */
function announcesNothing({ id, record, expected }: PublishedRecord): boolean {
  if (expected !== undefined || id !== undefined) return false
  if (record.value === null || record.value.startsWith('base64:')) return true
  const value = parsed(record.value)
  return value !== undefined && announced(value) === undefined
}

/** The amount, where it belongs to commands of which none was acknowledged and none committed. */
function rolledBack(amount: string | undefined, view: PublisherView): string | undefined {
  if (view.plan.publisher.state.amount === undefined) return undefined
  const commands = view.commands.of(amount)
  if (
    commands.length === 0 ||
    commands.some(({ tx, outcome }) => tx !== undefined || outcome?.kind === 'op.ok')
  )
    return undefined
  return amount
}

function rolledBackIn({ record }: PublishedRecord, view: PublisherView): string | undefined {
  const amounts = [...amountsIn(announced(parsed(record.value)))]
  const name = view.aggregates.nameOf(record.key)
  const own = amounts.filter((amount) => view.commands.of(amount).some(({ invoke }) => invoke.key === name))
  return (own.length > 0 ? own : amounts).find((amount) => {
    const commands = view.commands.of(amount)
    return commands.length > 0 && commands.every(({ tx }) => tx === undefined)
  })
}
