import type { EventOf } from '../../../proof/history/event.ts'
import type { Input, PreparedInput } from '../testbed/inputs.ts'
import { window } from '../window.ts'
import { copiesDone, copiesHandled, handled, putCopies } from './copies.ts'
import { deadLetterOf } from './failed-attempts.ts'
import { putDeadLetter } from './failing-input.ts'
import { markedInputs } from './marked-input.ts'

/**
 * W18: a dead letter, byte for byte, comes twice on its topic again when its cause is gone: a redrive that was repeated. A
 * newer event of its key took effect meanwhile: what comes late must not write over it.
 */
export const copiesAfterRedrive = window({
  id: 'W18-redrive',
  phrase: 'a dead letter comes again twice',
  title: 'a dead letter is redriven twice',
  held: "an event that is refused for good, until its cause is gone; a newer one of its key; the dead letter's bytes, twice",
  shown: 'both behind the dead letter and the newer event; the group committed past each',
  needs: { capabilities: ['create-trigger'] },
  faults: ['poison', 'copies'],
  async enter(testbed) {
    const { input, letter } = await putDeadLetter(testbed)
    await handled(testbed, await testbed.parts.inputs.put(testbed.prepare()))
    const again = redriven(input, letter)
    await handled(testbed, ...(await putCopies(testbed, { of: again }, { of: again })))
  },
  entered(trial) {
    const [failed, newer, ...copies] = markedInputs(trial)
    const letter = failed && deadLetterOf(trial, failed)
    if (
      !letter ||
      copies.length < 2 ||
      !newer ||
      newer.seq < letter.seq ||
      copies.some(({ event, seq }) => event !== failed?.event || seq < newer.seq)
    )
      return undefined
    return copiesHandled(
      trial,
      copies,
      `both after it was a dead letter at ${letter.partition}@${letter.offset}, and a newer event of its key was handled`,
    )
  },
  release: copiesDone,
})

/** The dead letter as the event that it was, which nothing keeps from taking effect any more. */
function redriven(input: Input, { key, value, headers }: EventOf<'k.record'>): PreparedInput {
  return {
    id: input.event,
    key: key ?? '',
    mark: input.mark ?? input.key,
    amount: input.amount,
    version: input.version,
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, text ?? ''])),
    body: value ?? '',
    expect: 'effect',
    failures: 0,
    retriable: true,
  }
}
