import type { EventOf } from '../../../proof/history/event.ts'
import type { Entry, Trial } from '../../../proof/window.ts'
import type { ConsumerTestbed } from '../testbed/consumer-testbed.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { ownersOf } from '../view/group-log.ts'
import { consumerOf } from './marked-input.ts'

type Generation = EventOf<'k.group'>

/** A partition's way from one member of its group to another. */
export interface Takeover {
  readonly from: string
  readonly to: string
  readonly generation: Generation
}

/** What the group of a testbed said of itself so far, in order. */
export function generationsOf({ history, consumer }: ConsumerTestbed): readonly Generation[] {
  return history.all('k.group').filter(({ group }) => group === consumer.group)
}

/** Resolves with the members that own partitions, once there is more than one. @throws {DeadlinePassed} */
export function spread(testbed: ConsumerTestbed): Promise<ReadonlyMap<number, string>> {
  const { group, topic } = testbed.consumer
  const spread = () => {
    const last = generationsOf(testbed).at(-1)
    const owners = last && ownersOf(last, topic)
    return owners && new Set(owners.values()).size > 1 && owners
  }
  const seen = () => ownersSeen(testbed)
  return testbed.patience.until(`partitions of ${group} to belong to different members`, spread, { seen })
}

/** Resolves when one member owns every partition that was owned before. @throws {DeadlinePassed} */
export async function gathered(testbed: ConsumerTestbed): Promise<void> {
  const { group, topic } = testbed.consumer
  const alone = () => {
    const owners = generationsOf(testbed).map((generation) => ownersOf(generation, topic))
    const last = owners.at(-1)
    const most = Math.max(0, ...owners.map(({ size }) => size))
    return last !== undefined && last.size === most && new Set(last.values()).size === 1
  }
  const seen = () => ownersSeen(testbed)
  await testbed.patience.until(`all partitions of ${group} to belong to one member`, alone, { seen })
}

/** Resolves when the group has given the partition of one of these events to another member. @throws {DeadlinePassed} */
export async function handedOver(
  testbed: ConsumerTestbed,
  since: number,
  ...inputs: readonly EventOf<'input'>[]
): Promise<void> {
  const places = inputs.map(({ partition }) => partition).join(' or ')
  const what = `${testbed.consumer.group} to give partition ${places} to another member`
  const given = () => inputs.some((input) => takeoverAfter(generationsOf(testbed), input, since))
  await testbed.patience.until(what, given, { seen: () => ownersSeen(testbed) })
}

/** For how many milliseconds a group may wait for a member that is gone, and for one that does not ask for more. */
const LIMITS = ['session.timeout.ms', 'max.poll.interval.ms'] as const

/** Who owned what when the group spoke last, in words. */
function ownersSeen(testbed: ConsumerTestbed): string {
  const last = generationsOf(testbed).at(-1)
  if (last === undefined) return `nobody came to ${testbed.consumer.group}`
  const owned = [...ownersOf(last, testbed.consumer.topic)].map(
    ([partition, member]) => `${partition}: ${member}`,
  )
  const asked = testbed.history.all('k.asked')
  const tooLong = LIMITS.flatMap((name) => {
    const limit = Math.max(0, ...asked.map(({ settings }) => Number(settings[name] ?? 0)))
    return limit > testbed.reach ? [`${name} ${limit}`] : []
  })
  const waits =
    tooLong.length === 0
      ? ''
      : `; clients asked for ${tooLong.join(' and ')}, which expiry.env has to make shorter (a member that is told to end may also leave its group by itself)`
  return `generation ${last.generation} with ${last.members.length} members; ${owned.join(', ') || 'no partition is owned'}${waits}`
}

/** Where the history is now. */
export function lastSeq({ history }: ConsumerTestbed): number {
  return history.events.at(-1)?.seq ?? 0
}

/** What the group of a trial's scenario said of itself, in order. */
export function generationsIn(trial: Trial): readonly Generation[] {
  const group = consumerOf(trial)?.group
  return trial.history.filter(
    (event): event is Generation => event.kind === 'k.group' && event.group === group,
  )
}

/** What shows that no member can be told from another: events take effect, and nobody ever joined the group. */
export function assignedByHand(trial: Trial<ConsumerView>): Entry | undefined {
  if (generationsIn(trial).length > 0) return undefined
  const effect = trial.view.consumed.find(({ effects }) => effects.length > 0)?.effects[0]
  if (effect === undefined) return undefined
  return {
    grade: 'A',
    says: `nobody joined group ${consumerOf(trial)?.group}, and events took effect all the same: each instance takes its partitions by itself, and there are no members`,
    events: [effect.tx.seq],
  }
}

/** Who owned a partition when the event `seq` was written down; undefined where nobody did. */
export function ownerAt(
  generations: readonly Generation[],
  { topic, partition }: { readonly topic: string; readonly partition: number },
  seq: number,
): string | undefined {
  const generation = generations.findLast((one) => one.seq <= seq)
  return generation && ownersOf(generation, topic).get(partition)
}

/** The first time after `seq` that a partition belonged to somebody else than at `seq`. */
export function takeoverAfter(
  generations: readonly Generation[],
  place: { readonly topic: string; readonly partition: number },
  seq: number,
): Takeover | undefined {
  const from = ownerAt(generations, place, seq)
  if (from === undefined) return undefined
  for (const generation of generations) {
    const to = generation.seq > seq ? ownersOf(generation, place.topic).get(place.partition) : undefined
    if (to !== undefined && to !== from) return { from, to, generation }
  }
  return undefined
}
