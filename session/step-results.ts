import type { StepResult } from '../steps/step-result.ts'
import type { Envelope } from './messages.ts'
import type { Pickle } from './pickle.ts'

interface Messages {
  readonly testCase?: {
    readonly testSteps: readonly { readonly id: string; readonly pickleStepId?: string }[]
  }
  readonly testStepFinished?: {
    readonly testStepId: string
    readonly testStepResult: {
      readonly status: string
      readonly message?: string
      readonly exception?: { readonly type: string; readonly message?: string }
    }
  }
}

type Finished = NonNullable<Messages['testStepFinished']>['testStepResult']

/** What each step of a scenario came to, from Cucumber's messages. A hook that failed stands before the first step. */
export class StepResults {
  readonly #pickle: Pickle
  /** Ids of the test's steps, in the order of the scenario; hooks are left out. */
  #ids: readonly string[] = []
  readonly #finished = new Map<string, Finished>()
  #hook: Finished | undefined

  constructor(pickle: Pickle) {
    this.#pickle = pickle
  }

  add(envelope: Envelope): void {
    const { testCase, testStepFinished } = envelope as Messages
    if (testCase) this.#ids = testCase.testSteps.flatMap(({ id, pickleStepId }) => (pickleStepId ? [id] : []))
    if (testStepFinished === undefined) return
    const { testStepId, testStepResult } = testStepFinished
    if (this.#ids.includes(testStepId)) this.#finished.set(testStepId, testStepResult)
    else if (testStepResult.status === 'FAILED') this.#hook ??= testStepResult
  }

  get all(): StepResult[] {
    const { steps, line } = this.#pickle
    const results = steps.map(({ text, type, line: at }, n) =>
      this.#result({ text, type }, at, this.#finished.get(this.#ids[n] ?? '')),
    )
    if (this.#hook === undefined) return results
    return [this.#result({ text: 'a hook', type: 'Context' }, line, this.#hook), ...results]
  }

  #result(step: Pick<StepResult, 'text' | 'type'>, line: number, finished: Finished | undefined): StepResult {
    const { status, message, exception } = finished ?? { status: 'UNKNOWN' }
    const said = exception?.message ?? message ?? ''
    const well = status === 'PASSED' || status === 'SKIPPED'
    return {
      ...step,
      status,
      says: well ? '' : shortly(said) || `a step is ${status.toLowerCase()}`,
      ...(exception ? { thrown: exception.type } : {}),
      place: `${this.#pickle.uri}:${line}`,
    }
  }
}

/** An assertion's first line does not say what was found. */
function shortly(said: string): string {
  const lines = said.split('\n').map((line) => line.trim())
  return lines.filter(Boolean).slice(0, 3).join(' ')
}
