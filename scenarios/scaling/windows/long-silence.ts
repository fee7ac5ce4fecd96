import { window } from '../window.ts'
import { scalingOf } from './scaling-of.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** Offsets that a group has, after they were to expire. */
    'offsets.left': number
    /** Records that a topic has, after they were to expire. */
    'records.left': number
  }
}

/**
 * W24e: so long nothing came that both the records and the group's offsets have expired; then work comes again.
 *
 * Done by deleting them, as the broker's own cleaner would after days. KEDA's `latest` takes that for one event a
 * partition, `scaleToZeroOnInvalidOffset` for nothing for ever, and a consumer that begins at the end misses what
 * came before it ran.
 */
export const longSilence = window({
  id: 'W24e',
  phrase: 'nothing is published until records and offsets have expired',
  title: 'records and offsets have expired at zero',
  held: "the group's offsets and the topic's records are removed",
  shown:
    'the broker, asked again, has no offset of the group and no record of the topic when new events come',
  needs: {},
  faults: [],
  alone: true,
  async enter(testbed) {
    await testbed.atZero()
    await testbed.parts.clusterFaults.expire()
    await testbed.hold(3000 * testbed.scaling.pollingInterval)
    await testbed.put(testbed.scaling.activationLagThreshold + 1)
    await testbed.awake()
  },
  entered(trial) {
    const scaling = scalingOf(trial)
    const left = (name: 'offsets.left' | 'records.left', subject: string | undefined) =>
      trial.facts(name).find((fact) => fact.subject === subject)
    const offsets = left('offsets.left', scaling?.consumer.group)
    const records = left('records.left', scaling?.consumer.topic)
    if (!scaling || offsets?.value !== 0 || records?.value !== 0) return undefined
    const after = trial.events.filter((event) => event.kind === 'input' && event.seq > records.seq)
    if (after.length <= scaling.activationLagThreshold) return undefined
    return {
      grade: 'A',
      says: `${scaling.consumer.group} had no offset of ${scaling.consumer.topic}, and no record was left on it, when ${after.length} events came`,
      events: [offsets.seq, records.seq, ...after.slice(0, 3).map(({ seq }) => seq)],
    }
  },
  async release() {},
})
