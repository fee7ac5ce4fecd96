import type { AttestationJudgement, Verdicts, WaiverJudgement } from '../proof/judgement.ts'

/** What somebody answers for, a line each: waivers first, since their violations stay. */
export function declaredLines({ waivers = [], attestations = [] }: Verdicts): readonly string[] {
  return [...waivers.map(waiverLine), ...attestations.map(attestationLine)]
}

export function waiverLine({ violation, subject, state, by, until, reason }: WaiverJudgement): string {
  const what = `${violation} of ${subject}`
  if (state === 'not found') return `waived and not found: ${what} (${by}, until ${until}): the waiver may go`
  return state === 'expired'
    ? `${what} is waived no more: ${by}’s waiver expired on ${until} (${reason})`
    : `${what} is waived by ${by} until ${until}: ${reason}`
}

export function attestationLine({ id, state, statement, by, until, says }: AttestationJudgement): string {
  return state === 'ATTESTED'
    ? `${id} attested by ${by} until ${until}, not proved: ${statement}`
    : `${id} NOT-PROVEN: the attestation of ${by} does not count, ${says}`
}
