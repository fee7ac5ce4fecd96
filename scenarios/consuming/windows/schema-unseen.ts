import type { EventOf } from '../../../proof/history/event.ts'
import type { JudgedWindow, Trial } from '../../../proof/window.ts'
import { healRegistry, type RegistryHurt } from '../../testbed/registry-hurt.ts'
import type { Window } from '../../window.ts'
import type { ConsumerTestbed } from '../testbed/consumer-testbed.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { window } from '../window.ts'
import { markedInputs } from './marked-input.ts'
import { askedMeanwhile, byUnseenSchema, didWithout, registryUser, whileAsked } from './registry-hurt.ts'

interface Unseen extends Pick<JudgedWindow, 'id' | 'title' | 'held' | 'shown'> {
  readonly phrase: string
  readonly hurt: RegistryHurt
}

/**
 * An event comes by a schema that the consumer has not seen, between two by one that it knows, while its registry is hurt.
 *
 * Nobody can read it for now, which is no fault of the event: it has to wait, or to be tried again, and takes effect when
 * the registry is back. What lies behind it under its key may not overtake it where an order is declared.
 */
export function schemaUnseen({ hurt, ...words }: Unseen): Window<ConsumerTestbed, ConsumerView> {
  return window({
    ...words,
    needs: {},
    faults: [hurt.fault.name],
    once: true,
    async enter(testbed) {
      const { inputs } = testbed.parts
      const before = testbed.prepare()
      const unseen = await byUnseenSchema(testbed)
      await inputs.put(before)
      await askedMeanwhile(testbed, hurt, async () => {
        const input = await inputs.put(unseen)
        await inputs.put(testbed.prepare())
        return input
      })
    },
    entered(trial) {
      const seen = whileAsked(trial, hurt.fault)
      const input = unseenInput(trial)
      if (!seen || !input || !seen.has(input.seq)) return undefined
      return {
        grade: 'A',
        says: `an event by a schema that the consumer had not seen came, and the registry was asked, while ${seen.away.evidence}`,
        events: [seen.away.seq, input.seq, seen.asked.seq, seen.back.seq],
      }
    },
    excluded: (trial) => didWithout(trial, unseenInput(trial), hurt.fault),
    release: (testbed) => healRegistry(registryUser(testbed), hurt),
  })
}

function unseenInput(trial: Trial): EventOf<'input'> | undefined {
  const [unseen] = trial.facts('schema.unseen')
  return markedInputs(trial).find(({ event }) => event === unseen?.subject)
}
