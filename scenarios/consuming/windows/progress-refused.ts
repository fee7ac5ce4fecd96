import { window } from '../window.ts'
import { COMMITS } from './commits.ts'
import { commitPast, effectsOf, markedInput } from './marked-input.ts'

/** While a coordinator moves: nothing was stored, ask again. */
const COORDINATOR_NOT_AVAILABLE = 15
/** Milliseconds: longer than clients try again by themselves. */
const HELD = 5_000

/** The group's offset commits are refused for a while. Nobody dies: a consumer goes on, or reads again. */
export const progressRefused = window({
  id: 'progress-refused',
  phrase: 'its progress is refused for a while',
  title: "the group's offset commits are refused for a while",
  held: `the wire proxy answers the group's offset commits with COORDINATOR_NOT_AVAILABLE for ${HELD / 1000} s`,
  shown: 'the commit past an event was refused, and came later',
  needs: {},
  faults: ['wire'],
  async enter(testbed) {
    const { group } = testbed.consumer
    const act = { error: COORDINATOR_NOT_AVAILABLE }
    for (const api of COMMITS) await testbed.hurtWire({ api, group, which: 'always', act })
    const input = await testbed.parts.inputs.put(testbed.prepare())
    await testbed.effective(input, testbed.reach)
    await testbed.patience.until(`an offset commit of ${group}`, () => testbed.wireEffects.length > 0)
    await testbed.hold(HELD)
  },
  entered(trial) {
    const input = markedInput(trial)
    const [effect] = input ? effectsOf(trial, input) : []
    const refused = trial.first('fault.took-effect', ({ fault }) => fault === 'wire')
    const healed = trial.first('fault.healed', ({ fault }) => fault === 'wire')
    const commit = input && commitPast(trial, input)
    if (!input || !effect || !refused || !healed || (commit && commit.seq < healed.seq)) return undefined
    return {
      grade: 'A',
      says: `${refused.evidence} was refused; the group had not committed past offset ${input.offset} until then`,
      events: [input.seq, effect.seq, refused.seq, healed.seq],
    }
  },
  release: (testbed) => testbed.healWire(),
})
