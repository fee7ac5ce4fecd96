import type { EventBase, EventOf, GroupMember } from '../../../proof/history/event.ts'
import { Completions } from '../predicates/completion.ts'
import { type ConsumedEvent, isDiverted, isFailing, keyOf } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { effectName } from '../view/effect-name.ts'

/** Events that were delivered and applied once, whose offset is committed, and that nothing newer of their key stands for. */
export function applied(view: ConsumerView): ConsumedEvent[] {
  const completions = new Completions(view)
  const newest = new Map<string, number>()
  for (const event of view.consumed) {
    const key = keyOf(event) ?? ''
    for (const { version } of event.inputs) newest.set(key, Math.max(version, newest.get(key) ?? version))
  }
  return view.consumed.filter(
    (event) =>
      event.deliveries.length === 1 &&
      event.effects.length === 1 &&
      view.standing(event).length === 1 &&
      !isDiverted(event) &&
      !isFailing(event) &&
      (!view.effects.overwrites || event.inputs[0]?.version === newest.get(keyOf(event) ?? '')) &&
      completions.of(event) !== undefined,
  )
}

/** The `n`th event behind everything that was seen. */
export function behind({ events, plan }: ConsumerView, n: number): EventBase {
  const last = events.at(-1)
  return { seq: (last?.seq ?? 0) + n, at: last?.at ?? 0, scenario: plan.id }
}

/** A state of the group in which members own partitions of the declared topic, behind all that its log holds. */
export function groupState(
  view: ConsumerView,
  n: number,
  owners: Readonly<Record<string, readonly number[]>>,
): EventOf<'k.group'> {
  const { group, topic } = view.plan.consumer
  const last = view.group.generations.at(-1)
  const members: GroupMember[] = Object.entries(owners).map(([memberId, partitions]) => ({
    memberId,
    clientId: memberId,
    instanceId: null,
    partitions: partitions.map((partition) => ({ topic, partition })),
  }))
  const generation = (last?.generation ?? 0) + n
  const position = (last?.position ?? 0) + n
  const state = { group, type: 'consumer', generation, protocol: null, members, position } as const
  return { ...behind(view, n), kind: 'k.group', ...state }
}

/** By what gates and probes know an event. */
export function probeName({ id, inputs }: ConsumedEvent, { plan }: ConsumerView): string {
  return effectName(plan.consumer, { id, key: inputs[0]?.key ?? '', amount: inputs[0]?.amount ?? 0 })
}
