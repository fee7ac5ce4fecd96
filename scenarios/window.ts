import type { JudgedWindow } from '../proof/window.ts'
import type { Capability } from '../stacks/stack.ts'
import type { PublisherTestbed } from './publishing/testbed/publisher-testbed.ts'
import type { FaultName } from './testbed/fault-log.ts'

/** What an experiment needs beside the subject itself. */
export interface Needs {
  readonly capabilities?: readonly Capability[]
  /** Links of the relay that must exist, because they are hurt. */
  readonly links?: readonly ('relay→kafka' | 'service→postgres')[]
  /** A database server of its own, because it is crashed. */
  readonly ownServer?: boolean
  /** A component that no other scenario may use at the same time. */
  readonly exclusive?: 'connect'
  /** Instances of the relay; default 1. */
  readonly relays?: number
  /** Instances of the consumer; default 1. */
  readonly consumers?: number
  /** Sessions and polls must time out early, as the consumer's config says how. */
  readonly expiry?: true
  /** The service that minds dead letters, which lets them go when it is told to, or by itself every second. */
  readonly redrive?: 'approved' | 'scheduled'
}

/**
 * A window that can be entered: how to arm it, what the history must show, how to let go.
 * Adding a window is adding a file with one of these and naming it in `windows.ts`.
 */
export interface Window<T = PublisherTestbed> extends JudgedWindow {
  readonly needs: Needs
  /** FaultLog that it uses itself; each must fault. */
  readonly faults: readonly FaultName[]
  /** The load flows only once the window is open: what is placed to open it must come first. */
  readonly alone?: true
  /** One trial holds what others have several for, because it takes long. */
  readonly once?: true
  /**
   * Opens the window and resolves while it is open.
   * @throws {DeadlinePassed} when the subject does not get there: the trial is not entered, which the guards say.
   */
  arm(testbed: T): Promise<void>
  /** Lets everything go on. Runs in any case, also when arming failed. */
  open(testbed: T): Promise<void>
}

/** What is done to the subject while the window is open, and how it is undone. */
export interface Fault<T = PublisherTestbed> {
  readonly says: string
  readonly faults: readonly FaultName[]
  readonly needs: Needs
  inject(testbed: T): Promise<void>
  heal(testbed: T): Promise<void>
}
