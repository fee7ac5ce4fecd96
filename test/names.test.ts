import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { exportsIn } from '../core/module-folder.ts'
import { isFault } from '../faults/fault.ts'
import * as OF_TESTBEDS from '../faults/testbed-faults.ts'
import { loadKinds } from '../scenarios/kinds.ts'
import { projectFiles, read, root } from './source-tree.ts'

/** What judges: it is told by plans, faults and facts what it has to know, and never by what something is called. */
const JUDGING = /^(proof|kafka-wire)\/|^scenarios\/([a-z]+\/)?(view|predicates|mutations|guards)\//
/** It translates runs of versions that knew names. */
const TRANSLATES = 'proof/history/former-words.ts'
/** Words that mean something else there. */
const HOMONYMS = [
  // Parts of Kafka's protocol.
  'kafka-wire/observe-request.ts: transaction',
  'kafka-wire/seen.ts: transaction',
  // By what a relay holds rows.
  'proof/observers/session-claims.ts: transaction',
  // The observer.
  'proof/observers/wire-observer.ts: wire',
]

const kinds = [...(await loadKinds()).values()]
const faults = await exportsIn(new URL('faults/', `file://${root}/`), isFault)
const names = new Set([
  ...kinds.flatMap(({ windows, disarmable }) => [...windows.keys(), ...disarmable]),
  ...faults.map(({ id }) => id),
  ...Object.values(OF_TESTBEDS).map(({ name }) => name),
])

describe('names of windows and faults', () => {
  const modules = projectFiles(/\.ts$/).filter(
    (path) => JUDGING.test(path) && !/\.test\.ts$|\/fixture\//.test(path),
  )

  it('are not in what judges, nor in what observes', () => {
    const found = modules
      .filter((path) => path !== TRANSLATES)
      .flatMap((path) => namesIn(read(path)).map((name) => `${path}: ${name}`))
    assert.deepEqual(found, HOMONYMS)
  })

  it('are found where they are', () => {
    assert.ok(namesIn(read(TRANSLATES)).includes('W18-rebalance'))
    assert.deepEqual(namesIn(`// 'W5'\n/^(poison|link)$/.test(name) && windows.includes('W5')`), [
      'poison',
      'link',
      'W5',
    ])
  })
})

/** Texts of a module that are such a name, and such names in its patterns. Comments do not count. */
function namesIn(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  const patterns = [...code.matchAll(/(?<![\w/*])\/(?![/*])((?:\\.|[^/\\\n])+)\/[a-z]*\.(?:test|exec)\(/g)]
  const texts = [...code.matchAll(/(['"`])((?:\\.|(?!\1)[^\\\n])*)\1/g)]
  const words = [
    ...patterns.flatMap(([, pattern = '']) => pattern.split(/[^\w-]+/)),
    ...texts.map(([, , said = '']) => said),
  ]
  return [...new Set(words.filter((word) => names.has(word)))]
}
