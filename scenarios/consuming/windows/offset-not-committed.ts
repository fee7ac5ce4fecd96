import { window } from '../window.ts'
import { COMMITS } from './commits.ts'
import { commitPast, effectsOf, markedInput } from './marked-input.ts'

/**
 * W13: the effect is durable, the offset is not committed.
 *
 * Armed on the wire: the group's offset commits do not reach the broker, so that the window stays open for as long as
 * we need. The effect gate holds the event until that is so: a consumer that commits each record and waits for it would
 * otherwise stand still at an earlier one. A consumer that keeps its progress in its own database has no such window.
 */
export const offsetNotCommitted = window({
  id: 'W13',
  phrase: 'an effect is durable and its progress is not stored',
  title: 'the effect is durable, the offset is not',
  held: "effect gate until the group's offset commits do not reach the broker (wire)",
  shown: "the effect's transaction committed and no commit past the record when the consumer died",
  needs: { capabilities: ['create-trigger'] },
  faults: ['wire'],
  gates: ['effect'],
  async enter(testbed) {
    const { group } = testbed.consumer
    const input = await testbed.putAtGate()
    for (const api of COMMITS) await testbed.hurtWire({ api, group, which: 'always', act: 'drop-request' })
    await testbed.openGate()
    await testbed.effective(input, testbed.reach)
    await testbed.patience.until(`an offset commit of ${group}`, () => testbed.wireEffects.length > 0)
  },
  entered(trial) {
    const input = markedInput(trial)
    const [effect] = input ? effectsOf(trial, input) : []
    const fault = trial.first(
      'fault.took-effect',
      ({ seq, fault }) => fault === 'kill' && seq > (effect?.seq ?? seq),
    )
    if (!input || !effect || !fault) return undefined
    const commit = commitPast(trial, input)
    if (commit && commit.seq < fault.seq) return undefined
    return {
      grade: 'A',
      says: `transaction ${effect.xid} made the effect of offset ${input.offset} durable and the group had not committed past it when ${fault.target} was hit`,
      events: [input.seq, effect.seq, fault.seq],
    }
  },
  async release(testbed) {
    await testbed.openGate()
    await testbed.healWire()
  },
})
