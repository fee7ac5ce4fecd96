import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { importsOf, projectFiles } from './source-tree.ts'

/** What every room of `scenarios/` may use. */
const SHARED = [
  'core',
  'faults',
  'kafka-wire',
  'lint',
  'proof',
  'schemas',
  'stacks/stack.ts',
  'subjects/contract',
]
/** What is in no room of `scenarios/`: each of them may use it. */
const ROOMLESS = [
  'scenarios/*.ts',
  'scenarios/testbed',
  'scenarios/predicates',
  'scenarios/anti-patterns',
  'scenarios/fixture',
]
/** Histories and judgements, without what observes. */
const JUDGED = ['proof/history', 'proof/*.ts']
const REPORTING = ['core', 'reports/*.ts', 'reports/html', 'reports/formats', ...JUDGED]
const viewOf = (kind: string) => [`scenarios/${kind}/view`, `scenarios/${kind}/plan.ts`]

/**
 * Who may know whom: folder → folders and files that its modules may import; `*` stands for one name. The most specific
 * row counts.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  // The manifest says which packages are optional, and the versions that ours are tested with.
  core: ['core', 'package.json'],
  'kafka-wire': ['core', 'kafka-wire'],
  lint: ['core', 'lint'],
  schemas: ['core', 'schemas'],
  proof: ['core', 'proof', 'kafka-wire'],
  faults: ['core', 'faults', 'kafka-wire', 'proof', 'stacks/stack.ts'],
  // A link before somebody else's broker keeps clients on it by what the wire proxy puts into its answers.
  stacks: ['core', 'kafka-wire', 'stacks'],
  'subjects/contract': ['core', 'subjects/contract'],
  'subjects/reference': ['subjects/reference', 'subjects/contract'],
  // Written without us: only what describes them to `npm run guests` is ours.
  'subjects/guests': ['subjects/guests'],
  // A twin changes a config, and knows its types as a user does.
  'subjects/twins': ['core', 'subjects', 'scenarios/config.ts'],
  // What all rooms share knows none of them; a scaled workload is a consumer.
  scenarios: [...SHARED, ...ROOMLESS],
  'scenarios/fixture': ['core', 'faults', 'proof', 'scenarios/fixture'],
  'scenarios/predicates': ['core', ...JUDGED, 'schemas', 'scenarios/predicates'],
  'scenarios/anti-patterns': [
    'core',
    ...JUDGED,
    'scenarios/predicates/predicate.ts',
    'scenarios/anti-patterns',
  ],
  // What a user's config may hold: the sections of all kinds.
  'scenarios/config.ts': ['subjects/contract', 'scenarios/*/config.ts'],
  'scenarios/publishing': [...SHARED, ...ROOMLESS, 'scenarios/publishing'],
  'scenarios/consuming': [...SHARED, ...ROOMLESS, 'scenarios/consuming'],
  'scenarios/scaling': [...SHARED, ...ROOMLESS, 'scenarios/scaling', 'scenarios/consuming'],
  'scenarios/versioning': [...SHARED, ...ROOMLESS, 'scenarios/versioning'],
  // What is watched is a consumer or a publisher, too.
  'scenarios/monitoring': [
    ...SHARED,
    ...ROOMLESS,
    'scenarios/monitoring',
    'scenarios/consuming',
    'scenarios/publishing',
  ],
  // What a run directory is made of; nothing that runs, and no kind.
  reports: REPORTING,
  // The panels of a kind, and its pure parts.
  'reports/publishing': [...REPORTING, 'reports/publishing', ...viewOf('publishing')],
  'reports/consuming': [...REPORTING, 'reports/consuming', ...viewOf('consuming')],
  'reports/scaling': [...REPORTING, 'reports/scaling', ...viewOf('scaling')],
  'reports/monitoring': [...REPORTING, 'reports/monitoring', ...viewOf('monitoring')],
  'reports/fixture': [...REPORTING, 'reports/fixture', ...viewOf('*'), 'scenarios/kinds.ts'],
  steps: ['core', 'faults', 'proof', 'scenarios/*.ts', 'steps'],
  packaging: [
    'core',
    'lint',
    'packaging',
    'proof/*.ts',
    'reports/*.ts',
    'scenarios/kinds.ts',
    'stacks',
    'subjects/contract',
  ],
  // Everything that a run consists of; what shows it and what asks for it come after.
  session: [
    'core',
    'proof',
    'reports',
    'scenarios/*.ts',
    'session',
    'stacks/choose-driver.ts',
    'stacks/open-stack.ts',
    'stacks/stack.ts',
    'steps',
    'subjects/contract',
    'subjects/twins',
    'package.json',
  ],
  cli: [
    'cli',
    'core',
    'lint',
    'proof',
    'reports',
    'scenarios/*.ts',
    'scenarios/scaling/declared-deployments.ts',
    'scenarios/scaling/declared-scaling.ts',
    'session',
    'stacks/choose-driver.ts',
    'stacks/driver.ts',
    'stacks/left-behind.ts',
    'stacks/open-stack.ts',
    'stacks/stack.ts',
    'subjects',
    'package.json',
  ],
  'index.ts': ['scenarios/config.ts', 'session', 'subjects/contract'],
}

