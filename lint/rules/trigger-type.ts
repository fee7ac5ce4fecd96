import { SCALERS } from '../keda/scaler.ts'
import { meant } from '../meant.ts'
import { refused } from '../refused.ts'
import type { Rule } from '../rule.ts'

/** A type of trigger that KEDA has no scaler for. It is compared letter by letter: `Kafka` is none. */
export const triggerType: Rule = {
  name: 'trigger-type',
  text: {
    finds: 'a trigger type that no scaler is of, with the nearest name',
    keda: 'it is taken by API server and webhook; then KEDA says "no scaler found for type", and no trigger of the object is asked',
    source: 'pkg/scaling/scalers_builder.go, buildScaler',
    write: 'the name of a scaler, in small letters with hyphens',
  },
  *check({ triggers }) {
    const known = [...SCALERS.keys()]
    for (const { type, field, scaler } of triggers) {
      if (type === '' || scaler !== undefined || typeof field.get('type').value !== 'string') continue
      const name = meant(type, known)
      yield refused(
        'scaler',
        field.get('type'),
        `no scaler of type ${type}${name === undefined ? '' : ` (${name}?)`}`,
        name === undefined ? `write one of ${known.join(', ')}` : `write type: ${name}`,
      )
    }
  },
}
