import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readHistory } from '../../../proof/history/reader.ts'
import { judge } from '../../../proof/judge.ts'
import { kindsWith } from '../fixture/kinds.ts'

/** Cut from real runs: looks, answers and alerts, each second of three that follow each other. */
async function findings(name: string) {
  const path = fileURLToPath(new URL(`../fixture/stored/${name}.ndjson`, import.meta.url))
  const { scenarios } = await readHistory(path)
  const [events = []] = scenarios.values()
  return judge(events, kindsWith()).findings
}

for (const good of ['reference', 'reference-backlogs', 'rows-in-place-of-age'])
  test(`${good} is watched as it should be`, async () => {
    const found = await findings(good)
    assert.deepEqual(
      found.map(({ predicate, kind }) => `${predicate} ${kind}`),
      ['LG1 held', 'LG2 held', 'LG3 held', 'LG4 held', 'LG5 held'],
    )
  })

for (const [twin, violation] of [
  ['lag-of-last-poll', 'wrong-backlog'],
  ['partitions-at-start', 'hidden-backlog'],
  ['dies-with-consumer', 'silent-monitor'],
  ['alert-on-other-group', 'alert-missing'],
  ['alert-never-clears', 'alert-stays'],
  ['letters-since-start', 'wrong-backlog'],
  ['stopped-relay-as-idle', 'wrong-backlog'],
  ['alert-on-other-slot', 'alert-missing'],
] as const) {
  test(`${twin} is ${violation}`, async () => {
    const found = (await findings(twin)).flatMap((finding) => ('name' in finding ? finding.name : []))
    assert.ok(found.includes(violation), found.join(', '))
  })
}
