import { consumerOf, kafkaTriggers } from '../kafka-trigger.ts'
import type { Rule } from '../rule.ts'

/** D10. excludePersistentLag takes an offset that did not move between two polls for a poison record. */
export const persistentLag: Rule = {
  name: 'persistent-lag',
  *check(object, { context }) {
    for (const trigger of kafkaTriggers(object)) {
      const { longestWork = 0, name } = consumerOf(trigger, object, context) ?? {}
      if (!trigger.flag('excludePersistentLag') || longestWork <= object.pollingInterval * 1000) continue
      const seconds = Math.ceil(longestWork / 1000)
      yield {
        severity: 'warning',
        at: trigger.setting('excludePersistentLag').at,
        found: `excludePersistentLag with pollingInterval ${object.pollingInterval} s, while one event takes ${name} up to ${seconds} s`,
        why: 'a slow event looks like one that never ends: its whole partition counts 0, and replicas are taken away while there is work',
        fix: `write pollingInterval: ${seconds} or more, or remove excludePersistentLag and send poison records to a dead-letter topic`,
      }
    }
  },
}
