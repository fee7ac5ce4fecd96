import { type Brand, brand } from '../core/brand.ts'
import type { Needs } from '../faults/fault.ts'
import type { GateName } from '../proof/history/gate-name.ts'
import type { Trait } from '../proof/history/plan.ts'
import type { View } from '../proof/history/view.ts'
import type { JudgedWindow } from '../proof/window.ts'

/**
 * A window that can be entered: its words, how to enter it, what the history must show, how to let go.
 * Adding a window is adding a file that exports one of these.
 */
export interface Window<T, V extends View = View> extends JudgedWindow<V> {
  /** The words by which Gherkin names it; `{string}` where it is about something that the feature says. */
  readonly phrase: string
  readonly needs: Needs
  /** Faults that it injects itself, by name; each must take effect. */
  readonly faults: readonly string[]
  /** Gates that it closes; somebody must wait at each. */
  readonly gates?: readonly GateName[]
  /** What it puts to the test, where a predicate or a guard has to know. */
  readonly traits?: readonly Trait[]
  /** The load flows only once the window is open: what is placed to open it must come first. */
  readonly alone?: true
  /** One trial holds what others have several for, because it takes long. */
  readonly once?: true
  /**
   * Opens the window and resolves while it is open.
   * @param words what the feature said where the phrase has `{string}`
   * @throws {DeadlinePassed} when the subject does not get there: the trial is not entered, which the guards say.
   */
  enter(testbed: T, words: readonly string[]): Promise<void>
  /** Lets everything go on. Runs in any case, also when entering failed. */
  release(testbed: T): Promise<void>
}

/** How windows over one sort of testbed are written and found: `window({ … })`, exported by a file of its own. */
export function windowsOver<T, V extends View>(): {
  readonly window: (definition: Window<T, V>) => Window<T, V>
  readonly isWindow: Brand<Window<T, V>>['is']
} {
  const { make, is } = brand<Window<T, V>>()
  return { window: make, isWindow: is }
}
