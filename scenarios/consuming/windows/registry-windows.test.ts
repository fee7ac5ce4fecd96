import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { trialsOf } from '../../../proof/history/trials.ts'
import { ConsumerHistory } from '../fixture/builder.ts'
import { entryOf, open } from '../fixture/kinds.ts'
import { schemaUnseenRegistryAway } from './schema-unseen-registry-away.ts'
import { schemaUnseenRegistryFailing } from './schema-unseen-registry-failing.ts'
import { startedRegistryAway } from './started-registry-away.ts'
import { startedRegistrySlow } from './started-registry-slow.ts'

type Step = (h: ConsumerHistory) => void

const asked: Step = (h) => void h.add({ kind: 'fact', name: 'registry.asked', subject: 'shipping', value: 1 })
const put: Step = (h) => void h.put('marked-1')
const unseen: Step = (h) => void h.add({ kind: 'fact', name: 'schema.unseen', subject: 'event-1', value: 7 })
const start: Step = (h) => void h.started(0, 7)

const begun = (window: { readonly id: string }) =>
  new ConsumerHistory({ marked: ['marked-1'], windows: [window.id] }).phase('fault', window.id)

/** All of this while the registry is hurt. */
function during(h: ConsumerHistory, fault: string, steps: readonly Step[]): ConsumerHistory {
  h.fault('armed', fault).fault('tookEffect', fault)
  for (const step of steps) step(h)
  return h.fault('cleared', fault)
}

for (const [window, fault] of [
  [schemaUnseenRegistryAway, 'registry-away'],
  [schemaUnseenRegistryFailing, 'registry-failing'],
] as const)
  describe(`${window.id} is entered`, () => {
    const says = (...steps: readonly Step[]) => {
      const h = begun(window)
      unseen(h)
      return entryOf(window, during(h, fault, steps))?.says
    }

    it('when the registry is asked for the schema of an event that came meanwhile', () => {
      assert.match(says(put, asked) ?? '', /had not seen came, and the registry was asked, while/)
    })

    it('not when nobody asked', () => assert.equal(says(put), undefined))

    it('not when the event by that schema came before', () => {
      const h = begun(window)
      unseen(h)
      put(h)
      assert.equal(entryOf(window, during(h, fault, [put, asked])), undefined)
    })

    it('not when the event is by a schema that was seen before', () => {
      assert.equal(entryOf(window, during(begun(window), fault, [put, asked])), undefined)
    })

    it('not when the question came later', () => {
      const h = begun(window)
      unseen(h)
      during(h, fault, [put])
      asked(h)
      assert.equal(entryOf(window, h), undefined)
    })

    it('by nobody who can read the event without the registry, which is seen', () => {
      const h = begun(window)
      unseen(h)
      during(h, fault, [(h) => h.apply(h.put('marked-1'))])
      const [trial] = trialsOf(open(h), window.id)
      assert.match((trial && window.excluded?.(trial))?.says ?? '', /needs nothing of the registry/)
      assert.equal(entryOf(window, h), undefined)
    })
  })

for (const [window, fault] of [
  [startedRegistryAway, 'registry-away'],
  [startedRegistrySlow, 'registry-slow'],
] as const)
  describe(`${window.id} is entered`, () => {
    const says = (...steps: readonly Step[]) => entryOf(window, during(begun(window), fault, steps))?.says

    it('when it is started behind an event, and asks', () => {
      assert.match(
        says(put, start, asked) ?? '',
        /^process 7 was started, with an event before it, and asked/,
      )
    })

    it('not when it asks for nothing', () => assert.equal(says(put, start), undefined))
    it('not when it had been started before', () => {
      const h = begun(window)
      start(h)
      assert.equal(entryOf(window, during(h, fault, [put, asked])), undefined)
    })
    it('not without an event', () => assert.equal(says(start, asked), undefined))
  })
