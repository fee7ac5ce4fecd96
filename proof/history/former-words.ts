/** Words that former versions wrote in a history → the words of this version. */
const KINDS: Readonly<Record<string, string>> = {
  'fault.armed': 'fault.injected',
  'fault.bitten': 'fault.took-effect',
  'fault.cleared': 'fault.healed',
  'witness.gap': 'observer.gap',
}

/** One line of a history as this version writes it: runs of former versions stay readable, and can be judged again. */
export function inPresentWords(line: Record<string, unknown>): Record<string, unknown> {
  const kind = KINDS[String(line.kind)] ?? line.kind
  if (kind === 'fault.injected') return { ...natureOf(line), ...line, kind }
  if (kind === 'fact') return factInPresentWords(line)
  if (kind === 'scenario.plan' && isRecord(line.plan)) return { ...line, plan: planInPresentWords(line.plan) }
  if (kind === 'observer.gap' && 'witness' in line) {
    const { witness: observer, ...rest } = line
    return { ...rest, kind, observer }
  }
  // Everything that ran was a process of the machine.
  if (kind === 'proc' && line.id === undefined) return { ...line, id: `process ${line.pid}` }
  return kind === line.kind ? line : { ...line, kind }
}

/** Former plans told their kind by the property that declares their subject. */
const KIND_OF: Readonly<Record<string, string>> = {
  publisher: 'publishing',
  consumer: 'consuming',
  scaling: 'scaling',
}

function planInPresentWords(plan: Record<string, unknown>): Record<string, unknown> {
  return withGates('checkers' in plan ? withPredicates(plan) : plan)
}

function withPredicates(plan: Record<string, unknown>): Record<string, unknown> {
  const { checkers: predicates, ...rest } = plan
  const declared = Object.keys(KIND_OF).find((name) => name in plan)
  return { ...rest, ...(declared === undefined ? {} : { kind: KIND_OF[declared] }), predicates }
}

/** Former plans named gates among their faults, and predicates knew windows by their ids. */
function withGates(plan: Record<string, unknown>): Record<string, unknown> {
  if ('gates' in plan) return plan
  const [faults, windows] = [textsIn(plan.faults), textsIn(plan.windows)]
  const gates = faults.flatMap((fault) => GATE.exec(fault)?.[1] ?? [])
  return {
    ...plan,
    traits: [...new Set(windows.flatMap((window) => TRAITS[window] ?? []))],
    faults: faults.filter((fault) => !GATE.test(fault)),
    gates,
  }
}

const GATE = /^(?:gate[-.:])?(commit|mark|effect)(?:[-.:]gate)?$/
const TRAITS: Readonly<Record<string, readonly string[]>> = {
  W16: ['rebalance', 'two-members'],
  W17: ['rebalance', 'two-members'],
  'W18-rebalance': ['rebalance'],
  'rolling-restart': ['rebalance', 'rolling'],
}

/** What former faults did not say of themselves. */
const FAULTS: Readonly<Record<string, object>> = {
  poison: { lasting: true },
  'other-writes': { lasting: true },
  wire: { excuses: 'once' },
  failures: { excuses: 'nothing' },
  'crash-database': { unreachable: 'database' },
}

function natureOf({ fault, target }: Record<string, unknown>): object | undefined {
  if (fault === 'link') return { unreachable: String(target).endsWith('kafka') ? 'kafka' : 'database' }
  return FAULTS[String(fault)]
}

/** `connector.restarted` → `component.restarted`, of the connector. */
function factInPresentWords(line: Record<string, unknown>): Record<string, unknown> {
  const [, what] = /^(connect|connector|stream)\.restarted$/.exec(String(line.name)) ?? []
  return what === undefined ? line : { ...line, name: 'component.restarted', value: what }
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** A reviver for `JSON.parse` of a run's documents: what former versions called `witness` and `checker`. */
export function presentKeys(key: string, value: unknown): unknown {
  if (key === 'kind') return KIND_OF[String(value)] ?? value
  if (!isRecord(value) || Array.isArray(value)) return value
  const { witness, checker, ...rest } = value
  if (witness === undefined && checker === undefined) return value
  return {
    ...rest,
    ...(witness === undefined ? {} : { counterexample: witness }),
    ...(checker === undefined ? {} : { predicate: checker }),
  }
}
