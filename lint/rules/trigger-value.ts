import { expectedInstead } from '../keda/parse-value.ts'
import type { Parameter } from '../keda/scaler.ts'
import { refused } from '../refused.ts'
import type { Complaint, Rule } from '../rule.ts'
import type { Trigger } from '../trigger.ts'

/** Values that the scaler can't take: KEDA makes no scaler of the trigger, and the ScaledObject is never Ready. */
export const triggerValue: Rule = {
  name: 'trigger-value',
  text: {
    finds:
      'values that the scaler can not parse, settings that it can not do without, settings that were removed',
    keda: 'it makes no scaler: the ScaledObject is not Ready, and none of its triggers is asked',
    source: 'pkg/scalers/scalersconfig/typed_config.go, setValue, by the tags of the scaler’s typed config',
    write: 'a value of the type that the finding names',
  },
  *check({ triggers }) {
    for (const trigger of triggers)
      for (const parameter of trigger.scaler?.parameters ?? []) yield* wrongIn(trigger, parameter)
  },
}

function* wrongIn(trigger: Trigger, parameter: Parameter): Iterable<Complaint> {
  const { metadata, field, setting } = trigger
  const { names, from, required, removed } = parameter
  const [name = ''] = names
  const { value, given, absent, at } = setting(name)
  if (removed !== undefined) {
    if (given) yield refused('scaler', at, `${name} is no setting any more`, removed)
    return
  }
  if (required === true && absent && !given) {
    // The rule for text says it where something else is written.
    if (metadata.get(name).present && typeof metadata.get(name).value !== 'string') return
    const place = from.includes('triggerMetadata')
      ? `add ${name} to the metadata`
      : `give it as parameter: ${name} of a TriggerAuthentication, named in authenticationRef`
    yield refused('scaler', metadata.present ? metadata : field, `${names.join(' or ')} is missing`, place)
  }
  const expected = value === undefined ? undefined : expectedInstead(parameter, value)
  if (expected !== undefined) yield refused('scaler', at, `${name} is "${value}"`, `write ${expected}`)
}
