import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeBroker, fakeClient, request } from '../../kafka-wire/fixture/fake-broker.ts'
import { stores } from '../../kafka-wire/fixture/wired.ts'
import type { NewEvent } from '../history/event.ts'
import { WireObserver } from './wire-observer.ts'

test('commits of the group have their time; what passed unread and what could not be read is said in the end', async () => {
  await using broker = await fakeBroker((asked) => (asked.version === 99 ? undefined : stores(asked)))
  const events: NewEvent[] = []
  const record = (event: NewEvent) => void events.push(event)
  await using observer = await WireObserver.open({ upstream: broker.address, record, group: 'g' })
  using client = await fakeClient(observer.proxy.address.port)
  const topics = [
    { name: 't', partitions: [{ partitionIndex: 2, committedOffset: 9n, committedMetadata: '' }] },
  ]
  const commit = (group: string, id: number) => {
    const member = { groupId: group, generationIdOrMemberEpoch: 3, memberId: 'm' }
    return request('offset-commit', 7, id, { ...member, topics })
  }
  const tooNew = request('heartbeat', 4, 3, {})
  tooNew.writeInt16BE(99, 6)
  client.send(commit('g', 1), commit('other', 2), tooNew)
  await client.answered(2)
  observer.conclude()
  const of = { clientId: 'client', group: 'g' }
  assert.partialDeepStrictEqual(
    events.filter(({ kind }) => kind !== 'k.asked'),
    [
      { kind: 'k.committing', ...of, memberId: 'm', offsets: [{ topic: 't', partition: 2, offset: 9 }] },
      { kind: 'k.cadence', ...of, api: 'offset-commit', count: 1, median: null },
      { kind: 'fact', name: 'wire.unread', subject: 'heartbeat version 99', value: 1 },
    ],
  )
})
