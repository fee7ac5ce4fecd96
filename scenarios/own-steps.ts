import { messageOf } from '../core/error.ts'
import type { Finding } from '../proof/finding.ts'
import type { ScenarioHistory } from '../proof/history/scenario-history.ts'
import type { OwnClaim } from '../proof/own-claims.ts'
import type { AddressBook } from './address-book.ts'

/** `before-load`: the subject runs and nothing was asked of it yet; `while-open`: in each trial, the window is open. */
export type OwnMoment = 'before-load' | 'while-open'

/** What a step of people's own does in the middle of an experiment. */
export interface OwnAct {
  /** The step's text. */
  readonly words: string
  readonly act: (addresses: AddressBook) => unknown
}

export type OwnActs = Readonly<Record<OwnMoment, readonly OwnAct[]>>

/** A subject that was led through all its trials and still runs. */
export interface Reached {
  readonly addresses: AddressBook
  /** What the predicates say of it so far. */
  readonly findings: readonly Finding[]
}

/** How an experiment is to be run. */
export interface RunWith {
  /** Why nothing is to be done: it is INCONCLUSIVE then. */
  readonly spoiled?: string
  /** Called while the subject still runs, after its trials; resolves with what people claimed of it themselves. */
  readonly claims?: (reached: Reached) => Promise<readonly OwnClaim[]>
}

interface Surroundings {
  readonly addresses: AddressBook
  readonly history: ScenarioHistory
  readonly signal: AbortSignal
}

/** Milliseconds that one of them may take. */
const PATIENCE = 60_000

/** Code of people's own, run in the middle of an experiment; the history says when. */
export class OwnSteps {
  readonly #acts: OwnActs
  readonly #around: Surroundings

  constructor(acts: OwnActs, around: Surroundings) {
    this.#acts = acts
    this.#around = around
  }

  /** @throws where one of them fails or does not end in time */
  async perform(moment: OwnMoment): Promise<void> {
    const { addresses, history, signal } = this.#around
    for (const { words, act } of this.#acts[moment]) {
      history.record({ kind: 'note', text: `own step: ${words}` })
      try {
        await inTime(Promise.resolve(act(addresses)), signal)
      } catch (cause) {
        throw new Error(`the step '${words}' failed: ${messageOf(cause)}`, { cause })
      }
    }
  }
}

async function inTime(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  work.catch(() => {})
  const over = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)])
  await Promise.race([
    work,
    new Promise((_, reject) => over.addEventListener('abort', () => reject(over.reason), { once: true })),
  ])
}
