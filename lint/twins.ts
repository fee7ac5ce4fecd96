import type { DeclaredConsumer, LintContext } from './context.ts'
import type { Severity } from './finding.ts'

/** A manifest that is wrong on purpose, and the rule that must find it; or one that is right, and none may. */
export interface LintTwin {
  readonly name: string
  /** Row of the catalogue of scaling failures in docs/lint.md. */
  readonly failure?: string
  readonly manifest: URL
  readonly context: LintContext
  /** The rule that finds it, the only one; undefined: nothing may be found. */
  readonly finding: string | undefined
  /** A warning names the condition under which it goes wrong. */
  readonly severity: Severity
}

const fulfillment: DeclaredConsumer = {
  group: 'order-fulfillment-group',
  topic: 'order-events',
  partitions: 20,
  longestWork: 45_000,
  scaleToZero: true,
  wakesAt: 6,
}

/** What the manifests are compared with: the consumer of the guide. */
export const FULFILLMENT: LintContext = {
  consumers: { fulfillment },
  workloads: { 'order-consumer': 'fulfillment' },
}

/** 2.21 counts what is retained only. */
const EXPIRED: LintContext = {
  ...FULFILLMENT,
  keda: '2.20.2',
  observed: {
    topics: { 'order-events': { partitions: 20, expired: 1000 } },
    committed: { 'order-fulfillment-group': {} },
  },
}
const AT_ONCE: LintContext = {
  ...FULFILLMENT,
  consumers: { fulfillment: { ...fulfillment, wakesAt: 1 } },
}

export const LINT_TWINS: readonly LintTwin[] = [
  wrong('woken-by-nothing', 'D1', 'offset-reset-policy'),
  wrong('never-woken', 'D2', 'zero-on-invalid-offset'),
  wrong('expired-backlog', 'D3', 'expired-backlog', EXPIRED),
  wrong('one-event-waits', 'D4', 'activation', AT_ONCE),
  wrong('wrong-group', 'D5', 'consumer-group'),
  wrong('wrong-topic', 'D5', 'topic'),
  risky('work-cut-off', 'D8', 'cooldown'),
  risky('idle-consumers', 'D11', 'cap-above-partitions'),
  wrong('never-zero', undefined, 'never-zero'),
  wrong('left-paused', undefined, 'paused'),
  wrong('keda-and-knative', undefined, 'knative'),
  right('clean'),
  right('clean-idle-replicas'),
  right('clean-standby'),
  right('clean-schedule-and-metric'),
]

function wrong(
  name: string,
  failure: string | undefined,
  finding: string,
  context: LintContext = FULFILLMENT,
): LintTwin {
  return {
    name,
    ...(failure === undefined ? {} : { failure }),
    manifest: at(name),
    context,
    finding,
    severity: 'error',
  }
}

function risky(name: string, failure: string, finding: string): LintTwin {
  return { ...wrong(name, failure, finding), severity: 'warning' }
}

function right(name: string): LintTwin {
  return { name, manifest: at(name), context: FULFILLMENT, finding: undefined, severity: 'warning' }
}

function at(name: string): URL {
  return new URL(`fixture/${name}.yaml`, import.meta.url)
}
