/**
 * What each predicate promises, in a sentence for a reviewer. Only those that a shipped scenario judges;
 * docs/predicates.md has the formal statements.
 */
export const PREDICATES: Readonly<Record<string, string>> = {
  OA1: 'Every event of a committed transaction is on its topic once all faults are cleared.',
  OA2: 'Every record on the topic belongs to a committed transaction.',
  OA3: 'No record appears before its transaction has committed.',
  OA4: 'Key, value, type and headers of a record are those that the transaction committed.',
  OA5: 'The business row and its event are written by one transaction.',
  OA6: 'Copies of an event agree on id, key, partition and payload, and there are no more of them than faults explain.',
  OA7: 'A command that was confirmed is committed, one that was refused is not.',
  OA8: 'After a fault everything is published within the declared time, and one bad row does not hold up others.',
  OR1: 'Events of a key are on the log in the order in which they were committed.',
  OR2: 'Events of a key stay on one partition.',
  PC1: 'Every produce request asks for acks=all.',
  PC2: 'Every producer is idempotent: its batches carry a producer id and a sequence.',
  PS1: 'No stored value is larger than 1 MB.',
  SZ1: 'With no more events waiting than may wait, nothing runs.',
  SZ2: 'One event more wakes it within a polling interval and a second, by KEDA’s own doing, and a pod is soon ready and at work.',
  SZ3: 'Every event that was published at zero takes effect.',
  SZ4: 'When the work is done it goes back to zero within the cooldown, and not before the last effect.',
  SZ5: 'No more replicas run than there are partitions to own.',
  SZ6: 'Pods that are stopped lose nothing, and nothing is done twice.',
}

/** Those of them that a checker of this version asks. */
export function known(ids: readonly string[]): string[] {
  return ids.filter((id) => id in PREDICATES)
}
