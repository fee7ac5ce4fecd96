import type { Input } from '../testbed/inputs.ts'
import { window } from '../window.ts'
import { failingInputs, isUnreadable } from './failed-attempts.ts'
import { CUT, endFailures, putUnreadable, type Spoil } from './failing-input.ts'

/** An id that no registry gets to. */
const NOBODYS = 2_000_000_011

/** In the order in which they are put. */
const SPOILS: readonly Spoil[] = [
  {
    done: 'it names a schema that nobody knows',
    left: 'an event of an unknown schema',
    spoiled: (body) => changed(body, (bytes) => bytes.writeInt32BE(NOBODYS, 1)),
  },
  {
    done: 'its first byte is none of a serializer',
    left: 'an event with a wrong magic byte',
    spoiled: (body) => changed(body, (bytes) => bytes.writeUInt8(1, 0)),
  },
  CUT,
]

/**
 * W19c: events that name a schema that nobody knows, that begin with another byte than serializers write, and that are
 * cut off, each among good ones of its key.
 *
 * A deserializer throws on each of them, some before the consumer's own code has the record: it must become a dead letter
 * all the same, and nobody may wait for it.
 */
export const schemaUnknown = window({
  id: 'W19c',
  phrase: 'events name schemas that nobody knows, or none',
  title: 'events by no schema that anybody knows',
  held: 'the id behind the first byte, the first byte, and the end of values are changed',
  shown: 'the changed values are on the topic',
  needs: {},
  faults: ['poison'],
  once: true,
  async enter(testbed) {
    const { inputs } = testbed.parts
    const spoiled: Input[] = []
    for (const [number, spoil] of SPOILS.entries()) {
      const key = `${testbed.markedKey}-${number + 1}`
      await inputs.put(inputs.prepare(key))
      spoiled.push(await putUnreadable(testbed, key, spoil))
      await inputs.put(inputs.prepare(key))
    }
    const ended = () => spoiled.every((input) => testbed.outcomes.endOf(input) !== undefined)
    await testbed.patience.until('an end of the events by no schema', ended)
  },
  entered(trial) {
    const placed = failingInputs(trial).filter(isUnreadable)
    if (placed.length < SPOILS.length) return undefined
    return {
      grade: 'A',
      says: `${placed.length} events by no schema are on the topic, among good ones of their keys`,
      events: placed.map(({ seq }) => seq),
    }
  },
  release: endFailures,
})

const BYTES = 'base64:'

/** Of a value that is written as its bytes. */
function changed(body: string, change: (bytes: Buffer) => void): string {
  const bytes = Buffer.from(body.startsWith(BYTES) ? body.slice(BYTES.length) : body, 'base64')
  change(bytes)
  return `${BYTES}${bytes.toString('base64')}`
}
