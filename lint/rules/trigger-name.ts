import { refused } from '../refused.ts'
import type { Rule } from '../rule.ts'

/** Names of triggers are what a formula speaks of: there may be each of them once. */
export const triggerName: Rule = {
  name: 'trigger-name',
  text: {
    finds: 'one name of two triggers',
    keda: 'the webhook refuses the object',
    source: 'apis/keda/v1alpha1/scaletriggers_types.go, ValidateTriggers',
    write: 'a name of its own for each trigger, or none',
  },
  *check({ triggers }) {
    const names = new Set<string>()
    for (const { field } of triggers) {
      const name = field.get('name').text
      if (name === undefined || name === '') continue
      if (names.has(name))
        yield refused(
          'webhook',
          field.get('name'),
          `a second trigger is named ${name}`,
          'give each trigger a name of its own',
        )
      names.add(name)
    }
  },
}
