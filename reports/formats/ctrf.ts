import type { VerdictName } from '../../proof/verdict.ts'
import { type Case, suitesOf } from '../cases.ts'
import { oneLine } from '../payload.ts'
import type { Report } from '../report.ts'
import { format } from './format.ts'
import { jsonText } from './json-text.ts'

/**
 * Common Test Report Format (ctrf.io), for tools that show test results. What proved nothing counts as failed, as it
 * does for `prove`'s exit code; the verdict itself is the raw status.
 */
export const ctrf = format({ file: 'ctrf-report.json', of: ctrfOf })

type Status = 'passed' | 'failed' | 'skipped'

const STATUS: Readonly<Record<VerdictName, Status>> = {
  VIOLATED: 'failed',
  STALLED: 'failed',
  INCONCLUSIVE: 'failed',
  VACUOUS: 'failed',
  'NOT-PROVEN': 'skipped',
  'NOT-APPLICABLE': 'skipped',
  HELD: 'passed',
}

function ctrfOf(report: Report): string {
  const { run } = report
  const tests = suitesOf(report).flatMap(({ name, cases }) => cases.map((each) => testOf(name, each)))
  const having = (status: Status) => tests.filter((test) => test.status === status).length
  return jsonText({
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    runId: run.id,
    timestamp: run.endedAt,
    generatedBy: `${run.tool.name} ${run.tool.version}`,
    results: {
      tool: { name: run.tool.name, version: run.tool.version },
      summary: {
        tests: tests.length,
        passed: having('passed'),
        failed: having('failed'),
        skipped: having('skipped'),
        pending: 0,
        other: 0,
        start: Date.parse(run.startedAt),
        stop: Date.parse(run.endedAt),
      },
      tests,
      environment: { testEnvironment: run.stack, osPlatform: run.host.os, commit: run.git?.commit },
      extra: { seed: run.seed, evidence: report.evidence, replay: run.replay },
    },
  })
}

function testOf(suite: string, { name, verdict, reason, milliseconds, lines }: Case) {
  return {
    name: oneLine(name),
    status: STATUS[verdict],
    rawStatus: verdict,
    duration: Math.round(milliseconds),
    suite: [oneLine(suite)],
    message: reason === '' ? undefined : oneLine(reason),
    stdout: lines.length === 0 ? undefined : lines.map(oneLine),
  }
}