/** Third-party clients live behind ports: package → folders that may use it. */
const CLIENTS: Readonly<Record<string, readonly string[]>> = {
  '@kubernetes/client-node': ['stacks', 'proof/observers'],
  'parse-prometheus-text-format': ['proof/observers'],
  'prom-client': ['subjects/reference', 'subjects/twins'],
  '@platformatic/kafka': ['subjects/reference', 'subjects/twins', 'bench', 'test/stack'],
  'platformatic-kafka-1': ['subjects/twins'],
  yaml: ['lint', 'stacks', 'proof/observers', 'session', 'subjects/contract'],
  'string-argv': ['subjects/contract'],
  kafkajs: [
    'stacks',
    'proof/observers',
    'subjects/reference',
    'subjects/twins',
    'subjects/guests',
    'bench',
    'test/stack',
  ],
  pg: [
    'core/database-client.ts',
    'stacks',
    'proof/observers',
    'proof/gates',
    'subjects/reference',
    'subjects/twins',
    'subjects/guests',
    'bench',
    'test/stack',
    'docs/own-features',
  ],
  'toxiproxy-node-client': ['stacks', 'bench'],
  testcontainers: ['stacks'],
  '@testcontainers': ['stacks'],
  '@cucumber': ['steps', 'session', 'test'],
  avsc: ['schemas', 'subjects/reference', 'subjects/twins'],
  protobufjs: ['schemas', 'proof/observers', 'subjects/twins'],
  ajv: ['schemas', 'subjects/twins'],
  'ajv-formats': ['schemas'],
  commander: ['cli'],
  typescript: ['packaging'],
}

/** Judgement is arithmetic on a history: none of these may reach the outside. */
const PURE = [
  /^proof\/(guards\/|judge\.ts|anti-patterns?(-found)?\.ts|observation\.ts|verdict\.ts|finding\.ts|predicate\.ts|mutation\.ts)/,
  /^scenarios\/([a-z]+\/)?(view|predicates|anti-patterns|mutations|guards)\//,
  /^lint\//,
  /^schemas\//,
]

const modules = projectFiles(/\.(ts|mjs)$/).filter((path) => !path.endsWith('.test.ts'))

