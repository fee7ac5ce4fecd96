import { parseArgs } from 'node:util'
import { disagreements, keysInDispute } from './agreement.ts'
import { generateCases } from './generate-cases.ts'
import { KedaCourt } from './keda-court.ts'

/** Holds the linter and KEDA itself against each other on many manifests: `npm run lint:keda -- --count 2500`. */
const { values } = parseArgs({
  options: { count: { type: 'string', default: '2000' }, seed: { type: 'string', default: 'keda' } },
})
const cases = generateCases(Number(values.count), values.seed)
const began = performance.now()
await using court = await KedaCourt.open()
const opened = performance.now()
const judged = await court.judge(cases, (done) => {
  if (done % 100 === 0) process.stderr.write(`${done} of ${cases.length}\n`)
})
const seconds = (from: number, to = performance.now()) => ((to - from) / 1000).toFixed(1)
const found = disagreements(cases, judged)
const keys = keysInDispute(cases, judged, await court.unread())
for (const each of keys) process.stdout.write(`${each}\n`)
for (const each of found) process.stdout.write(`${JSON.stringify(each, undefined, 2)}\n`)
const verdicts = Object.entries(Object.groupBy(judged, ({ verdict }) => verdict)).map(
  ([name, all]) => `${all?.length} ${name}`,
)
process.stdout.write(
  `${cases.length} manifests (seed ${values.seed}): ${verdicts.join(', ')}; ${found.length + keys.length} disagreements; ` +
    `opened in ${seconds(began, opened)} s, judged in ${seconds(opened)} s\n`,
)
process.exitCode = found.length + keys.length === 0 ? 0 : 1
