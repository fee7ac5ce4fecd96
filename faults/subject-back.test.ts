import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { EventproofError } from '../core/error.ts'
import { DeadlinePassed, until } from '../core/until.ts'
import type { NewEvent } from '../proof/history/event.ts'
import type { ScenarioHistory } from '../proof/history/scenario-history.ts'
import type { RunningConnect, RunningService } from '../stacks/stack.ts'
import { type Capture, capturingAgain } from './capture.ts'
import { FaultLog } from './fault-log.ts'

class NotCapturing extends EventproofError {
  override readonly code = 'EVENTPROOF_CONNECTOR_FAILED'
}
class Died extends EventproofError {
  override readonly code = 'EVENTPROOF_SERVICE_DIED'
}

const late = () => until(() => false, { what: 'a task that runs', deadline: 1, every: 1 })
const failed = async () => {
  const cause = await late().then(
    () => undefined,
    (error) => error,
  )
  assert.ok(cause instanceof DeadlinePassed)
  throw new NotCapturing('connector c does not capture', {
    what: 'not within 30 s',
    last: 'FAILED: no such slot',
    cause,
  })
}

function recorded() {
  const events: NewEvent[] = []
  const record = (event: NewEvent) => void events.push(event)
  const kinds = () => events.map((event) => (event.kind === 'note' ? event.text : event.kind))
  return { events, kinds, record, log: new FaultLog({ record, disarmed: [] }) }
}

function captured(capturing: Capture['connector']['capturing'], record: (event: NewEvent) => void): Capture {
  return {
    connector: { name: 'c', restartTask: async () => {}, capturing },
    connect: {} as RunningConnect,
    slot: 's',
    url: '',
    history: { record, all: () => [] } as unknown as ScenarioHistory,
    lastTrial: false,
  }
}

describe('a subject that does not come back', () => {
  test('a connector that stays FAILED is no instrument that could not be cleared', async () => {
    const { events, kinds, record, log } = recorded()
    await log.heal('restart-connector', 'c', () => capturingAgain(captured(failed, record), 'connector'))
    assert.match(kinds()[0] ?? '', /does not come back: connector c does not capture .*FAILED: no such slot/)
    assert.partialDeepStrictEqual(events.at(-1), { kind: 'fault.healed', verified: true })
  })

  test('a service that dies at its restart is its own failure', async () => {
    const { events, log } = recorded()
    const service = {
      name: 'relay',
      instance: 0,
      restart: async () => {
        throw new Died('relay died at start', { what: 'it ended with code 1' })
      },
    }
    await log.restart(service as unknown as RunningService)
    const value = 'relay died at start (EVENTPROOF_SERVICE_DIED)'
    assert.partialDeepStrictEqual(events[0], {
      kind: 'fact',
      name: 'service.gone',
      subject: 'relay#0',
      value,
    })
    assert.partialDeepStrictEqual(events.at(-1), { kind: 'fault.healed', verified: true })
  })

  test('what else fails while it is healed is ours', async () => {
    const { events, record, log } = recorded()
    const refused = async () => {
      throw new Error('HTTP 500')
    }
    await log.heal('restart-connector', 'c', () => capturingAgain(captured(refused, record), 'connector'))
    assert.equal(events.at(-1)?.kind, 'fault.broken')
  })

  test('one that captures again is told with the backend that streams to it', async () => {
    const { kinds, record, log } = recorded()
    await log.heal('restart-connector', 'c', () =>
      capturingAgain(
        captured(async () => 7, record),
        'connector',
      ),
    )
    assert.deepEqual(kinds(), ['fact', 'fact', 'fault.healed'])
  })
})
