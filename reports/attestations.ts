import type { AttestationJudgement, RunRecord } from '../proof/judgement.ts'

/** What of the declared statements counts, as of the day on which the run ended. Pure, so that anyone comes to the same. */
export function attestationsJudged({
  attestations,
  endedAt,
}: Pick<RunRecord, 'attestations' | 'endedAt'>): readonly AttestationJudgement[] | undefined {
  return attestations?.map((attested): AttestationJudgement => {
    const says = missing(attested, endedAt)
    return { ...attested, state: says === '' ? 'ATTESTED' : 'NOT-PROVEN', says }
  })
}

type Written = NonNullable<RunRecord['attestations']>[number]

function missing({ id, evidence, sha256, found, by, until }: Written, endedAt: string): string {
  const field = `attestations.${id}`
  if (found === null)
    return `there is no file ${evidence}. What to do: add it, or name another in ${field}.evidence; the path starts at the config file`
  if (isOver(until, endedAt))
    return `it expired on ${until}. What to do: ${by} looks again whether it is still so, and sets ${field}.until`
  if (sha256 !== undefined && sha256 !== found)
    return `${evidence} was changed since: its SHA-256 is ${found}. What to do: ${by} reads what changed, and sets ${field}.sha256`
  return ''
}

/** Whether the last day was over, in UTC. */
export function isOver(until: string, at: string): boolean {
  return at.slice(0, 10) > until
}
