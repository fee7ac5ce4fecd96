import type { NamedFault } from '../../../faults/named-fault.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import type { Entry, Trial } from '../../../proof/window.ts'
import {
  hurtRegistry,
  LATE,
  type RegistryHurt,
  type RegistryUser,
  registrySlow,
} from '../../testbed/registry-hurt.ts'
import type { ConsumerTestbed } from '../testbed/consumer-testbed.ts'
import type { Input, PreparedInput } from '../testbed/inputs.ts'
import { effectsOf } from './marked-input.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** A service asked a schema registry that was hurt, or tried to: so often until it was first seen. */
    'registry.asked': number
    /** An event that is put next is written by a schema whose id nobody has seen: which. */
    'schema.unseen': number
  }
}

/** Milliseconds: longer than clients ask again by themselves, and shorter than retries go on for. */
const HOLD = 2_000

/** @throws where the consumer is not declared to read through a registry */
export function registryUser({
  parts: { registry },
  consumer: { name },
  faults,
}: ConsumerTestbed): RegistryUser {
  if (registry === undefined) throw new Error(`consumers.${name}.event declares no registry`)
  return { name, registry, faults }
}

/** Another event of the marked key, by a schema that the consumer can't know before it asks. */
export async function byUnseenSchema(testbed: ConsumerTestbed): Promise<PreparedInput> {
  const schemaId = await testbed.parts.encoder?.anotherId()
  const { history } = testbed
  if (schemaId === undefined) {
    const text =
      'the declared schema has no other version that says the same, so that no id is new to the consumer: declare a record of Avro, a file of Protobuf or an object of JSON Schema in event.registry.schema'
    history.record({ kind: 'note', text })
    return testbed.prepare()
  }
  const prepared = testbed.prepare({ schemaId })
  history.record({ kind: 'fact', name: 'schema.unseen', subject: prepared.id, value: schemaId })
  return prepared
}

/**
 * Hurts the registry, lets something happen that asks for a schema, and keeps it so until that is asked for, and a while
 * longer. Waits as well for a consumer that can do without.
 * @param meanwhile resolves with the event whose schema the consumer has to ask for
 */
export async function askedMeanwhile(
  testbed: ConsumerTestbed,
  hurt: RegistryHurt,
  meanwhile: () => Promise<Input>,
): Promise<void> {
  const { history, outcomes, patience, parts } = testbed
  const user = registryUser(testbed)
  await hurtRegistry(user, hurt)
  const asked = user.registry.watch()
  const input = await meanwhile()
  const came = () => asked() > 0 || outcomes.effectOf(input) !== undefined
  await patience.until('a question to the schema registry', came)
  if (asked() > 0)
    history.record({ kind: 'fact', name: 'registry.asked', subject: user.name, value: asked() })
  await testbed.hold(hurt === registrySlow ? LATE + 1_000 : HOLD)
  const { seq = 0 } = history.events.at(-1) ?? {}
  await parts.commits.fence()
  if (outcomes.effectOf(input) === undefined)
    history.record({ kind: 'fact', name: 'effect.owed', subject: input.event, value: seq })
}

/** While the fault was there: when that was, and that the registry was asked; undefined where it was not. */
export function whileAsked(trial: Trial, fault: NamedFault) {
  const between = whileHurt(trial, fault)
  const asked = trial.facts('registry.asked').find(({ seq }) => between?.has(seq))
  return between && asked && { ...between, asked }
}

function whileHurt(trial: Trial, { name }: NamedFault) {
  const away = trial.first('fault.took-effect', ({ fault }) => fault === name)
  const back = trial.first('fault.healed', ({ fault }) => fault === name)
  return away && back && { away, back, has: (seq: number) => seq > away.seq && seq < back.seq }
}

/** An event took effect while the registry could tell nobody by which schema it is written, and nobody asked. */
export function didWithout(
  trial: Trial,
  input: EventOf<'input'> | undefined,
  fault: NamedFault,
): Entry | undefined {
  const between = whileHurt(trial, fault)
  const effect = input && effectsOf(trial, input).find(({ seq }) => between?.has(seq))
  if (between === undefined || input === undefined || effect === undefined || !between.has(input.seq))
    return undefined
  return {
    grade: 'A',
    says: `the consumer needs nothing of the registry: an event took effect while ${between.away.evidence}`,
    events: [between.away.seq, input.seq, effect.seq],
  }
}
