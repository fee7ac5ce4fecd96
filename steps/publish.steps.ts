import { Given, When } from '@cucumber/cucumber'
import {
  nextAcknowledgementLate,
  nextAcknowledgementLost,
} from '../scenarios/publishing/windows/next-request.ts'
import type { Fault, Window } from '../scenarios/window.ts'
import { expectations } from './expectations.ts'
import type { ProofWorld } from './world.ts'

Given('the publisher under test is taking orders', function (this: ProofWorld) {
  // Every experiment begins with that; naming a publisher that does not exist fails here.
  this.publisher.components
})

When('{window}', function (this: ProofWorld, window: Window) {
  this.publisher.enter(window)
})

When('{fault} while {window}', function (this: ProofWorld, fault: Fault, window: Window) {
  this.publisher.enter(window, fault)
})

When(
  'the broker stores the next record on {string} but its acknowledgement is lost',
  enter(nextAcknowledgementLost),
)
When(
  'the broker stores the next record on {string} but its acknowledgement is late',
  enter(nextAcknowledgementLate),
)

/** A window about one topic, by its name in the config. */
function enter(window: (topic: string) => Window) {
  return function (this: ProofWorld, topic: string) {
    this.publisher.enter(window(topic))
  }
}

expectations({
  'every committed order is published': 'OA1',
  'nothing is published that was not committed': 'OA2',
  'nothing is published before its commit': 'OA3',
  'events say what was committed': 'OA4',
  'an order and its event are one transaction': 'OA5',
  'copies of an event are identical': 'OA6',
  'clients are told the truth': 'OA7',
  'publishing goes on in time': 'OA8',
  'events of one order keep their order': 'OR1',
  'events of one order share a partition': 'OR2',
  'producers ask for full acknowledgement': 'PC1',
  'producers are idempotent': 'PC2',
  'no event is larger than 1 MB': 'PS1',
})
