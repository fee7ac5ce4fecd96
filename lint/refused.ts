import type { Position } from './field.ts'
import type { Refusal } from './finding.ts'
import type { Complaint } from './rule.ts'

const CONSEQUENCE: Readonly<Record<Refusal, string>> = {
  'api-server': 'the API server refuses such a ScaledObject',
  webhook:
    "KEDA's admission webhook refuses the ScaledObject; where it is not installed, KEDA scales nothing",
  scaler: 'KEDA can make no scaler of it; the ScaledObject is not Ready and scales nothing',
  autoscaler: 'Kubernetes refuses the autoscaler that KEDA makes of it; the ScaledObject is not Ready',
}

/** A complaint of what is refused. @param because said before what follows from it */
export function refused(
  refusedBy: Refusal,
  at: Position,
  found: string,
  fix: string,
  because?: string,
): Complaint {
  const why = because === undefined ? CONSEQUENCE[refusedBy] : `${because}: ${CONSEQUENCE[refusedBy]}`
  return { severity: 'error', at, found, why, fix, refusedBy }
}
