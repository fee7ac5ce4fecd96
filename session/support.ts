import { pathToFileURL } from 'node:url'
import { supportCodeLibraryBuilder } from '@cucumber/cucumber'
import { messageOf } from '../core/error.ts'
import { defineSteps } from '../steps/define-steps.ts'
import type { Vocabulary } from '../steps/vocabulary.ts'
import { FeatureInvalid } from './feature-invalid.ts'

/** All steps and hooks, as Cucumber runs them. */
export type SupportCode = ReturnType<typeof supportCodeLibraryBuilder.finalize>

/** Cucumber builds one library at a time in a process. */
let building: Promise<unknown> = Promise.resolve()
const loaded = new Map<string, number>()

/**
 * Our steps and those of these modules, in one library. A module that was loaded before is loaded anew: its steps would
 * be missing otherwise, and it may have changed.
 * @param root where places of steps start
 * @throws {FeatureInvalid} where a module can't be run
 */
export function loadSupport(
  vocabulary: Vocabulary,
  modules: readonly string[],
  root: string,
): Promise<SupportCode> {
  const built = building.then(() => build(vocabulary, modules, root))
  building = built.catch(() => {})
  return built
}

async function build(vocabulary: Vocabulary, modules: readonly string[], root: string): Promise<SupportCode> {
  let steps = 0
  // Cucumber looks for modules beside the features where none is named.
  const importPaths = modules.length === 0 ? ['no-module'] : [...modules]
  supportCodeLibraryBuilder.reset(root, () => `step-${++steps}`, {
    requireModules: [],
    requirePaths: [],
    importPaths,
    loaders: [],
  })
  defineSteps(vocabulary)
  for (const path of modules) {
    const times = (loaded.get(path) ?? 0) + 1
    loaded.set(path, times)
    const url = pathToFileURL(path).href
    await import(times === 1 ? url : `${url}?time=${times}`).catch((cause: unknown) => {
      throw new FeatureInvalid('a module of steps can not be run', {
        what: messageOf(cause),
        where: path,
        hint: "it imports Given, When and Then from 'eventproof/steps'",
        cause,
      })
    })
  }
  return supportCodeLibraryBuilder.finalize()
}
