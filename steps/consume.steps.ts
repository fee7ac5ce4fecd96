import { Given, When } from '@cucumber/cucumber'
import type { ConsumerTestbed } from '../scenarios/consuming/testbed/consumer-testbed.ts'
import type { Fault, Window } from '../scenarios/window.ts'
import { expectations } from './expectations.ts'
import type { ProofWorld } from './world.ts'

Given('the consumer under test is handling events', function (this: ProofWorld) {
  // Every experiment begins with that; naming a consumer that does not exist fails here.
  this.consumer.capabilities
})

When('{consumer-window}', function (this: ProofWorld, window: Window<ConsumerTestbed>) {
  this.consumer.enter(window)
})

When(
  '{consumer-fault} while {consumer-window}',
  function (this: ProofWorld, fault: Fault<ConsumerTestbed>, window: Window<ConsumerTestbed>) {
    this.consumer.enter(window, fault)
  },
)

expectations({
  'every event takes effect exactly once': 'IC1',
  'an event is remembered in the transaction of its effect': 'IC2',
  'no progress is stored before its effect is durable': 'IC3',
  'every worker can own a partition': 'CG3',
  'events are tried as often as declared': 'RD1',
  'retries wait as long as declared': 'RD2',
  'what cannot be handled becomes a dead letter': 'RD3',
  'a dead letter is the original and says why it is there': 'RD4',
  'what no attempt can help is not tried again': 'RD5',
  'events that fail hold up no others': 'RD6',
  'what cannot be kept as a dead letter is kept where it is': 'RD7',
  'every event takes effect once or is a dead letter': 'RD8',
  'a dead letter that comes again is handled afresh': 'RD9',
  'a dead letter makes no dead letters': 'RD10',
  'a dead letter that fails after every redrive is put aside': 'RD12',
  'somebody is told of each dead letter': 'RD11',
  'its producers ask for full acknowledgement': 'PC1',
  'its producers are idempotent': 'PC2',
  'who lost a partition changes nothing any more': 'IC4',
  'events with different ids are different events': 'IC5',
  'what it publishes follows from what is committed': 'IC6',
  'a copy is recognised however late it comes': 'IC7',
  'events of one key take effect in their order': 'OR3',
  'a new owner goes on where the group had come to': 'OR4',
  'what is known of an entity never gets older': 'OR5',
  'the group hands partitions over one by one': 'CG1',
  'partitions that do not move are worked on': 'CG2',
})
