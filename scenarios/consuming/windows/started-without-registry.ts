import { serviceBack } from '../../../faults/subject-back.ts'
import type { JudgedWindow } from '../../../proof/window.ts'
import { healRegistry, type RegistryHurt } from '../../testbed/registry-hurt.ts'
import type { Window } from '../../window.ts'
import type { ConsumerTestbed } from '../testbed/consumer-testbed.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { window } from '../window.ts'
import { markedInput } from './marked-input.ts'
import { askedMeanwhile, didWithout, registryUser, whileAsked } from './registry-hurt.ts'

interface Started extends Pick<JudgedWindow, 'id' | 'title' | 'held' | 'shown'> {
  readonly phrase: string
  readonly hurt: RegistryHurt
}

/**
 * The consumer starts, and knows no schema yet, while its registry is hurt and events wait for it.
 *
 * It may wait before it is ready, or read and try again, or end and be started anew, as a supervisor would do.
 */
export function startedWithoutRegistry({ hurt, ...words }: Started): Window<ConsumerTestbed, ConsumerView> {
  return window({
    ...words,
    needs: { capabilities: ['kill-service'] },
    faults: ['stop', hurt.fault.name],
    once: true,
    async enter(testbed) {
      const { instance, faults, history } = testbed
      const { inputs } = testbed.parts
      await faults.stop(instance)
      await askedMeanwhile(testbed, hurt, async () => {
        const input = await inputs.put(testbed.prepare())
        await inputs.put(testbed.prepare())
        // Whether it becomes ready is its own affair.
        testbed.starting = serviceBack(instance, (event) => history.record(event))
        return input
      })
    },
    entered(trial) {
      const seen = whileAsked(trial, hurt.fault)
      const input = markedInput(trial)
      const started = trial.first('proc', ({ event, seq }) => event === 'started' && seen?.has(seq) === true)
      if (!seen || !input || !started || !seen.has(input.seq)) return undefined
      return {
        grade: 'A',
        says: `${started.id} was started, with an event before it, and asked the registry, while ${seen.away.evidence}`,
        events: [seen.away.seq, input.seq, started.seq, seen.asked.seq, seen.back.seq],
      }
    },
    excluded: (trial) => didWithout(trial, markedInput(trial), hurt.fault),
    async release(testbed) {
      const { faults, instance } = testbed
      await healRegistry(registryUser(testbed), hurt)
      await testbed.starting
      if (instance.running) await faults.healLast('stop', async () => {})
      else await faults.startAgain(instance)
    },
  })
}
