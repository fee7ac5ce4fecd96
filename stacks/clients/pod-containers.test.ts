import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { V1ContainerState, V1Pod } from '@kubernetes/client-node'
import type { PodEvent } from '../stack.ts'
import { PodContainers } from './pod-containers.ts'

const ID = 'containerd://0123456789abcdef'
const running: V1ContainerState = { running: {} }
const ended = (exitCode: number): V1ContainerState => ({ terminated: { exitCode, containerID: ID } })

function pod(
  state: V1ContainerState,
  ready = false,
  more: { lastState?: V1ContainerState; containerID?: string } = {},
): V1Pod {
  const status = {
    name: 'main',
    image: '',
    imageID: '',
    restartCount: 0,
    containerID: ID,
    ready,
    state,
    ...more,
  }
  return { metadata: { name: 'p' }, status: { containerStatuses: [status] } }
}

function told(look: (containers: PodContainers) => void): readonly string[] {
  const events: PodEvent[] = []
  look(new PodContainers((event) => events.push(event)))
  return events.map(({ event, id, code, signal }) =>
    [event, id, code, signal].filter((each) => each !== undefined && each !== null).join(' '),
  )
}

test('each thing that happens to a container is told once', () => {
  const events = told((containers) => {
    for (const state of [
      pod({ waiting: {} }),
      pod(running),
      pod(running),
      pod(running, true),
      pod(running),
      pod(running, true),
    ])
      containers.seen(state)
    containers.seen(pod(ended(0)))
    containers.seen(pod(ended(0)))
  })
  const id = 'container 0123456789ab'
  assert.deepEqual(events, [`started ${id}`, `ready ${id}`, `ready ${id}`, `exited ${id} 0`])
})

test('how it ended is told of the one before, when the next runs already', () => {
  const events = told((containers) => {
    containers.seen(pod(running))
    containers.seen(
      pod(running, true, { lastState: ended(137), containerID: 'containerd://fedcba9876543210' }),
    )
  })
  assert.deepEqual(events, [
    'started container 0123456789ab',
    'exited container 0123456789ab SIGKILL',
    'started container fedcba987654',
    'ready container fedcba987654',
  ])
})

test('one that began and ended between two looks is told whole', () => {
  assert.deepEqual(
    told((containers) => containers.seen(pod(ended(1)))),
    ['started container 0123456789ab', 'exited container 0123456789ab 1'],
  )
})

test('a pod that is gone takes along what ran in it', () => {
  const events = told((containers) => {
    containers.seen(pod(running))
    containers.gone(pod(running))
    containers.gone(pod(running))
  })
  assert.deepEqual(events, ['started container 0123456789ab', 'exited container 0123456789ab'])
})
