import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { importsOf, projectFiles } from './source-tree.ts'

/** Who may know whom: folder → folders and files that its modules may import. The most specific row counts. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: ['core'],
  'kafka-wire': ['core', 'kafka-wire'],
  lint: ['core', 'lint'],
  proof: ['core', 'proof', 'kafka-wire'],
  stacks: ['core', 'stacks'],
  'subjects/contract': ['core', 'subjects/contract'],
  'subjects/reference': ['subjects/reference', 'subjects/contract'],
  'subjects/twins': ['core', 'subjects'],
  scenarios: ['core', 'proof', 'kafka-wire', 'lint', 'scenarios', 'stacks/stack.ts', 'subjects/contract'],
  // What a run directory is made of, and how to read it; nothing of the engine that runs or judges.
  reports: [
    'core',
    'reports',
    'proof/history',
    'proof/figures.ts',
    'proof/finding.ts',
    'proof/judgement.ts',
    'proof/run-files.ts',
    'proof/verdict.ts',
    'scenarios/consuming/view',
    'scenarios/scaling/view',
  ],
  steps: ['core', 'proof', 'scenarios', 'steps'],
  cli: [
    'cli',
    'core',
    'lint',
    'proof',
    'reports',
    'scenarios',
    'stacks',
    'steps',
    'subjects',
    'package.json',
  ],
}

/** Third-party clients live behind ports: package → folders that may use it. */
const CLIENTS: Readonly<Record<string, readonly string[]>> = {
  '@kubernetes/client-node': ['stacks', 'proof/observers'],
  '@platformatic/kafka': ['subjects/reference', 'subjects/twins', 'bench', 'test/stack'],
  'platformatic-kafka-1': ['subjects/twins'],
  yaml: ['lint', 'stacks', 'proof/observers'],
  kafkajs: ['stacks', 'proof/observers', 'subjects/reference', 'subjects/twins', 'bench', 'test/stack'],
  pg: [
    'stacks',
    'proof/observers',
    'proof/gates',
    'subjects/reference',
    'subjects/twins',
    'bench',
    'test/stack',
  ],
  'toxiproxy-node-client': ['stacks', 'bench'],
  testcontainers: ['stacks'],
  '@testcontainers': ['stacks'],
  '@cucumber': ['steps', 'cli', 'test'],
  commander: ['cli'],
}

/** Judgement is arithmetic on a history: none of these may reach the outside. */
const PURE = [
  /^proof\/(guards\/|judge\.ts|verdict\.ts|finding\.ts|predicate\.ts|mutation\.ts)/,
  /^scenarios\/[a-z]+\/(view|predicates|mutations|guards)\//,
  /^lint\//,
]

const modules = projectFiles(/\.(ts|mjs)$/).filter((path) => !path.endsWith('.test.ts'))

describe('imports', () => {
  it('never run back from a lower layer to a higher one', () => {
    const wrong = edges().filter(([from, to]) => isOwn(to) && !allowed(from, to))
    assert.deepEqual(wrong.map(shown), [])
  })

  it('bring third-party clients into their own corners only', () => {
    const wrong = edges().filter(([from, to]) => {
      const client = Object.keys(CLIENTS).find((name) => within(to, name))
      return client !== undefined && !CLIENTS[client]?.some((folder) => within(from, folder))
    })
    assert.deepEqual(wrong.map(shown), [])
  })

  it('of views, predicates, guards and the judge reach no I/O, clock or randomness of Node', () => {
    const wrong = edges().filter(
      ([from, to]) => PURE.some((pattern) => pattern.test(from)) && to.startsWith('node:'),
    )
    assert.deepEqual(wrong.map(shown), [])
  })

  it('are read by this test: an arrow that runs back is found', () => {
    assert.equal(allowed('proof/judge.ts', 'scenarios/windows.ts'), false)
    assert.equal(allowed('reports/html.ts', 'proof/observers/query.ts'), false)
    assert.equal(allowed('scenarios/run.ts', 'stacks/drivers/processes.ts'), false)
    assert.equal(allowed('scenarios/run.ts', 'stacks/stack.ts'), true)
    assert.ok(importsOf('cli/program.ts').includes('cli/output.ts'))
  })
})

function edges(): (readonly [from: string, to: string])[] {
  return modules.flatMap((from) => importsOf(from).map((to) => [from, to] as const))
}

function allowed(from: string, to: string): boolean {
  const row = Object.keys(MAY_IMPORT)
    .filter((folder) => within(from, folder))
    .sort((a, b) => b.length - a.length)[0]
  return row === undefined || (MAY_IMPORT[row] ?? []).some((folder) => within(to, folder))
}

function isOwn(path: string): boolean {
  return /^(core|kafka-wire|lint|proof|stacks|subjects|scenarios|steps|reports|cli|console|test|bench)\//.test(
    path,
  )
}

function within(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

function shown([from, to]: readonly [string, string]): string {
  return `${from} → ${to}`
}
