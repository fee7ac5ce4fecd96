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
  if (!('checkers' in plan)) return plan
  const { checkers: predicates, ...rest } = plan
  const declared = Object.keys(KIND_OF).find((name) => name in plan)
  return { ...rest, ...(declared === undefined ? {} : { kind: KIND_OF[declared] }), predicates }
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
