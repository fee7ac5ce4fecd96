import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import type { OwnClaim } from '../proof/own-claims.ts'
import { AddressBook } from '../scenarios/address-book.ts'
import type { Experiment } from '../scenarios/experiment.ts'
import { loadKinds } from '../scenarios/kinds.ts'
import type { RunWith } from '../scenarios/own-steps.ts'
import type { Stack } from '../stacks/stack.ts'
import { RunningScenario } from '../steps/running-scenario.ts'
import { vocabularyOf } from '../steps/vocabulary.ts'
import { loadFeatures } from './features.ts'

const HERE = fileURLToPath(new URL('fixture/', import.meta.url))
const WORDS = await vocabularyOf(await loadKinds())
const OWN = { root: HERE, features: ['own.feature'] }
const STEPS = [`${HERE}own.steps.ts`]

/** An experiment in which nothing happens, and which writes down what was asked of it. */
function paperExperiment() {
  const asked: string[] = []
  const claimed: OwnClaim[] = []
  const experiment: Experiment = {
    kind: 'publishing',
    capabilities: ['create-trigger'],
    notReady: undefined,
    checkSubject: () => {},
    enter: (phrase) => asked.push(phrase),
    vary: () => {},
    asks: () => true,
    asserts: (predicates) => asked.push(...predicates),
    insert: (moment, { words }) => asked.push(`${moment}: ${words}`),
    async run({ spoiled, claims }: RunWith = {}) {
      const findings = [{ kind: 'held', predicate: 'OA1', judged: 1 }] as const
      const addresses = new AddressBook({ stack: {} as Stack, topicPrefix: 'here.' })
      if (spoiled === undefined) claimed.push(...((await claims?.({ addresses, findings })) ?? []))
      return { findings, reason: spoiled ?? '' } as unknown as ScenarioJudgement
    },
  }
  return { experiment, asked, claimed }
}

async function ran(title: string, capabilities: readonly 'create-trigger'[] = ['create-trigger']) {
  const features = await loadFeatures(WORDS, [OWN], STEPS)
  const pickle = features.pickles.find((one) => one.title === title)
  assert.ok(pickle)
  const paper = paperExperiment()
  const scenario = new RunningScenario(paper.experiment, WORDS, new Set(capabilities))
  const steps = await features.run(pickle, scenario, () => {})
  return { ...paper, scenario, steps, ended: () => scenario.end(steps) }
}

test('people’s own steps run beside ours, in a world that knows the running scenario', async () => {
  const { asked, claimed, steps, ended } = await ran('it holds')
  await ended()
  assert.deepEqual(
    steps.map(({ status }) => status),
    Array(6).fill('PASSED'),
  )
  assert.deepEqual(asked, [
    'OA1',
    'before-load: something is prepared',
    'a published record is not marked yet',
    'while-open: somebody looks on',
  ])
  assert.deepEqual(claimed, [{ claim: 'ours holds', place: 'own.feature:12', outcome: 'held', says: '' }])
})

test('an assertion that fails refutes a claim, and what was not asked any more is unknown', async () => {
  const { claimed, ended } = await ran('it is refuted')
  await ended()
  assert.deepEqual(
    claimed.map(({ claim, outcome }) => [claim, outcome]),
    [
      ['ours is refuted', 'refuted'],
      ['ours holds', 'unknown'],
    ],
  )
  assert.match(claimed[0]?.says ?? '', /1 !== 2/)
})

test('a step that fails otherwise tells nothing about its claim', async () => {
  const { claimed, ended } = await ran('it breaks')
  await ended()
  assert.deepEqual(
    claimed.map(({ outcome, says }) => [outcome, says]),
    [['unknown', 'nothing can be read']],
  )
})

test('what the stack lacks is known before anything is run', async () => {
  const { scenario, claimed } = await ran('it holds', [])
  assert.equal(scenario.lacking, 'create-trigger')
  assert.deepEqual(claimed, [])
})

test('each row of an outline is a scenario of its own, and steps are defined in every library', async () => {
  const { pickles } = await loadFeatures(WORDS, [OWN], STEPS)
  assert.deepEqual(
    pickles.slice(-2).map(({ title, line, feature }) => [title, line, feature]),
    [
      ['one of several', 26, 'Of our own'],
      ['two of several', 27, 'Of our own'],
    ],
  )
  assert.deepEqual(
    pickles.flatMap(({ steps }) => steps.filter(({ defined }) => defined.length !== 1)),
    [],
  )
})
