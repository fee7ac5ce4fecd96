import { counterexample, held, violated } from '../../../proof/findings.ts'
import type { Gate } from '../../../proof/history/disturbances.ts'
import { mutated } from '../../../proof/mutation.ts'
import { committedLater, rowsOf } from '../mutations/rows.ts'
import { applied, behind, groupState, probeName } from '../mutations/victims.ts'
import { predicate } from '../predicate.ts'
import type { ConsumedEvent } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { eventName, eventSubject } from './naming.ts'
import { movedBetween } from './ownership.ts'

/**
 * IC4. Who lost a partition while he was at work adds no effect to what his successor applied, and writes nothing
 * older over it.
 *
 * What can violate it: work that goes on after the partition was revoked, with a dedupe that is not part of the
 * effect's transaction; a write without a version guard.
 * How it is seen: a transaction stood at the effect gate while the group gave its partition to another member; its
 * xid tells which commits are its own.
 */
export const noZombies = predicate({
  id: 'IC4',
  title: 'zombies',
  claim: 'a member that lost its partition changes nothing any more',
  promise: 'A member that lost its partition while at work adds no second effect and writes nothing older.',
  formal:
    'a transaction that stood at the effect gate while its partition changed hands adds no second effect and writes no older version',
  controls: ['C1'],
  violations: {
    'zombie-effect': {},
    'stale-overwrite': {},
  },
  check(view) {
    let judged = 0
    for (const gate of view.disturbances.gates) {
      const event = gate.gate === 'effect' ? view.eventOfEffect(gate.key) : undefined
      const moved = event && movedWhileHeld(gate, event, view)
      if (event === undefined || moved === undefined) continue
      judged++
      const finding = afterwards(gate, event, moved, view)
      if (finding !== undefined) return finding
    }
    return held(this.id, judged)
  },
  /** Whoever stood at the effect gate while his partition moved applies its event once more. */
  mutation: {
    says: 'let a member that lost its partition apply an event once more',
    names: ['zombie-effect'],
    applies: (view) => view.plan.consumer.progress === 'kafka',
    apply(view) {
      const [event] = applied(view)
      const tx = event?.effects[0]?.tx
      const partition = event?.deliveries[0]?.record.partition
      if (event === undefined || tx === undefined || partition === undefined) return undefined
      const key = probeName(event, view)
      const gate = (n: number) => ({ ...behind(view, n), gate: 'effect', key }) as const
      const zombie = committedLater(tx, rowsOf(event, tx, view.plan.consumer.effects), view)
      const { xid } = zombie
      return mutated(view.events, {
        added: [
          { ...gate(1), kind: 'gate.closed' },
          groupState(view, 2, { first: [partition] }),
          { ...gate(3), kind: 'gate.waiting', pid: 0, applicationName: '', xid, query: 'COMMIT' },
          groupState(view, 4, { second: [partition] }),
          { ...gate(5), kind: 'gate.opened' },
          { ...zombie, ...behind(view, 6) },
        ],
      })
    },
  },
})

/** `seq` of the generation that gave the partition of a held event to another member. */
function movedWhileHeld(gate: Gate, { deliveries }: ConsumedEvent, view: ConsumerView): number | undefined {
  const from = gate.waiting[0]?.seq
  if (from === undefined) return undefined
  const to = gate.opened?.seq ?? Number.POSITIVE_INFINITY
  return movedBetween(view, from, to).find(({ partition }) =>
    deliveries.some(({ record }) => record.partition === partition),
  )?.seq
}

function afterwards(gate: Gate, event: ConsumedEvent, moved: number, view: ConsumerView) {
  const xids = gate.waiting.map(({ xid }) => xid)
  const opened = gate.opened?.seq ?? Number.POSITIVE_INFINITY
  const own = ({ xid, seq }: { xid: string; seq: number }) =>
    xids.includes(xid) || (xids.includes(null) && seq > opened)
  const [first, ...later] = view.standing(event)
  const zombie = later.find(({ tx }) => own(tx))
  const seqs = [gate.waiting[0]?.seq, moved, gate.opened?.seq]
  if (first !== undefined && zombie !== undefined) {
    const says = `${eventName(event)} was applied by transaction ${first.tx.xid}, and once more by ${zombie.tx.xid}, which had stood at the gate since before the partition moved`
    return violated(
      'IC4',
      'zombie-effect',
      counterexample(says, [...seqs, first.tx.seq, zombie.tx.seq], eventSubject(event)),
    )
  }
  const stale = view.effects.lowered.find(({ tx }) => own(tx))
  if (stale === undefined) return undefined
  const says = `transaction ${stale.tx.xid}, held since before the partition moved, wrote version ${stale.to} of ${stale.key} over ${stale.from}`
  const events = [...seqs, stale.newer?.seq, stale.tx.seq]
  return violated('IC4', 'stale-overwrite', counterexample(says, events, { key: stale.key }))
}
