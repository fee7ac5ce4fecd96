import { type IWorldOptions, World } from '@cucumber/cucumber'
import type { AddressBook } from '../scenarios/address-book.ts'
import type { RunningScenario } from './running-scenario.ts'

/** What Cucumber and a session hand to a world. */
export interface ProofWorldOptions extends IWorldOptions {
  readonly scenario: RunningScenario
}

/**
 * What `this` is in every step. A world of people's own extends it and hands its options on:
 *
 *     setWorldConstructor(class extends ProofWorld { … })
 */
export class ProofWorld extends World {
  readonly scenario: RunningScenario

  constructor(options: ProofWorldOptions) {
    super(options)
    this.scenario = options.scenario
  }

  /** Where the parts of the running scenario are. @throws before the first `Then`: nothing runs yet */
  get addresses(): AddressBook {
    return this.scenario.addresses
  }

  /** Runs this once the subject is up and before any load: to prepare tables, topics or the service itself. */
  beforeLoad(act: (addresses: AddressBook) => unknown): void {
    this.scenario.insert('before-load', act)
  }

  /** Runs this in each trial while its window is open, after our own faults were injected. */
  whileOpen(act: (addresses: AddressBook) => unknown): void {
    this.scenario.insert('while-open', act)
  }
}
