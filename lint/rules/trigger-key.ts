import { nearest } from '../../core/nearest.ts'
import type { Rule } from '../rule.ts'
import { SCALERS } from '../scaler-settings.ts'

const FROM_ENV = 'FromEnv'

/** Metadata that the scaler does not read: KEDA ignores it without a word and takes its default instead. */
export const triggerKey: Rule = {
  name: 'trigger-key',
  *check({ triggers }) {
    for (const { type, metadata } of triggers) {
      const settings = SCALERS.get(type)
      if (settings === undefined) continue
      const known = Object.keys(settings)
      for (const [key, field] of metadata.entries()) {
        const name = key.endsWith(FROM_ENV) ? key.slice(0, -FROM_ENV.length) : key
        if (settings[key] !== undefined || settings[name]?.fromEnv === true) continue
        const meant = settings[name] === undefined ? nearest(key, known) : name
        yield {
          severity: meant === undefined ? 'warning' : 'error',
          at: field,
          found: `the ${type} scaler reads no ${key}`,
          why: 'KEDA ignores it without a word; what it was meant to set keeps its default',
          fix: meant === undefined ? `remove it; known: ${known.join(', ')}` : `write ${meant}`,
        }
      }
    }
  },
}
