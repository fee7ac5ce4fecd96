import { counterexample, held, stalled, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { groupState } from '../mutations/victims.ts'
import { predicate } from '../predicate.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { type Generation, ownersOf } from '../view/group-log.ts'
import { changesOf, isRolling, waitsAcross } from '../view/unmoved.ts'
import { clockErrorOf, secondsGive } from './naming.ts'

/**
 * CG2. While the group changes, partitions that keep their owner are worked on.
 *
 * What can violate it: a rebalance that takes every partition away from every member first.
 * How it is seen: in the group's log an owner gives a partition up and gets the same one back, while he was a member
 * throughout; and, where the scenario restarts members one after the other, on a partition that kept its owner nothing
 * took effect across the change for longer than the declared bound, while an event waited (clocks: when we saw its
 * record, and the effects).
 */
export const noStopTheWorld = predicate({
  id: 'CG2',
  title: 'no stop',
  claim: 'partitions that keep their owner are not stopped',
  promise: 'While the group changes, partitions that keep their owner are worked on.',
  formal:
    'no member gives a partition up and gets the same one back while all stay; in a rolling restart no partition that keeps its owner stands still across the change for longer than `headOfLine` while an event waits there',
  controls: ['C4'],
  violations: {
    'stop-the-world': {},
  },
  check(view) {
    const { generations } = view.group
    const givenUp = relinquished(view)
    if (givenUp !== undefined) {
      const { partition, member, seqs } = givenUp
      const says = `${member} gave partition ${partition} up and got it back: nobody worked on it meanwhile`
      return violated(this.id, 'stop-the-world', counterexample(says, seqs))
    }
    const changes = changesOf(generations)
    if (!isRolling(view.plan)) return held(this.id, changes.length)
    for (const [before, next] of changes) {
      const waits = [...waitsAcross(before, next, view)].flatMap((wait) => {
        if (wait.milliseconds <= view.plan.bounds.headOfLine) return []
        const error = clockErrorOf(view, wait.record.at, wait.tx.at)
        return wait.milliseconds > view.plan.bounds.headOfLine + error ? [{ ...wait, error }] : []
      })
      const [wait] = waits.sort((a, b) => b.milliseconds - a.milliseconds)
      if (wait === undefined) continue
      const { error } = wait
      const says = `partition ${wait.record.partition} kept its owner in generation ${next.generation}, and its offset ${wait.record.offset} waited ${secondsGive(wait.milliseconds, error, 1)} across the change`
      return stalled(
        this.id,
        'stop-the-world',
        counterexample(says, [wait.record.seq, next.seq, wait.tx.seq], {}, 'C'),
      )
    }
    return held(this.id, changes.length)
  },
  /** A member gives a partition up and gets it back. */
  mutation: {
    says: 'let a member give a partition up and get it back',
    apply: (view) =>
      mutated(view.events, {
        added: [
          groupState(view, 1, { first: [0] }),
          groupState(view, 2, { first: [] }),
          groupState(view, 3, { first: [0] }),
        ],
      }),
  },
})

/**
 * An owner had a partition, was still a member without it while nobody had it, and has it again. Where a member left
 * in between it was given up for him, and is rightly given back.
 */
function relinquished({ group, plan }: ConsumerView) {
  const { topic } = plan.consumer
  const missing = new Map<number, { member: string; from: number; without: Generation }>()
  let before: Generation | undefined
  for (const generation of group.generations) {
    const owners = ownersOf(generation, topic)
    const members = new Set(generation.members.map(({ memberId }) => memberId))
    for (const [partition, { member, from, without }] of missing) {
      const owner = owners.get(partition)
      const allStayed = without.members.every(({ memberId }) => members.has(memberId))
      if (owner === member && allStayed)
        return { partition, member, seqs: [from, without.seq, generation.seq] }
      if (owner !== undefined || !allStayed) missing.delete(partition)
    }
    for (const [partition, member] of before === undefined ? [] : ownersOf(before, topic)) {
      if (!owners.has(partition) && members.has(member) && before !== undefined)
        missing.set(partition, { member, from: before.seq, without: generation })
    }
    before = generation
  }
  return undefined
}
