import type { Rule } from '../rule.ts'
import { SCALERS, type SettingKind } from '../scaler-settings.ts'
import { FALSE, TRUE, WHOLE } from '../trigger.ts'

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/

/** Values that the scaler can't take: KEDA makes no scaler of the trigger, and the ScaledObject is never Ready. */
export const triggerValue: Rule = {
  name: 'trigger-value',
  *check({ triggers }) {
    const why = 'KEDA can make no scaler of it; the ScaledObject is not Ready and scales nothing'
    for (const { type, setting, metadata, field } of triggers) {
      for (const [key, { kind, required }] of Object.entries(SCALERS.get(type) ?? {})) {
        const { value, given, at } = setting(key)
        if (!given && required === true) {
          // The rule for text says it where something else is written.
          if (metadata.get(key).present && metadata.get(key).text !== '') continue
          const holder = metadata.present ? metadata : field
          yield {
            severity: 'error',
            at: holder,
            found: `${key} is missing`,
            why,
            fix: `add ${key} to the metadata`,
          }
        }
        if (value === undefined || fits(value, kind)) continue
        yield {
          severity: 'error',
          at,
          found: `${key} is "${value}"`,
          why,
          fix: `write ${expected(kind)}`,
        }
      }
      if (field.get('metricType').text === 'Utilization' && SCALERS.has(type)) {
        yield {
          severity: 'error',
          at: field.get('metricType'),
          found: 'metricType Utilization',
          why: `KEDA has no utilisation for ${type}: ${why}`,
          fix: 'write AverageValue, or leave metricType out',
        }
      }
    }
  },
}

function fits(value: string, kind: SettingKind): boolean {
  if (kind === 'text') return true
  if (kind === 'whole') return WHOLE.test(value)
  if (kind === 'number') return NUMBER.test(value)
  if (kind === 'flag') return TRUE.has(value) || FALSE.has(value)
  return kind.includes(value)
}

function expected(kind: SettingKind): string {
  if (kind === 'whole') return 'a whole number in quotes, such as "50"'
  if (kind === 'number') return 'a number in quotes, such as "100"'
  if (kind === 'flag') return '"true" or "false"'
  return typeof kind === 'string' ? 'text' : kind.map((each) => `"${each}"`).join(' or ')
}
