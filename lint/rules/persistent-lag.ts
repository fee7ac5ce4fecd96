import { consumerOf, kafkaTriggers } from '../kafka-trigger.ts'
import type { Complaint, Rule } from '../rule.ts'

/**
 * D10. A record that nobody can handle keeps its partition's lag, and with it the replicas. excludePersistentLag takes
 * an offset that did not move between two polls for such a record.
 */
export const persistentLag: Rule = {
  name: 'persistent-lag',
  text: {
    finds:
      'a declared consumer without a dead-letter topic; `excludePersistentLag` with a poll shorter than the longest work',
    keda: 'it takes an offset that did not move between two looks for lag that will stay',
    source: 'pkg/scalers/kafka_scaler.go, getLagForPartition',
    write: 'a dead-letter topic; a pollingInterval longer than the longest work',
    failure: 'D10',
  },
  *check(object, { context }): Iterable<Complaint> {
    for (const trigger of kafkaTriggers(object)) {
      const { longestWork = 0, name, deadLetters } = consumerOf(trigger, object, context) ?? {}
      const { at } = trigger.setting('excludePersistentLag')
      if (!trigger.flag('excludePersistentLag')) {
        if (deadLetters !== false) continue
        yield {
          severity: 'warning',
          at,
          found: `no excludePersistentLag, and ${name} declares no dead-letter topic`,
          why: 'the lag of a partition whose next event can never be handled only grows: it keeps consumers up, in the end as many as there may be',
          fix: 'send what can not be handled to a dead-letter topic, and declare it (retry.deadLetter)',
        }
      } else if (longestWork > object.pollingInterval * 1000) {
        const seconds = Math.ceil(longestWork / 1000)
        yield {
          severity: 'warning',
          at,
          found: `excludePersistentLag with pollingInterval ${object.pollingInterval} s, while one event takes ${name} up to ${seconds} s`,
          why: 'a slow event looks like one that never ends: its whole partition counts 0, and replicas are taken away while there is work',
          fix: `write pollingInterval: ${seconds} or more, or remove excludePersistentLag and send poison records to a dead-letter topic`,
        }
      }
    }
  },
}
