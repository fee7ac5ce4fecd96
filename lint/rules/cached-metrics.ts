import { refused } from '../refused.ts'
import type { Rule } from '../rule.ts'

const UNSUPPORTED = ['cpu', 'memory', 'cron']

/** useCachedMetrics where nothing is asked that could be kept. */
export const cachedMetrics: Rule = {
  name: 'cached-metrics',
  text: {
    finds: 'useCachedMetrics on cpu, memory or cron',
    keda: 'the webhook refuses the object',
    source: 'apis/keda/v1alpha1/scaletriggers_types.go, ValidateTriggers',
    write: 'nothing: leave useCachedMetrics out of that trigger',
  },
  *check({ triggers }) {
    for (const { field, type } of triggers) {
      const cached = field.get('useCachedMetrics')
      if (cached.value === true && UNSUPPORTED.includes(type))
        yield refused(
          'webhook',
          cached,
          `useCachedMetrics on a ${type} trigger`,
          'leave it out',
          `${type} asks nobody`,
        )
    }
  },
}