describe('imports', () => {
  it('never run back from a lower layer to a higher one', () => {
    const wrong = edges().filter(([from, to]) => isOwn(to) && !allowed(from, to))
    assert.deepEqual(wrong.map(shown), [])
  })

  it('make no cycle, types included', () => {
    assert.deepEqual(cycles(), [])
  })

  it('leave the rooms of a driver to that driver', () => {
    const wrong = edges().filter(([from, to]) => isOwn(from) && !mayEnter(from, to))
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
    assert.equal(allowed('proof/judge.ts', 'scenarios/kinds.ts'), false)
    assert.equal(allowed('reports/formats/html.ts', 'proof/observers/query.ts'), false)
    assert.equal(allowed('reports/formats/html.ts', 'reports/scaling/panels.ts'), false)
    assert.equal(allowed('scenarios/run.ts', 'stacks/drivers/processes/driver.ts'), false)
    assert.equal(allowed('scenarios/publishing/plan.ts', 'scenarios/consuming/plan.ts'), false)
    assert.equal(allowed('scenarios/testbed.ts', 'scenarios/consuming/plan.ts'), false)
    assert.equal(allowed('subjects/contract/config.ts', 'scenarios/consuming/config.ts'), false)
    assert.equal(allowed('scenarios/run.ts', 'stacks/stack.ts'), true)
    assert.equal(allowed('cli/prove/index.ts', 'stacks/drivers/processes/driver.ts'), false)
    assert.equal(mayEnter('stacks/open-stack.ts', 'stacks/drivers/processes/driver.ts'), false)
    assert.equal(mayEnter('session/open-session.ts', 'stacks/drivers/containers/engine.ts'), false)
    assert.equal(mayEnter('stacks/drivers/other/driver.ts', 'stacks/drivers/processes/run.ts'), false)
    assert.ok(importsOf('cli/program.ts').includes('cli/output.ts'))
  })
})

/** Modules that import each other, over however many others; each group once. */
function cycles(): string[] {
  const graph = new Map(
    modules.map((module) => [module, importsOf(module).filter((to) => modules.includes(to))]),
  )
  const order: string[] = []
  const visit = (
    from: string,
    to: ReadonlyMap<string, readonly string[]>,
    seen: Set<string>,
    done: string[],
  ) => {
    if (seen.has(from)) return
    seen.add(from)
    for (const next of to.get(from) ?? []) visit(next, to, seen, done)
    done.push(from)
  }
  const seen = new Set<string>()
  for (const module of modules) visit(module, graph, seen, order)
  const back = new Map<string, string[]>()
  for (const [from, targets] of graph) for (const to of targets) back.set(to, [...(back.get(to) ?? []), from])
  const assigned = new Set<string>()
  return order.reverse().flatMap((module) => {
    const group: string[] = []
    visit(module, back, assigned, group)
    return group.length > 1 ? [group.sort().join(' ↔ ')] : []
  })
}

function edges(): (readonly [from: string, to: string])[] {
  return modules.flatMap((from) => importsOf(from).map((to) => [from, to] as const))
}

function allowed(from: string, to: string): boolean {
  const row = Object.keys(MAY_IMPORT)
    .filter((folder) => inside(from, folder))
    .sort((a, b) => b.length - a.length)[0]
  return row === undefined || (MAY_IMPORT[row] ?? []).some((folder) => inside(to, folder))
}

/** Benches and the fixtures of tests measure and start single parts of a driver. */
function mayEnter(from: string, to: string): boolean {
  const [room] = /^stacks\/drivers\/[^/]+/.exec(to) ?? []
  return (
    room === undefined ||
    within(from, room) ||
    ['bench', 'packaging', 'test'].some((folder) => within(from, folder))
  )
}

function isOwn(path: string): boolean {
  return /^(core|faults|kafka-wire|lint|proof|schemas|stacks|subjects|scenarios|steps|session|reports|cli|packaging|console|test|bench)\//.test(
    path,
  )
}

/** Like {@link within}; `*` in the pattern stands for one name. */
function inside(path: string, pattern: string): boolean {
  if (!pattern.includes('*')) return within(path, pattern)
  const text = pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]+')
  return new RegExp(`^${text}(/|$)`).test(path)
}

function within(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

function shown([from, to]: readonly [string, string]): string {
  return `${from} → ${to}`
}
