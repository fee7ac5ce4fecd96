import type { VerdictName } from '../../proof/verdict.ts'
import { suitesOf } from '../cases.ts'
import { oneLine } from '../payload.ts'
import type { Report } from '../report.ts'
import { format } from './format.ts'
import { jsonText } from './json-text.ts'

/**
 * An in-toto statement with the predicate `test-result/v0.1` (github.com/in-toto/attestation): what was tested, by which
 * configuration, and with which result. `eventproof attest` signs it.
 */
export const statement = format({ file: 'statement.json', of: statementOf })

type Outcome = 'PASSED' | 'WARNED' | 'FAILED'

/** What was not judged is in none of the lists: an attestation says what was seen. */
const OUTCOME: Readonly<Record<VerdictName, Outcome | undefined>> = {
  VIOLATED: 'FAILED',
  STALLED: 'FAILED',
  INCONCLUSIVE: 'WARNED',
  VACUOUS: 'WARNED',
  'NOT-PROVEN': undefined,
  'NOT-APPLICABLE': undefined,
  HELD: 'PASSED',
}

function statementOf(report: Report): string {
  const { run, verdicts, evidence } = report
  const config = { name: run.config.path, digest: { sha256: run.config.sha256 } }
  // Local changes are in no commit: then the configuration is all that is known of what was tested.
  const tested =
    run.git === undefined || run.git.dirty
      ? config
      : { name: 'source', digest: { gitCommit: run.git.commit } }
  const names = (outcome: Outcome) =>
    suitesOf(report).flatMap(({ name, cases }) =>
      cases
        .filter(({ verdict }) => OUTCOME[verdict] === outcome)
        .map((each) => oneLine(`${name}: ${each.name}`)),
    )
  return jsonText({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [tested],
    predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
    predicate: {
      result: OUTCOME[verdicts.verdict] ?? 'WARNED',
      configuration: [
        config,
        {
          name: `evidence of run ${run.id}`,
          digest: { sha256: evidence },
          annotations: { seed: run.seed, profile: run.profile, stack: run.stack, replay: run.replay },
        },
      ],
      passedTests: names('PASSED'),
      warnedTests: names('WARNED'),
      failedTests: names('FAILED'),
    },
  })
}
