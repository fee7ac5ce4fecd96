import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { loadConfiguration, runCucumber } from '@cucumber/cucumber/api'
import { ProofWorld, type ProofWorldOptions } from '../steps/proof-world.ts'
import type { RunningScenario } from '../steps/running-scenario.ts'
import type { StepResult } from '../steps/step-result.ts'
import type { Vocabulary } from '../steps/vocabulary.ts'
import { FeatureInvalid } from './feature-invalid.ts'
import type { Envelope } from './messages.ts'
import { type FeatureMessages, type Pickle, Pickles } from './pickle.ts'
import { StepResults } from './step-results.ts'
import { loadSupport, type SupportCode } from './support.ts'

/** Features of one folder. */
/** Scenarios at the same time, and some for others who listen. */
const AT_ONCE = 64

export interface FeatureFolder {
  /** Absolute; globs start here, and places of features are told from here. */
  readonly root: string
  readonly features: readonly string[]
}

export interface Features {
  readonly pickles: readonly Pickle[]
  /** Runs the steps of one scenario. @returns what each of them came to */
  run(
    pickle: Pickle,
    scenario: RunningScenario,
    onMessage: (envelope: Envelope) => void,
  ): Promise<readonly StepResult[]>
}

/**
 * Reads all features and their steps once. Each scenario is then a run of Cucumber of its own on the shared step
 * definitions, so that several can go on at the same time in one process, next to the stack that they share.
 * @param steps absolute paths of modules with people's own steps
 * @throws {FeatureInvalid}
 */
export async function loadFeatures(
  vocabulary: Vocabulary,
  folders: readonly FeatureFolder[],
  steps: readonly string[],
): Promise<Features> {
  const [first] = folders
  const support = await loadSupport(vocabulary, steps, first?.root ?? process.cwd())
  checkWorld(support)
  // Cucumber listens for what nobody caught while a step runs: once for each scenario that is under way.
  process.setMaxListeners(Math.max(process.getMaxListeners(), AT_ONCE))
  const pickles = new Map<string, Pickle>()
  for (const folder of folders)
    for (const pickle of await read(folder, support)) {
      const place = `${join(pickle.root, pickle.uri)}:${pickle.line}`
      if (!pickles.has(place)) pickles.set(place, pickle)
    }
  return {
    pickles: [...pickles.values()],
    async run(pickle, scenario, onMessage) {
      const results = new StepResults(pickle)
      const { root, uri, line } = pickle
      await cucumber(root, [`${uri}:${line}`], inWorldOf(scenario, support), false, (envelope) => {
        onMessage(envelope)
        results.add(envelope)
      })
      return results.all
    },
  }
}

async function read({ root, features }: FeatureFolder, support: SupportCode): Promise<Pickle[]> {
  const pickles = new Pickles(root)
  await cucumber(root, features, support, true, (envelope) => {
    const { parseError } = envelope as ParseMessages
    if (parseError) throw unreadable(parseError)
    pickles.add(envelope as FeatureMessages)
  })
  return pickles.all
}

interface ParseMessages {
  readonly parseError?: {
    readonly message: string
    readonly source: { readonly uri?: string; readonly location?: { readonly line: number } }
  }
}

function unreadable({ message, source }: NonNullable<ParseMessages['parseError']>): FeatureInvalid {
  return new FeatureInvalid('a feature can not be read', {
    what: message.split('\n')[0] ?? message,
    where: `${source.uri ?? '?'}:${source.location?.line ?? 1}`,
    hint: 'a feature is written in Gherkin: Feature, Scenario, and steps that begin with Given, When, Then or And',
  })
}

async function cucumber(
  cwd: string,
  paths: readonly string[],
  support: SupportCode,
  dryRun: boolean,
  onMessage: (envelope: Envelope) => void,
): Promise<void> {
  const silent = () => new PassThrough().resume()
  const environment = { cwd, stdout: silent(), stderr: silent(), env: {} }
  const { runConfiguration } = await loadConfiguration(
    { file: false, provided: { paths: [...paths], dryRun, format: [] } },
    environment,
  )
  await runCucumber({ ...runConfiguration, support }, environment, (envelope) =>
    onMessage(envelope as unknown as Envelope),
  )
}

/** The same steps, in a world that knows this scenario: Cucumber itself hands nothing but JSON to a world. */
function inWorldOf(scenario: RunningScenario, support: SupportCode): SupportCode {
  const World: typeof ProofWorld = support.World
  return {
    ...support,
    World: class extends World {
      constructor(options: ProofWorldOptions) {
        super({ ...options, scenario })
      }
    },
  }
}

/** @throws {FeatureInvalid} where people's own world is none that our steps can work in */
function checkWorld({ World }: SupportCode): void {
  if (World === ProofWorld || World.prototype instanceof ProofWorld) return
  throw new FeatureInvalid('a module of steps sets a world that does not extend ours', {
    what: `setWorldConstructor was called with ${World.name || 'a class'}`,
    hint: "class MyWorld extends ProofWorld, with ProofWorld from 'eventproof/steps'",
  })
}
