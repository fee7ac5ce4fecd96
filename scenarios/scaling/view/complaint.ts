import type { EventOf, HistoryEvent } from '../../../proof/history/event.ts'

/** What a controller, a ScaledObject or a pod says is wrong, in its own words. */
export interface Complaint {
  readonly seq: number
  readonly by: string
  readonly says: string
}

const REASONS =
  /^(KEDAScalerFailed|KEDAScaleTarget\w+Failed|KEDAMetricSourceFailed|ScaledObjectCheckFailed|ScaledObjectUnready|Failed\w+|BackOff|Unhealthy)$/

/** An event's complaint, where it is one. */
export function complaintIn(event: HistoryEvent): Complaint | undefined {
  if (event.kind === 'k8s.event') {
    const { seq, reason, message, object } = event
    return REASONS.test(reason) ? { seq, by: object, says: `${reason}: ${message}` } : undefined
  }
  return event.kind === 'k8s.object' ? inObject(event) : undefined
}

/** The last complaint between two moments: why nothing happened, as far as anybody says it. */
export function lastComplaint(
  events: readonly (EventOf<'k8s.event'> | EventOf<'k8s.object'>)[],
  from: number,
  to: number,
): Complaint | undefined {
  const complaints = events
    .filter(({ seq }) => seq >= from && seq <= to)
    .flatMap((event) => complaintIn(event) ?? [])
    .sort((a, b) => a.seq - b.seq)
  // A scaler that fails explains more than what fails behind it.
  return complaints.findLast(({ by }) => /^ScaledObject\b/i.test(by)) ?? complaints.at(-1)
}

function inObject({ seq, resource, name, fields }: EventOf<'k8s.object'>): Complaint | undefined {
  const by = `${resource}/${name}`
  const text = (field: string) => (fields[field] ? String(fields[field]) : '')
  if (/^pods?$/i.test(resource) && /BackOff|Err|Never|Invalid/.test(text('waiting')))
    return { seq, by, says: [text('waiting'), text('message'), text('ended')].filter(Boolean).join(': ') }
  if (!/^(scaledobjects?|horizontalpodautoscalers?)$/i.test(resource)) return undefined
  for (const condition of ['Ready', 'ScalingActive', 'AbleToScale']) {
    if (text(`condition.${condition}`) !== 'False') continue
    const words = [text(`reason.${condition}`), text(`message.${condition}`)].filter(Boolean)
    // At zero the autoscaler is off on purpose.
    if (words[0] === 'ScalingDisabled' || words.length === 0) continue
    return { seq, by, says: words.join(': ') }
  }
  return undefined
}
