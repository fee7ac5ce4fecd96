import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readHistory } from '../../proof/history/reader.ts'
import { judge } from '../../proof/judge.ts'
import { loadKinds } from '../kinds.ts'

const KINDS = await loadKinds()

/** What a twin did on the real stack, cut to what these predicates read → what each must say of it. */
const STORED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no-envelope': { CE1: 'no-cloud-event', CE2: 'held' },
  'id-of-aggregate': { CE1: 'held', CE2: 'shared-source-and-id' },
  'bare-letters': { CE1: 'no-cloud-event' },
  structured: { CE1: 'held', CE2: 'held', TP1: 'held', TP2: 'held' },
  'tells-audit': { TP1: 'undeclared-topic-written', TP2: 'held' },
  'audit-declared': { TP1: 'held', TP2: 'held' },
  'orders-avro': { SR1: 'held' },
  'protobuf-events': { SR1: 'held' },
  'json-schema-events': { SR1: 'held' },
  'protobuf-without-place': { SR1: 'wrong-message' },
  'protobuf-first-message': { SR1: 'wrong-message' },
  'json-not-by-schema': { SR1: 'payload-not-by-schema' },
  'two-domains': { CE1: 'held', TP1: 'held', TP2: 'two-domains-on-topic' },
}

for (const [name, expected] of Object.entries(STORED)) {
  test(`what ${name} did is judged as it was then`, async () => {
    const path = fileURLToPath(new URL(`fixture/stored/${name}.ndjson`, import.meta.url))
    const { scenarios } = await readHistory(path)
    const [events = []] = scenarios.values()
    const { findings } = judge(events, KINDS)
    for (const [id, outcome] of Object.entries(expected)) {
      const finding = findings.find(({ predicate }) => predicate === id)
      assert.ok(finding, id)
      assert.equal(finding.kind === 'violated' ? finding.name : finding.kind, outcome, id)
      if (finding.kind === 'held') assert.ok(id === 'CE2' || finding.judged > 0, id)
    }
  })
}
