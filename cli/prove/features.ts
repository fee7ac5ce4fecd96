import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { type ISupportCodeLibrary, loadConfiguration, runCucumber } from '@cucumber/cucumber/api'
import { InternalDefect } from '../internal-defect.ts'

/** A scenario as it is written in a feature. */
export interface Pickle {
  readonly title: string
  /** Relative to the package's root. */
  readonly uri: string
  readonly line: number
  /** Without @. */
  readonly tags: readonly string[]
}

export interface Features {
  readonly pickles: readonly Pickle[]
  /**
   * Runs the steps of one scenario with these world parameters.
   * @returns what the first step said that did not pass; undefined where all did
   */
  run(pickle: Pickle, scenario: string): Promise<string | undefined>
}

type Envelope = Readonly<Record<string, unknown>>

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/**
 * Reads all features and their steps once. Each scenario is then a run of Cucumber of its own on the shared step
 * definitions, so that several can go on at the same time in one process, next to the stack that they share.
 */
export async function loadFeatures(onMessage: (envelope: Envelope) => void): Promise<Features> {
  const silent = () => new PassThrough().resume()
  const environment = { cwd: ROOT, stdout: silent(), stderr: silent(), env: {} }
  const { runConfiguration } = await loadConfiguration(
    {
      file: false,
      provided: {
        paths: ['features/**/*.feature'],
        import: ['steps/**/!(*.test).ts'],
        dryRun: true,
        format: [],
      },
    },
    environment,
  )
  const found: Found = { pickles: [], lines: new Map() }
  const errors: string[] = []
  const { support } = await runCucumber(runConfiguration, environment, (envelope) => {
    const { parseError } = envelope as { parseError?: { message: string } }
    if (parseError) errors.push(parseError.message)
    collect(envelope as unknown as Messages, found)
  })
  if (errors.length > 0) throw new InternalDefect(new Error(errors.join('\n')))
  return {
    pickles: found.pickles,
    async run(pickle, scenario) {
      let failure: string | undefined
      await runCucumber(
        {
          ...runConfiguration,
          sources: { ...runConfiguration.sources, paths: [`${pickle.uri}:${pickle.line}`] },
          support: support as ISupportCodeLibrary,
          runtime: { ...runConfiguration.runtime, dryRun: false, worldParameters: { scenario } },
        },
        { ...environment, stdout: silent(), stderr: silent() },
        (envelope) => {
          onMessage(envelope as unknown as Envelope)
          failure ??= failureIn(envelope as unknown as StepMessages)
        },
      )
      return failure
    },
  }
}

interface Messages {
  readonly gherkinDocument?: { readonly feature?: { readonly children: readonly Child[] } }
  readonly pickle?: {
    readonly name: string
    readonly uri: string
    readonly astNodeIds: readonly string[]
    readonly tags: readonly { readonly name: string }[]
  }
}

interface Child {
  readonly rule?: { readonly children: readonly Child[] }
  readonly scenario?: { readonly id: string; readonly location: { readonly line: number } }
}

interface StepMessages {
  readonly testStepFinished?: {
    readonly testStepResult: { readonly status: string; readonly message?: string }
  }
}

/** An undefined or ambiguous step has failed, too: what it was to do was not done. */
function failureIn({ testStepFinished }: StepMessages): string | undefined {
  if (testStepFinished === undefined) return undefined
  const { status, message } = testStepFinished.testStepResult
  if (status === 'PASSED' || status === 'SKIPPED') return undefined
  return message?.split('\n')[0] ?? `a step is ${status.toLowerCase()}`
}

interface Found {
  readonly pickles: Pickle[]
  /** Node id of a scenario → its line. */
  readonly lines: Map<string, number>
}

function collect({ gherkinDocument, pickle }: Messages, { pickles, lines }: Found): void {
  const walk = ({ rule, scenario }: Child): void => {
    if (scenario) lines.set(scenario.id, scenario.location.line)
    rule?.children.forEach(walk)
  }
  gherkinDocument?.feature?.children.forEach(walk)
  if (!pickle) return
  pickles.push({
    title: pickle.name,
    uri: pickle.uri,
    line: lines.get(pickle.astNodeIds[0] ?? '') ?? 1,
    tags: pickle.tags.map(({ name }) => name.slice(1)),
  })
}
