import { setTimeout as pause } from 'node:timers/promises'
import { DeadlinePassed, type UntilOptions, until } from '../../core/until.ts'

/** Milliseconds with a switched-off fault: what is waited for will not come, which needs no long wait to be seen. */
const REACH_DISARMED = 3_000
const HOLD_DISARMED = 500

export interface PatienceOptions {
  /** A fault is switched off. */
  readonly disarmed: boolean
  /** Milliseconds that a subject has to get to where a window opens. */
  readonly reach: number
  /** Ends every wait. */
  readonly signal: AbortSignal
}

type Look<T> = Parameters<typeof until<T>>[0]
type Limits = Pick<UntilOptions, 'every' | 'seen'> & { readonly deadline?: number }

/** How long it is waited for something that a switched-off fault keeps from coming. */
export function unlessDisarmed(disarmed: boolean, milliseconds: number): number {
  return disarmed ? REACH_DISARMED : milliseconds
}

/** How a testbed waits, and for how long. */
export class Patience {
  readonly #options: PatienceOptions

  constructor(options: PatienceOptions) {
    this.#options = options
  }

  get reach(): number {
    const { disarmed, reach } = this.#options
    return unlessDisarmed(disarmed, reach)
  }

  /** Resolves with what `look` finds, within the reach if no other deadline is given. @throws {DeadlinePassed} */
  until<T>(what: string, look: Look<T>, { deadline = this.reach, ...limits }: Limits = {}): Promise<T> {
    return until(look, { ...limits, what, deadline, signal: this.#options.signal })
  }

  /** As {@link until}. @returns false when the deadline passed before */
  async within(what: string, look: Look<boolean>, limits: Limits): Promise<boolean> {
    try {
      return await this.until(what, look, limits)
    } catch (error) {
      if (error instanceof DeadlinePassed) return false
      throw error
    }
  }

  /** Keeps a state for so long; ends early when the run is aborted. Not for waiting until something is there. */
  async hold(milliseconds: number): Promise<void> {
    const { disarmed, signal } = this.#options
    await pause(disarmed ? Math.min(milliseconds, HOLD_DISARMED) : milliseconds, undefined, { signal })
  }
}
