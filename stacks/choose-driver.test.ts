import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AUTO, chooseAmong, chooseDriver } from './choose-driver.ts'
import type { Driver } from './driver.ts'

function driver(rank: number, able?: boolean): Driver {
  return {
    open: () => Promise.reject(new Error('nothing is opened to choose')),
    diagnose: async () => [],
    rank,
    ...(able === undefined
      ? {}
      : { offer: async () => ({ able, why: able ? 'all is there' : 'no engine' }) }),
  }
}

test('a driver that is named is taken, able or not', async () => {
  assert.deepEqual(await chooseDriver('anything', []), { name: 'anything', why: 'asked for' })
})

test('of those that are able the one of the highest rank is taken', async () => {
  const chosen = await chooseAmong({ first: driver(1, true), second: driver(2, true) }, [])
  assert.deepEqual(chosen, { name: 'second', why: 'all is there' })
})

test('one that is not able says why another was taken', async () => {
  const { name, why } = await chooseAmong({ processes: driver(0), first: driver(1, false) }, [])
  assert.equal(name, 'processes')
  assert.match(why, /not first: no engine/)
})

test('a driver is told what is needed', async () => {
  const asked: (readonly string[])[] = []
  const one: Driver = {
    ...driver(1),
    offer: async (components) => {
      asked.push(components)
      return { able: false, why: '' }
    },
  }
  await chooseAmong({ one }, ['kubernetes'])
  assert.deepEqual(asked, [['kubernetes']])
  assert.equal(AUTO, 'auto')
})
