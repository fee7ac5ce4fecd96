import { factsOf } from '../proof/history/recorded-fact.ts'
import type { ScenarioHistory } from '../proof/history/scenario-history.ts'
import type { RunningConnect } from '../stacks/stack.ts'
import { subjectBack } from './subject-back.ts'

declare module '../proof/history/fact.ts' {
  interface Facts {
    /** The backend that streams from a replication slot. */
    'slot.holder': number
  }
}

declare module './fault.ts' {
  interface Targets {
    connector: Capture
  }
}

/** A connector that captures a database's changes, on a worker of Connect. */
export interface Capture {
  readonly connector: {
    readonly name: string
    restartTask(): Promise<void>
    /**
     * Resolves with the backend that streams to it; another one than `before`, where given.
     * @throws an error whose cause is {@link DeadlinePassed}, with Connect's own words
     */
    capturing(deadline: number, before?: number): Promise<number>
  }
  readonly connect: RunningConnect
  /** Its replication slot, by name. */
  readonly slot: string
  /** Of the database. */
  readonly url: string
  readonly history: ScenarioHistory
  /** No further trial comes. */
  readonly lastTrial: boolean
}

/** Milliseconds for a connector to capture again. */
const AGAIN = 30_000

/**
 * Captures again; with `anew` through another backend than before, for the old one may linger a moment.
 * The backend that holds the slot is recorded from the look that saw it: Debezium may let go of it once more. A
 * connector that does not capture again is not what we could not clear, but a relay that does not publish.
 */
export async function capturingAgain(capture: Capture, restarted: string, anew = false): Promise<boolean> {
  const { connector, history } = capture
  const before = factsOf(history.all('fact'), 'slot.holder').at(-1)?.value
  const again = connector.capturing(AGAIN, anew ? before : undefined)
  const holder = await subjectBack(again, (event) => history.record(event))
  if (holder === undefined) return true
  history.record({ kind: 'fact', name: 'component.restarted', subject: connector.name, value: restarted })
  recordHolder(capture, holder)
  return true
}

/** Which backend streams, recorded as a fact; undefined where the connector does not capture. */
export async function noteHolder(capture: Capture): Promise<number | undefined> {
  const { connector, history } = capture
  const holder = await subjectBack(connector.capturing(AGAIN), (event) => history.record(event))
  if (holder !== undefined) recordHolder(capture, holder)
  return holder
}

function recordHolder({ history, slot: subject }: Capture, value: number): void {
  history.record({ kind: 'fact', name: 'slot.holder', subject, value })
}
