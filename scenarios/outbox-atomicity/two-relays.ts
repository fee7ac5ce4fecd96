import type { ArmedWindow } from '../window.ts'
import { committed, markedKey, othersPublished } from './marked.ts'

/**
 * W8: two relays work on one outbox, and one of them stands still with rows that it has claimed.
 *
 * The first relay's link swallows requests: what it has claimed it can't publish. The second relay is not hurt.
 * Changes of one aggregate that come one after the other then meet both relays.
 */
export const twoRelays: ArmedWindow = {
  id: 'W8',
  title: 'two relays, one stuck with what it claimed',
  needs: { capabilities: ['links'], links: ['relay→kafka'], relays: 2 },
  instruments: ['link'],
  async arm(lab) {
    const link = lab.link('relay→kafka')
    await lab.instruments.blackhole(link, 'requests')
    // Whoever claims first decides the trial, so the aggregate changes often enough for both to get some of it.
    for (let change = 0; change < 6; change++) {
      await lab.load.place(lab.markedKey)
      const { command } = await lab.load.place(lab.otherKeys[change % lab.otherKeys.length] ?? lab.otherKey)
      await lab.announced(command, 300).catch(() => {})
    }
    const traffic = await link.traffic()
    await lab.history.waitFor('k.record', ({ key, seq }) => key !== lab.markedKey && seq > lab.trialBegan, {
      what: 'a record from the relay that is not hurt',
      deadline: lab.reach,
    })
    lab.instruments.swallowed(link, `${traffic.requests} bytes went into the link of the first relay`)
  },
  entered(trial) {
    const tx = committed(trial)
    const hole = trial.first('fault.armed', (event) => event.fault === 'link')
    const bitten = trial.first('fault.bitten', (event) => event.fault === 'link')
    const healed = trial.first('fault.cleared', (event) => event.fault === 'link')
    if (!tx || !hole || !bitten || !healed) return undefined
    const others = othersPublished(trial, hole.seq).filter(({ seq }) => seq < healed.seq)
    const producers = new Set(
      trial.history.flatMap((event) =>
        event.kind === 'k.record' && event.producerId >= 0 ? [event.producerId] : [],
      ),
    )
    const first = others[0]
    if (!first) return undefined
    return {
      grade: 'A',
      says: `one relay could not reach the broker while the other published ${others.length} events (${producers.size} producers on the log); ${markedKey(trial)} changed meanwhile`,
      events: [hole.seq, tx.seq, first.seq, healed.seq],
    }
  },
  open: (lab) => lab.instruments.heal(lab.link('relay→kafka')),
}
