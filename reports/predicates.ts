/**
 * What each predicate promises, in a sentence for a reviewer. Only those that a shipped scenario judges;
 * docs/predicates.md has the formal statements.
 */
export const PREDICATES: Readonly<Record<string, string>> = {
  OA1: 'Every event of a committed transaction is on its topic once all faults are cleared.',
  OA2: 'Every record on the topic belongs to a committed transaction.',
  OA3: 'No record appears before its transaction has committed.',
  OA4: 'The value and the type of a record are those that the transaction committed, and no declared header is missing.',
  OA5: 'The business row and its event are written by one transaction.',
  OA6: 'Copies of an event agree on id, key, partition and payload, and there are no more of them than faults explain.',
  OA7: 'A command that was confirmed is committed, one that was refused is not.',
  OA8: 'After a fault everything is published within the declared time, and one bad row does not hold up others.',
  OR1: 'Events of a key are on the log in the order in which they were committed.',
  OR2: 'Events of a key stay on one partition.',
  PC1: 'Every produce request asks for acks=all.',
  PC2: 'Every producer is idempotent: its batches carry a producer id and a sequence.',
  PS1: 'No stored value is larger than 1 MB.',
  IC1: 'Every event that was delivered takes effect exactly once, or is kept as a dead letter.',
  IC2: 'What is remembered of an event is written by the transaction that brings its effect.',
  IC3: 'No offset is committed past an effect that is not durable.',
  IC4: 'A member that lost its partition while at work adds no second effect and writes nothing older.',
  IC5: 'Events with different ids both take effect, even with equal bodies or keys.',
  IC6: 'Each event that takes effect has one output, which says what was committed, and not before it was.',
  IC7: 'A copy that comes within the declared time is still recognised.',
  IC8: 'Calls to the outside for one event carry one idempotency key.',
  RD1: 'What fails is tried as often as declared: until it succeeds, or is a dead letter.',
  RD2: 'Each retry waits for its declared delay, and not much longer.',
  RD3: 'What can not be handled becomes a dead letter and leaves no effect.',
  RD4: 'A dead letter is the delivered record, byte for byte, and says where it came from and why.',
  RD5: 'What no retry can help is tried once.',
  RD6: 'An event that fails holds up no other, and nobody of its key overtakes it where it is retried in place.',
  RD7: 'While retries or dead letters can not be stored, the group does not go past what belongs there.',
  RD8: 'What was delivered is what took effect and what is a dead letter, each event in one of the two.',
  RD9: 'A dead letter that comes again when its cause is gone is handled afresh.',
  RD10: 'A dead letter that can not be handled either makes no new dead letters.',
  RD11: 'Somebody is told of each event that became a dead letter.',
  RD12: 'A dead letter that fails again after every redrive is put aside: once, and not before.',
  OR3: 'Events of a key take effect in the order in which they lie on their partition.',
  OR4: 'A new owner of a partition goes on where the group had committed and leaves nothing out.',
  OR5: 'What is known of an entity never gets older.',
  CG1: 'The group hands partitions over one by one, by the broker’s or a cooperative assignor.',
  CG2: 'While the group changes, partitions that keep their owner are worked on.',
  CG3: 'Every worker that is declared can own a partition.',
  SZ1: 'With no more events waiting than may wait, nothing runs.',
  SZ2: 'One event more wakes it within a polling interval and a second, by KEDA’s own doing, and a pod is soon ready and at work.',
  SZ3: 'Every event that was published at zero takes effect.',
  SZ4: 'When the work is done it goes back to zero within the cooldown, and not before the last effect.',
  SZ5: 'No more replicas run than there are partitions to own.',
  SZ6: 'Pods that are stopped lose nothing, and nothing is done twice.',
  SZ7: 'The manifests ask for what is claimed: the linter finds no error in them.',
  SZ8: 'While so much waits that it asks for more replicas, more are asked for, up to the partitions.',
}

/** Those of them that a predicate of this version asks. */
export function known(ids: readonly string[]): string[] {
  return ids.filter((id) => id in PREDICATES)
}
