import type { LintFinding, Refusal } from '../../lint/finding.ts'

/** What became of a ScaledObject; `unreachable`: its scaler was made, and has nobody to talk to. */
export type Verdict = Refusal | 'taken' | 'unreachable'

export interface Judged {
  readonly verdict: Verdict
  /** What KEDA or Kubernetes said. */
  readonly said: string
}

/** The API server asks the webhook only about what it would take itself. */
export function refusalOf(status: number, said: string): Judged | undefined {
  if (status < 300) return undefined
  return { verdict: /admission webhook .* denied the request/.test(said) ? 'webhook' : 'api-server', said }
}

const UNREACHABLE =
  /run out of available brokers|error establishing connection|connection refused|i\/o timeout|no such host/
/** Said by the scale loop, which begins when all is made. */
const ASKED = /Triggers defined in ScaledObject are not working correctly|are partially working/
const AUTOSCALER = /HorizontalPodAutoscaler\S* "[^"]*" is invalid|is invalid: \[?(spec|metadata)\./

/** By the message of the condition Ready that is False. */
export function verdictOf(message: string): Judged {
  const said = message.slice(0, 600)
  if (ASKED.test(message)) return { verdict: 'taken', said }
  if (AUTOSCALER.test(message)) return { verdict: 'autoscaler', said }
  return { verdict: UNREACHABLE.test(message) ? 'unreachable' : 'scaler', said }
}

/** In the order in which an object passes them. */
const ORDER: readonly Refusal[] = ['api-server', 'webhook', 'scaler', 'autoscaler']

/** Who, by the linter, is the first to refuse an object. */
export function expectedVerdict(findings: readonly LintFinding[]): Verdict {
  return ORDER.find((who) => findings.some(({ refusedBy }) => refusedBy === who)) ?? 'taken'
}

/**
 * Where a scaler can't connect nothing is known of what comes after it.
 * @param unknown what a trigger is given is not among the manifests, so that the linter can't say that it is missing
 */
export function agree(expected: Verdict, { verdict }: Judged, unknown: boolean): boolean {
  if (verdict === 'unreachable') return expected === 'taken' || expected === 'autoscaler'
  return (
    expected === verdict || (unknown && verdict === 'scaler' && ['taken', 'autoscaler'].includes(expected))
  )
}
