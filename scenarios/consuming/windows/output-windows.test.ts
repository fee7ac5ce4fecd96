import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trialsOf } from '../../../proof/history/trials.ts'
import { ConsumerHistory } from '../fixture/builder.ts'
import { entryOf, open } from '../fixture/kinds.ts'
import { OUTPUTS } from '../fixture/plan.ts'
import { effectJustDurable } from './effect-just-durable.ts'
import { announcedByOthers } from './marked-output.ts'
import { outputNotAcknowledged } from './output-not-acknowledged.ts'
import { outputNotStored } from './output-not-stored.ts'

const WIRE = { kind: 'fault.took-effect', fault: 'wire', target: 'wire', evidence: 'swallowed' } as const
const KILL = { kind: 'fault.took-effect', fault: 'kill', target: 'consumer', evidence: 'gone' } as const

type Step = 'effect' | 'output' | 'wire' | 'kill'

/** A trial in which these come in this order. */
function trialOf(window: string, ...steps: readonly Step[]): ConsumerHistory {
  const h = new ConsumerHistory({
    consumer: { outputs: OUTPUTS },
    marked: ['marked-1'],
    windows: [window],
  }).phase('fault', window)
  const event = h.put('marked-1')
  const life = {
    effect: () => h.apply(event),
    output: () => h.output(event),
    wire: () => h.add(WIRE),
    kill: () => h.add(KILL),
  }
  for (const step of steps) life[step]()
  return h
}

const says = (window: typeof outputNotStored, ...steps: readonly Step[]) =>
  entryOf(window, trialOf(window.id, ...steps))?.says

test('W30 is entered when an effect is durable, and a consumer dies whose record was swallowed', () => {
  assert.match(
    says(outputNotStored, 'effect', 'wire', 'kill') ?? '',
    /its output was not on the log when consumer was hit$/,
  )
  assert.match(says(outputNotStored, 'effect', 'wire', 'kill', 'output') ?? '', /^transaction /)
  for (const other of [
    ['effect', 'kill'],
    ['wire', 'kill', 'effect'],
    ['effect', 'output', 'wire', 'kill'],
    ['effect', 'wire'],
  ] as const)
    assert.equal(says(outputNotStored, ...other), undefined, other.join())
})

test('W30a is entered when an output is stored, and a consumer dies that has not heard of it', () => {
  assert.match(
    says(outputNotAcknowledged, 'effect', 'output', 'wire', 'kill') ?? '',
    /was swallowed when consumer was hit$/,
  )
  for (const other of [
    ['effect', 'output', 'kill'],
    ['effect', 'wire', 'kill', 'output'],
    ['effect', 'output', 'wire'],
  ] as const)
    assert.equal(says(outputNotAcknowledged, ...other), undefined, other.join())
})

test('W30b is entered when an effect is durable whose consumer stood still and dies', () => {
  const entered = (...steps: readonly ('stop' | 'open' | 'effect' | 'kill')[]) => {
    const h = new ConsumerHistory({ marked: ['marked-1'], windows: ['W30b'] }).phase('fault', 'W30b')
    const event = h.put('marked-1')
    h.gate(event.id, 'closed').waiting(event.id, event.xid)
    const life = {
      stop: () => h.fault('armed', 'pause').fault('tookEffect', 'pause'),
      open: () => h.gate(event.id, 'opened'),
      effect: () => h.apply(event),
      kill: () => h.add(KILL),
    }
    for (const step of steps) life[step]()
    return entryOf(effectJustDurable, h)?.says
  }
  assert.match(entered('stop', 'open', 'effect', 'kill') ?? '', /was hit before it went on$/)
  assert.equal(entered('open', 'effect', 'stop', 'kill'), undefined)
  assert.equal(entered('stop', 'open', 'kill', 'effect'), undefined)
  assert.equal(entered('stop', 'open', 'effect'), undefined)
})

test('neither is, where something else publishes', () => {
  const excluded = (...steps: readonly Step[]) => {
    const [trial] = trialsOf(open(trialOf('W30', ...steps)), 'W30')
    return trial && announcedByOthers(trial)?.says
  }
  assert.match(
    excluded('effect', 'output', 'kill') ?? '',
    /^the output of offset 0 came to .*: something else publishes it$/,
  )
  assert.equal(excluded('effect', 'kill'), undefined)
  assert.equal(excluded('effect', 'wire', 'output', 'kill'), undefined)
})
