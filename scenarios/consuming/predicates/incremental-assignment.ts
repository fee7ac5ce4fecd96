import { counterexample, held, violated } from '../../../proof/findings.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import { mutated } from '../../../proof/mutation.ts'
import { groupState } from '../mutations/victims.ts'
import { predicate } from '../predicate.ts'

/** Assignors of the classic protocol under which members keep what does not move. */
const INCREMENTAL = /cooperative|^stream$/i

/**
 * CG1. The group hands partitions over one by one, and not all of them at each change.
 *
 * What can violate it: an assignor of the eager protocol (range, round robin, sticky).
 * How it is seen: in the group's own log, by the protocol of its generations: the consumer protocol (KIP-848) is
 * incremental, a classic group where its assignor is cooperative. Where the log does not name it, in the bytes of
 * what its members asked for.
 */
export const incrementalAssignment = predicate({
  id: 'CG1',
  title: 'incremental',
  claim: 'the group rebalances incrementally',
  promise: 'The group hands partitions over one by one, by the broker’s or a cooperative assignor.',
  formal: "the group's protocol is the broker's (KIP-848) or a cooperative assignor",
  controls: ['C4'],
  // Of a client without such an assignor every scenario would tell the same.
  onlyWhereAsked: true,
  violations: {
    'eager-assignor': {},
  },
  check(view) {
    const { generations } = view.group
    const { group } = view.plan.consumer
    const eager = generations.find(
      ({ type, protocol, members }) =>
        type === 'classic' &&
        members.length > 0 &&
        protocol !== null &&
        protocol !== '' &&
        !INCREMENTAL.test(protocol),
    )
    if (eager !== undefined) {
      const says = `group ${group} assigns by ${eager.protocol}: each change takes all partitions away first`
      return violated(this.id, 'eager-assignor', counterexample(says, [eager.seq]))
    }
    const told = generations.some(({ type, protocol }) => type === 'consumer' || protocol !== null)
    const members = view.asked.filter((asked) => asked.group === undefined || asked.group === group)
    const asked = told ? undefined : members.find(asksForEager)
    if (asked === undefined) return held(this.id, generations.length)
    const says = `client ${asked.clientId} offers ${strategyOf(asked)} only: each change takes all partitions away first`
    return violated(this.id, 'eager-assignor', counterexample(says, [asked.seq], {}, 'B'))
  },
  /** The group assigns by ranges. */
  mutation: {
    says: 'assign partitions by the eager protocol',
    apply(view) {
      const state = groupState(view, 1, { first: [0] })
      return mutated(view.events, { added: [{ ...state, type: 'classic', protocol: 'range' }] })
    },
  },
})

function asksForEager(asked: EventOf<'k.asked'>): boolean {
  const strategy = strategyOf(asked)
  return strategy !== '' && !strategy.split(',').some((one) => INCREMENTAL.test(one.trim()))
}

function strategyOf({ settings }: EventOf<'k.asked'>): string {
  return String(settings['partition.assignment.strategy'] ?? '')
}
