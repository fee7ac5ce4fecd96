import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Cache } from '../../../../core/cache.ts'
import { lackingHere } from './obtainable.ts'

const folder = await mkdtemp(join(tmpdir(), 'eventproof-obtainable-test-'))
after(() => rm(folder, { recursive: true }))

test('without Go and without their programs there are no links, no cluster and no Prometheus, each with the fix', async () => {
  const lacking = await lackingHere(new Cache(join(folder, 'empty')), folder)
  assert.deepEqual([...lacking.keys()], ['links', 'kubernetes', 'prometheus'])
  assert.match(lacking.get('links') ?? '', /^links: go is missing, for Toxiproxy .*install Go 1\.23 or later/)
  assert.match(lacking.get('kubernetes') ?? '', /^kubernetes: go is missing, .*install Go 1\.26 or later/)
  assert.match(
    lacking.get('prometheus') ?? '',
    /^prometheus: go is missing, for Prometheus .*install Go 1\.26 or later/,
  )
})

test('with Go everything can be had', async () => {
  await writeFile(join(folder, 'go'), '#!/bin/sh\n', { mode: 0o755 })
  assert.deepEqual([...(await lackingHere(new Cache(join(folder, 'empty')), folder)).keys()], [])
})

test('a cluster whose client is not installed is lacking, with the command that installs it', async () => {
  const lacking = await lackingHere(new Cache(join(folder, 'empty')), folder, () => 'is not installed')
  assert.deepEqual([...lacking.keys()], ['kubernetes'])
  assert.match(
    lacking.get('kubernetes') ?? '',
    /^kubernetes: @kubernetes\/client-node is not installed; npm install --save-dev @kubernetes\/client-node@\d/,
  )
})
