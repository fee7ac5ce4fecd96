import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { V1Pod } from '@kubernetes/client-node'
import {
  type ContainerRecord,
  type ContainerState,
  CREATING,
  type Ended,
  exitCode,
} from './container-state.ts'
import { type PodFacts, phaseOf, podStatus } from './pod-status.ts'

const at = new Date('2026-01-01T00:00:00Z')
const later = new Date('2026-01-01T00:00:05Z')
const ended = (exitCode: number): Ended => ({
  exitCode,
  reason: exitCode === 0 ? 'Completed' : 'Error',
  pid: 7,
  startedAt: at,
  finishedAt: at,
})
const record = (state: ContainerState, last?: Ended, restarts = 0): ContainerRecord => ({
  state,
  restarts,
  ...(last ? { last } : {}),
})
const running = (ready = true) => record({ is: 'running', pid: 7, startedAt: at, started: true, ready })
const done = (exitCode: number) => record({ is: 'terminated', ended: ended(exitCode) })
const crashing = record({ is: 'waiting', reason: 'CrashLoopBackOff' }, ended(1), 3)

describe('the phase', () => {
  const table = [
    ['nothing started yet', [CREATING], 'Always', false, 'Pending'],
    ['one runs, one was never started', [running(), CREATING], 'Always', false, 'Pending'],
    ['all run', [running(), running(false)], 'Always', false, 'Running'],
    ['between crashes', [crashing], 'Always', false, 'Running'],
    ['a job that is retried', [crashing], 'OnFailure', false, 'Running'],
    ['a job that succeeded', [done(0)], 'OnFailure', false, 'Succeeded'],
    ['a job of two, one at work', [done(0), running()], 'Never', false, 'Running'],
    ['a job that failed', [done(1), done(0)], 'Never', false, 'Failed'],
    ['ended, to be started again', [done(0)], 'Always', false, 'Running'],
    ['deleted, still at work', [running()], 'Always', true, 'Running'],
    ['deleted, ended well', [done(0)], 'Always', true, 'Succeeded'],
    ['deleted, killed', [done(137)], 'Always', true, 'Failed'],
    ['deleted before it could start', [CREATING], 'Always', true, 'Failed'],
  ] as const
  for (const [title, records, policy, ending, phase] of table) {
    it(`${title}: ${phase}`, () => assert.equal(phaseOf(records, policy, ending), phase))
  }
})

describe('the status', () => {
  const pod: V1Pod = { metadata: { name: 'p' }, spec: { containers: [{ name: 'app', image: 'i' }] } }
  const facts = (records: readonly ContainerRecord[], now = at): PodFacts => {
    return { pod, records, ending: false, startTime: at, now }
  }
  const condition = (status: ReturnType<typeof podStatus>, type: string) =>
    status.conditions?.find((each) => each.type === type)

  it('is Ready when all containers are, and keeps the time of the last turn', () => {
    const unready = podStatus(facts([running(false)]))
    assert.equal(condition(unready, 'Ready')?.status, 'False')
    assert.equal(condition(unready, 'Ready')?.reason, 'ContainersNotReady')
    assert.match(condition(unready, 'Ready')?.message ?? '', /\[app\]/)
    const ready = podStatus(facts([running()], later), unready)
    assert.equal(condition(ready, 'Ready')?.status, 'True')
    assert.equal(condition(ready, 'Ready')?.reason, '')
    assert.equal(condition(ready, 'Ready')?.lastTransitionTime, later)
    assert.equal(condition(ready, 'Initialized')?.lastTransitionTime, at)
  })

  it('waits for readiness gates that others turn', () => {
    const gated: V1Pod = {
      ...pod,
      spec: { containers: pod.spec?.containers ?? [], readinessGates: [{ conditionType: 'lb' }] },
    }
    const shut = podStatus({ ...facts([running()]), pod: gated })
    assert.equal(condition(shut, 'ContainersReady')?.status, 'True')
    assert.equal(condition(shut, 'Ready')?.reason, 'ReadinessGatesNotReady')
    const open = { ...gated, status: { conditions: [{ type: 'lb', status: 'True' }] } }
    assert.equal(condition(podStatus({ ...facts([running()]), pod: open }), 'Ready')?.status, 'True')
  })

  it('shows kubectl a crash loop: reason, restarts, and how the last one ended', () => {
    const [status] = podStatus(facts([crashing])).containerStatuses ?? []
    assert.equal(status?.state?.waiting?.reason, 'CrashLoopBackOff')
    assert.equal(status?.restartCount, 3)
    assert.equal(status?.lastState?.terminated?.exitCode, 1)
    assert.equal(status?.lastState?.terminated?.finishedAt, at)
    assert.equal(status?.ready, false)
  })

  it('says PodCompleted of a pod that came to its end', () => {
    const job: V1Pod = { ...pod, spec: { containers: pod.spec?.containers ?? [], restartPolicy: 'Never' } }
    const status = podStatus({ ...facts([done(0)]), pod: job })
    assert.equal(status.phase, 'Succeeded')
    assert.equal(condition(status, 'Ready')?.reason, 'PodCompleted')
  })
})

it('an exit code is the process’s own, or 128 and the signal', () => {
  assert.equal(exitCode({ code: 3, signal: null }), 3)
  assert.equal(exitCode({ code: null, signal: 'SIGKILL' }), 137)
  assert.equal(exitCode({ code: null, signal: 'SIGTERM' }), 143)
})
