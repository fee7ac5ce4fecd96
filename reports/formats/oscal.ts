import type { ControlScenario } from '../../proof/judgement.ts'
import type { VerdictName } from '../../proof/verdict.ts'
import { controlId, OSCAL_VERSION } from '../checklist-catalog.ts'
import { text } from '../markdown-text.ts'
import { nameUuid } from '../name-uuid.ts'
import { oneLine } from '../payload.ts'
import type { ControlReport, Report } from '../report.ts'
import { summary } from '../summary.ts'
import { format } from './format.ts'
import { jsonText } from './json-text.ts'

/**
 * NIST's OSCAL assessment-results, for tools that gather evidence of compliance. A finding a judged control, an
 * observation a scenario under it. Its controls are those of `reports/checklist.oscal.json`.
 */
export const oscal = format({ file: 'assessment-results.json', of: oscalOf })

/** OSCAL knows two states; what was not proved is not satisfied, and its reason says which of both it is. */
const REASON: Readonly<Record<VerdictName, 'pass' | 'fail' | 'other'>> = {
  VIOLATED: 'fail',
  STALLED: 'fail',
  INCONCLUSIVE: 'other',
  VACUOUS: 'other',
  'NOT-PROVEN': 'other',
  'NOT-APPLICABLE': 'other',
  HELD: 'pass',
}

function oscalOf(report: Report): string {
  const { run, controls, evidence } = report
  const uuid = (...names: readonly string[]) => nameUuid([run.id, evidence, ...names].join('\n'))
  const judged = controls.filter(({ judgement }) => judgement.method !== 'none')
  const runResource = uuid('run')
  return jsonText({
    'assessment-results': {
      uuid: uuid('assessment-results'),
      metadata: {
        title: text(`eventproof run ${run.id}`),
        'last-modified': run.endedAt,
        version: oneLine(run.tool.version),
        'oscal-version': OSCAL_VERSION,
      },
      // The plan of a run is its own record: selection, seed, profile, schedule.
      'import-ap': { href: `#${runResource}` },
      results: [
        {
          uuid: uuid('result'),
          title: text(summary(report)),
          description: text(`${summary(report)}. Again: ${run.replay}`),
          start: run.startedAt,
          end: run.endedAt,
          props: [
            { name: 'seed', ns: NAMESPACE, value: oneLine(run.seed) },
            { name: 'evidence-root', ns: NAMESPACE, value: evidence },
          ],
          'reviewed-controls': { 'control-selections': [selection(controls)] },
          ...listed(
            'observations',
            judged.flatMap((each) =>
              each.judgement.scenarios.map((seen) => observation(each, seen, run.endedAt, uuid)),
            ),
          ),
          ...listed(
            'findings',
            judged.map((each) => finding(each, uuid)),
          ),
        },
      ],
      'back-matter': {
        resources: [{ uuid: runResource, title: 'The record of the run', rlinks: [{ href: 'run.json' }] }],
      },
    },
  })
}

const NAMESPACE = 'urn:eventproof'

type Uuid = (...names: readonly string[]) => string

/** All that the checklist asks, without what nothing judged in this run. */
function selection(controls: readonly ControlReport[]) {
  const unjudged = controls.filter(({ judgement }) => judgement.method === 'none')
  return {
    'include-all': {},
    ...listed(
      'exclude-controls',
      unjudged.map(({ control }) => ({ 'control-id': controlId(control) })),
    ),
  }
}

function observation({ control }: ControlReport, seen: ControlScenario, collected: string, uuid: Uuid) {
  const said = seen.violations.map((each) => `${each.name}: ${each.counterexample.says}`).join('; ')
  const entered = seen.windows.map((each) => `window ${each.id} entered ${each.entered} of ${each.trials}`)
  return {
    uuid: uuid('observation', control.id, seen.id),
    title: text(seen.id),
    description: text(
      [`${seen.verdict}${said || seen.reason ? `: ${said || seen.reason}` : ''}`, ...entered].join('; '),
    ),
    methods: ['TEST'],
    'relevant-evidence': [
      { href: 'history.ndjson', description: text(`scenario ${seen.id} of ${seen.subject}`) },
    ],
    collected,
  }
}

function finding({ control, judgement }: ControlReport, uuid: Uuid) {
  const { verdict, reason, scenarios } = judgement
  return {
    uuid: uuid('finding', control.id),
    title: text(`${control.id} ${control.title}: ${verdict}`),
    description: text(reason || control.asks),
    target: {
      type: 'statement-id',
      'target-id': `${controlId(control)}_smt`,
      status: {
        state: verdict === 'HELD' ? 'satisfied' : 'not-satisfied',
        reason: REASON[verdict],
        remarks: verdict,
      },
    },
    ...listed(
      'related-observations',
      scenarios.map(({ id }) => ({ 'observation-uuid': uuid('observation', control.id, id) })),
    ),
    ...(control.limits.length > 0 ? { remarks: text(`Not claimed: ${control.limits.join(' ')}`) } : {}),
  }
}

/** OSCAL has no empty lists. */
function listed(name: string, values: readonly unknown[]): Readonly<Record<string, unknown>> {
  return values.length === 0 ? {} : { [name]: values }
}
