import { z } from 'zod'
import type { RunRecord, Verdicts } from '../proof/judgement.ts'
import { panelsOf } from './generic-panels.ts'
import type { PanelsByKind } from './panels.ts'

// Run directories come from anywhere, so their two documents are checked before a renderer trusts their shape.

const verdict = z.enum([
  'VIOLATED',
  'STALLED',
  'INCONCLUSIVE',
  'VACUOUS',
  'NOT-PROVEN',
  'HELD',
  'NOT-APPLICABLE',
])
const texts = z.array(z.string())
const count = z.number().nonnegative()
const grade = z.enum(['A', 'B', 'C'])
const counted = z.looseObject({ id: z.string(), entered: count, trials: count })

const counterexample = z.looseObject({
  says: z.string(),
  events: z.array(z.number()),
  subject: z.looseObject({ eventId: z.string().optional(), key: z.string().optional() }),
  grade,
})
const violation = z.looseObject({
  kind: z.enum(['violated', 'stalled']),
  predicate: z.string(),
  name: z.string(),
  counterexample,
})
const guard = z.looseObject({
  id: z.string(),
  title: z.string(),
  met: z.boolean(),
  otherwise: z.enum(['VACUOUS', 'INCONCLUSIVE']),
  evidence: z.string(),
  about: texts.optional(),
})
const entry = z.looseObject({ grade, says: z.string(), events: z.array(z.number()) })

const figures = z.looseObject({ of: z.string(), milliseconds: count })

const reading = z.looseObject({
  at: z.string(),
  value: z.number(),
  says: z.string(),
  events: z.array(z.number()),
})

const topicUse = z.looseObject({
  topic: z.string(),
  writers: texts,
  readers: texts,
  announced: count,
  sources: texts,
  types: texts,
  seq: z.number().optional(),
  logged: z.boolean(),
})

const observation = z.looseObject({
  service: z.string().optional(),
  consumes: z.string().optional(),
  topics: z.array(topicUse),
  takes: texts.optional(),
  calls: z.array(z.looseObject({ request: z.string(), seq: z.number() })).optional(),
  looks: z.record(
    z.string(),
    z.union([z.looseObject({ readings: z.array(reading) }), z.looseObject({ blind: z.string() })]),
  ),
})

const antiPattern = z.looseObject({
  id: z.string(),
  title: z.string(),
  definition: z.string(),
  harm: z.string(),
  remedy: z.string(),
  threshold: z.looseObject({ value: z.number(), of: z.string() }),
  state: z.enum(['found', 'absent', 'not-looked-at']),
  says: z.string(),
  found: z.array(reading.extend({ scenario: z.string(), subject: z.string() })),
  largest: z.number().nullable(),
  lookedAt: texts,
  unseen: z.array(z.looseObject({ subject: z.string(), why: z.string() })),
})

const attested = z.looseObject({
  id: z.string(),
  statement: z.string(),
  evidence: z.string(),
  sha256: z.string().optional(),
  by: z.string(),
  until: z.string(),
  found: z.string().nullable(),
})
const waived = z.looseObject({
  violation: z.string(),
  subject: z.string(),
  reason: z.string(),
  by: z.string(),
  until: z.string(),
})

const scenario = z.looseObject({
  id: z.string(),
  title: z.string(),
  kind: z.string(),
  subject: z.string(),
  relay: z.string().optional(),
  controls: texts,
  feature: z.string().optional(),
  verdict,
  reason: z.string(),
  exits: z.string().optional(),
  exclusions: z.array(entry).optional(),
  windows: z.array(counted.extend({ title: z.string(), entries: z.array(entry).optional() })),
  trials: count,
  guards: z.array(guard),
  findings: z.array(z.looseObject({ kind: z.string(), predicate: z.string() })),
  violations: z.array(violation),
  figures,
  observation: observation.optional(),
  disarmed: texts,
  seed: z.string(),
})

const control = z.looseObject({
  id: z.string(),
  verdict,
  method: z.enum(['proved', 'measured', 'drilled', 'declared', 'none']),
  reason: z.string(),
  scenarios: z.array(
    z.looseObject({
      id: z.string(),
      subject: z.string(),
      verdict,
      reason: z.string().default(''),
      violations: z.array(z.looseObject({ name: z.string(), counterexample })),
      windows: z.array(counted),
      trials: count,
      guards: z.array(guard),
    }),
  ),
  trials: count,
  bound: z.number().nullable(),
})

/** `verdicts.json` as every reader may count on it; what a kind counted is its own. */
export const writtenVerdicts = z.looseObject({
  schema: z.literal(1),
  run: z.string(),
  verdict,
  interrupted: z.boolean(),
  controls: z.array(control),
  attestations: z
    .array(attested.extend({ state: z.enum(['ATTESTED', 'NOT-PROVEN']), says: z.string() }))
    .optional(),
  waivers: z.array(waived.extend({ state: z.enum(['in force', 'expired', 'not found']) })).optional(),
  antiPatterns: z.array(antiPattern).optional(),
  scenarios: z.array(scenario),
})

/** What each kind counted looks as its panels say. */
export function verdictsSchema(panels: PanelsByKind): z.ZodType<Verdicts> {
  return writtenVerdicts.extend({
    scenarios: z.array(
      scenario.transform((judged, context) => {
        const { kind, figures } = judged
        if (figures.of === 'nothing') return judged
        const checked = panelsOf(kind, panels).figures.safeParse(figures)
        if (checked.success) return { ...judged, figures: checked.data }
        for (const { message, path } of checked.error.issues)
          context.addIssue({ code: 'custom', message, path: ['figures', ...path] })
        return z.NEVER
      }),
    ),
  }) as unknown as z.ZodType<Verdicts>
}

export const runSchema = z.looseObject({
  schema: z.literal(1),
  id: z.string(),
  startedAt: z.string(),
  endedAt: z.string(),
  tool: z.looseObject({ name: z.string(), version: z.string() }),
  versions: z.record(z.string(), z.string()),
  host: z.looseObject({ os: z.string(), cpus: z.number(), memoryBytes: z.number() }),
  stack: z.string(),
  capabilities: texts,
  seed: z.string(),
  profile: z.string(),
  repeat: z.number(),
  jobs: z.number(),
  selection: texts,
  disarmed: texts,
  twin: z.string().optional(),
  config: z.looseObject({ path: z.string(), sha256: z.string() }),
  git: z.looseObject({ commit: z.string(), dirty: z.boolean() }).optional(),
  interrupted: z.boolean(),
  schedule: z
    .array(z.looseObject({ scenario: z.string(), windows: texts, faults: texts, trials: z.number() }))
    .optional(),
  attestations: z.array(attested).optional(),
  waivers: z.array(waived).optional(),
  antiPatterns: z.record(z.string(), z.number()).optional(),
  replay: z.string(),
  notProven: z.array(
    z.looseObject({
      scenario: z.string(),
      controls: texts,
      capability: z.string(),
      because: z.string().exactOptional(),
    }),
  ),
  leftOut: z
    .array(
      z.looseObject({
        scenario: z.string(),
        title: z.string(),
        controls: texts,
        because: z.string().exactOptional(),
      }),
    )
    .optional(),
}) as unknown as z.ZodType<RunRecord>
