import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { before, describe, it } from 'node:test'
import { loadConfiguration, runCucumber } from '@cucumber/cucumber/api'
import { CONTROLS } from '../reports/controls.ts'
import { loadKinds } from '../scenarios/kinds.ts'
import { loadSupport } from '../session/support.ts'
import { vocabularyOf } from '../steps/vocabulary.ts'
import { read, root } from './source-tree.ts'

/** The parts of Cucumber's messages that this test reads. */
interface Envelope {
  readonly gherkinDocument?: { readonly uri: string; readonly feature?: Feature }
  readonly pickle?: {
    readonly id: string
    readonly name: string
    readonly uri: string
    readonly tags: readonly { readonly name: string }[]
    readonly steps: readonly { readonly id: string; readonly text: string; readonly type?: string }[]
  }
  readonly stepDefinition?: { readonly id: string; readonly pattern: { readonly source: string } }
  readonly testCase?: {
    readonly pickleId: string
    readonly testSteps: readonly {
      readonly pickleStepId?: string
      readonly stepDefinitionIds?: readonly string[]
    }[]
  }
  readonly parseError?: { readonly message: string }
}

interface Feature {
  readonly name: string
  readonly description: string
  readonly children: readonly Child[]
}

interface Child {
  readonly rule?: { readonly children: readonly Child[] }
  readonly scenario?: { readonly name: string; readonly description: string }
}

const KINDS = await loadKinds()
const WORDS = await vocabularyOf(KINDS)

describe('the features', () => {
  const seen: Envelope[] = []
  const all = <K extends keyof Envelope>(kind: K) =>
    seen.flatMap((envelope) =>
      envelope[kind] === undefined ? [] : [envelope[kind] as NonNullable<Envelope[K]>],
    )

  before(async () => {
    const silent = new PassThrough().resume()
    const environment = { cwd: root, stdout: silent, stderr: silent, env: {} }
    const { runConfiguration } = await loadConfiguration(
      {
        file: false,
        provided: {
          paths: ['features/**/*.feature'],
          dryRun: true,
          format: [],
        },
      },
      environment,
    )
    const support = await loadSupport(WORDS, [], root)
    await runCucumber({ ...runConfiguration, support }, environment, (message) =>
      seen.push(message as Envelope),
    )
  })

  it('parse, and there are some', () => {
    assert.deepEqual(all('parseError'), [])
    assert.ok(all('pickle').length > 0)
  })

  it('do something and expect something in every scenario', () => {
    const idle = all('pickle').filter(({ steps, tags }) => {
      const types = new Set(steps.map(({ type }) => type))
      const control = tags.some(({ name }) => name === '@control')
      return !types.has('Outcome') || (!types.has('Action') && !control)
    })
    assert.deepEqual(
      idle.map(({ name }) => name),
      [],
    )
  })

  it('say with a tag which control each scenario judges', () => {
    const ids = new Set(CONTROLS.map(({ id }) => `@${id}`))
    const untagged = all('pickle').filter(({ tags }) => !tags.some(({ name }) => ids.has(name)))
    assert.deepEqual(
      untagged.map(({ name }) => name),
      [],
    )
  })

  it('have no free text below a scenario title: it would look like a step and be none', () => {
    const scenarios = all('gherkinDocument').flatMap(({ feature }) => scenariosOf(feature?.children ?? []))
    assert.deepEqual(
      scenarios.filter(({ description }) => description.trim() !== '').map(({ name }) => name),
      [],
    )
  })

  it('have titles of their own', () => {
    const titles = all('gherkinDocument').flatMap(({ feature }) =>
      scenariosOf(feature?.children ?? []).map(({ name }) => name),
    )
    assert.deepEqual(
      titles.filter((title, i) => titles.indexOf(title) !== i),
      [],
    )
  })

  it('select one window by its id: no two of them share it, whatever kind they are of', () => {
    const ids = [...KINDS.values()].flatMap(({ windows }) => [...windows.keys()])
    assert.deepEqual(
      ids.filter((id, i) => ids.indexOf(id) !== i),
      [],
    )
  })

  it('match one step definition a step', () => {
    const text = new Map(
      all('pickle').flatMap(({ steps }) => steps.map((step) => [step.id, step.text] as const)),
    )
    const steps = all('testCase').flatMap(({ testSteps }) =>
      testSteps.filter(({ pickleStepId }) => pickleStepId),
    )
    const unmatched = steps.filter(({ stepDefinitionIds }) => stepDefinitionIds?.length !== 1)
    assert.deepEqual(
      unmatched.map(({ pickleStepId = '' }) => text.get(pickleStepId)),
      [],
    )
  })

  it('use every word of the vocabulary', () => {
    const { givens, variants, windows, claims, faults } = WORDS
    const texts = all('pickle').flatMap(({ steps }) => steps.map((step) => step.text))
    const said = texts.map((text) => text.replaceAll(/"[^"]*"/g, '{string}'))
    const words = new Set(said.flatMap((text) => [text, ...text.split(' while ')]))
    assert.deepEqual(
      [...givens, ...variants, ...windows, ...claims, ...faults.keys()].filter((word) => !words.has(word)),
      [],
    )
  })
})

function scenariosOf(children: readonly Child[]): { readonly name: string; readonly description: string }[] {
  return children.flatMap(({ rule, scenario }) => (scenario ? [scenario] : scenariosOf(rule?.children ?? [])))
}

describe('docs/own-features.md', () => {
  it('shows the files that a test runs', () => {
    const shown = [...read('docs/own-features.md').matchAll(/```(?:gherkin|ts)\n([^`]*(?:`[^`][^`]*)*?)```/g)]
    const blocks = shown.map(([, block]) => block)
    for (const file of ['audit.feature', 'audit.steps.ts'])
      assert.ok(blocks.includes(read(`docs/own-features/${file}`)), file)
  })
})
