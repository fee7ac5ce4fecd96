/**
 * A reporter for `node --test-reporter` that tells the runner what happens on a descriptor of its own: nothing that a
 * test prints can be taken for a result.
 */
import { writeSync } from 'node:fs'
import type { TestEvent as NodeEvent } from 'node:test/reporters'
import { inspect } from 'node:util'
import { EVENTS_FD, type TestEvent } from './test-event.ts'

export default async function* tellRunner(events: AsyncIterable<NodeEvent>): AsyncGenerator<string> {
  const nameOf = nesting()
  const beginning = nesting()
  for await (const event of events) {
    // Told at once; all others are told in the order of the file, when the tests before them have ended.
    if (event.type === 'test:dequeue') tell({ type: 'began', name: beginning(event.data) })
    if (event.type === 'test:start') nameOf(event.data)
    if (event.type === 'test:pass') {
      const { skip } = event.data
      if (skip !== undefined && skip !== false)
        tell({ type: 'skipped', name: nameOf(event.data), reason: reasonOf(skip) })
    }
    if (event.type === 'test:fail' && !failedBelow(event.data.details.error)) {
      const { details, file, line } = event.data
      const where = file === undefined ? '' : `${file}:${line}`
      tell({ type: 'failed', name: nameOf(event.data), where, why: whyOf(details.error) })
    }
    if (event.type === 'test:summary') {
      const { tests, passed, skipped, todo } = event.data.counts
      tell({ type: 'ended', passed, failed: tests - passed - skipped - todo })
    }
  }
  yield ''
}

function tell(event: TestEvent): void {
  writeSync(EVENTS_FD, `${JSON.stringify(event)}\n`)
}

/** Full names from events that carry their own name and how deep they are, the outer ones before the inner. */
function nesting(): (test: { readonly name: string; readonly nesting: number }) => readonly string[] {
  const path: string[] = []
  return ({ name, nesting }) => {
    path.length = Math.min(path.length, nesting)
    path.push(name)
    return [...path]
  }
}

function reasonOf(skip: string | true): string {
  return skip === true || skip === '' ? 'no reason is given' : skip
}

/** A suite fails with its tests, and each of those is told by itself. */
function failedBelow(error: Error): boolean {
  return (error as { failureType?: unknown }).failureType === 'subtestsFailed'
}

function whyOf({ cause, message }: Error): string {
  if (cause === undefined || typeof cause === 'string') return message
  return inspect(cause)
}
