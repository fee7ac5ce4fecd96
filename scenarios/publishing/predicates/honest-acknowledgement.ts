import { counterexample, held, more, unknown, violated } from '../../../proof/findings.ts'
import { amountOf } from '../../../proof/history/json-content.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import type { Command } from '../view/commands.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/**
 * OA7. What was acknowledged is committed, what was refused is not.
 * Where answers are declared to say 'accepted', only a command that no fault came after must be committed in the end.
 *
 * What can violate it: an answer before the commit (`lost-command`), a failure told after the commit (`ghost-commit`).
 * How it is seen: the amount of a command is unique, so its row is found in the WAL or is not there; we only judge
 * answers that the database observer has flushed past. A command without an answer may be either. A repeat with the
 * same idempotency key shares its amount: a refusal then only counts where every attempt was refused.
 */
export const honestAcknowledgement = predicate({
  id: 'OA7',
  title: 'honest answers',
  claim: 'answers to clients are true',
  promise: 'A command that was confirmed is committed, one that was refused is not.',
  formal:
    "confirmed ⇒ committed; refused ⇒ not committed; with `answers: 'accepted'`: accepted, and no fault after it ⇒ committed",
  controls: ['P1'],
  violations: {
    'lost-command': {},
    'ghost-commit': {},
  },
  check(view) {
    const { all } = view.commands
    const answered = all.filter(({ outcome }) => outcome !== undefined && outcome.kind !== 'op.info')
    if (answered.length > 0 && view.transactions.length > 0 && all.every(({ tx }) => tx === undefined)) {
      return unknown(
        this.id,
        'no command can be recognised in any transaction; is the amount column declared right?',
      )
    }
    let unseen = 0
    for (const command of answered) {
      const { invoke, outcome, tx } = command
      if (outcome === undefined) continue
      const subject = { key: invoke.key }
      if (outcome.kind === 'op.ok' && isLost(command, view)) {
        if (view.coverage.databaseSeenSince(outcome.seq)) {
          const same = answered.filter((each) => isLost(each, view)).length
          const says = `command ${invoke.op} for ${invoke.key} was answered with ${outcome.status}, and no transaction committed it${more(same)}`
          const seqs = [invoke.seq, outcome.seq, view.coverage.flushed?.seq]
          return violated(this.id, 'lost-command', counterexample(says, seqs, subject))
        }
        unseen++
      }
      if (outcome.kind === 'op.fail' && tx !== undefined) {
        if (
          !view.commands.of(amountOf(invoke.amount)).every((attempt) => attempt.outcome?.kind === 'op.fail')
        )
          continue
        const says = `command ${invoke.op} for ${invoke.key} was refused with ${outcome.status}, and transaction ${tx.event.xid} committed it`
        return violated(
          this.id,
          'ghost-commit',
          counterexample(says, [invoke.seq, tx.event.seq, outcome.seq], subject),
        )
      }
    }
    if (unseen === 0) return held(this.id, answered.length)
    return unknown(
      this.id,
      `${unseen} acknowledged commands were not seen, and the database observer has not seen past them`,
    )
  },
  /** What was acknowledged was never committed. */
  mutation: {
    says: 'drop the transaction of an acknowledged command',
    names: ['lost-command'],
    applies: (view) => view.commands.all.length > 0,
    apply(view) {
      const committed = view.commands.all.filter(({ tx }) => tx !== undefined)
      const tx = committed.find((command) => view.promised(command))?.tx
      // With its only commit gone it would seem that no command can be recognised at all.
      if (tx === undefined || committed.every((command) => command.tx === tx)) return undefined
      return mutated(view.events, { without: [tx.event.seq] })
    },
  },
})

/** It was promised, and nothing committed it. */
function isLost(command: Command, view: PublisherView): boolean {
  return command.outcome?.kind === 'op.ok' && command.tx === undefined && view.promised(command)
}
