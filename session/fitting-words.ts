import { nearest } from '../core/nearest.ts'
import type { SubjectKind } from '../scenarios/kind.ts'
import type { SubjectKinds } from '../scenarios/kinds.ts'
import type { Vocabulary } from '../steps/vocabulary.ts'
import { FeatureInvalid } from './feature-invalid.ts'
import type { Pickle, PickleStep } from './pickle.ts'
import type { Selected } from './selection.ts'

/**
 * Before anything is started: each step of a scenario is defined once, and what our own steps say fits the subject.
 * @throws {FeatureInvalid} with the place in the feature, what was expected there and what to try
 */
export function checkWords(selected: readonly Selected[], kinds: SubjectKinds, words: Vocabulary): void {
  for (const { pickle, subject } of selected) {
    const kind = kinds.get(subject.kind)
    checkDescription(pickle, words)
    for (const step of pickle.steps) {
      checkDefined(pickle, step, words)
      if (kind) checkFits(pickle, step, kind, words)
    }
  }
}

/** A misspelt keyword makes a first step a description, which says nothing and runs nothing. */
function checkDescription({ description, uri, line }: Pickle, words: Vocabulary): void {
  const ours = new Set([...words.givens, ...words.claims, ...actions(words)])
  const lines = description.split('\n').map((text) => text.trim())
  const lost = lines.find((text) => ours.has(text.slice(text.indexOf(' ') + 1)))
  if (lost === undefined) return
  throw new FeatureInvalid('a step has no keyword', {
    what: `'${lost}' is read as a description of the scenario`,
    where: `${uri}:${line}`,
    hint: 'a step begins with Given, When, Then, And or But',
  })
}

function checkDefined(pickle: Pickle, step: PickleStep, words: Vocabulary): void {
  const { text, defined } = step
  const where = placeOf(pickle, step)
  if (defined.length > 1)
    throw new FeatureInvalid('a step is defined more than once', {
      what: `'${text}' is ${defined.map(({ pattern, place }) => `'${pattern}' of ${place}`).join(' and ')}`,
      where,
      hint: 'leave one of them out, or give it other words',
    })
  if (defined.length === 1) return
  const close = nearest(text, known(step, words))
  throw new FeatureInvalid('a step is not understood', {
    what: `no step is defined for '${text}'`,
    where,
    hint: close
      ? `did you mean '${close}'?`
      : 'define it in a module of steps, named with --steps or in the config: see docs/own-features.md',
  })
}

/** What can be said of one kind of subject may mean nothing to another. */
function checkFits(pickle: Pickle, step: PickleStep, kind: SubjectKind, words: Vocabulary): void {
  const pattern = step.defined[0]?.pattern ?? ''
  const window = pattern.replace(/^\{fault\} while /, '')
  const fits = (all: readonly string[], own: readonly string[], word: string) =>
    !all.includes(word) || own.includes(word)
  const claims = [...kind.predicates.values()].flatMap(({ claim }) => claim ?? [])
  const [noun, own] = !fits(words.windows, kind.phrases, window)
    ? ['window', kind.phrases]
    : !fits(words.claims, claims, pattern)
      ? ['claim', claims]
      : !fits(words.variants, kind.variants, pattern)
        ? ['variant', kind.variants]
        : !fits(words.givens, [kind.given], pattern)
          ? ['subject', [kind.given]]
          : ['', []]
  if (noun === '') return
  const close = nearest(window, own)
  throw new FeatureInvalid(`a step does not fit the kind of subject '${kind.id}'`, {
    what: `found '${step.text}'; it knows ${own.length === 0 ? `no ${noun}` : `the ${noun}s ${own.map((one) => `'${one}'`).join(', ')}`}`,
    where: placeOf(pickle, step),
    hint: close
      ? `did you mean '${close}'?`
      : `say it of a subject of another kind, in a scenario of its own`,
  })
}

/** Of our own words, those that stand in such a place. */
function known({ type }: PickleStep, words: Vocabulary): readonly string[] {
  if (type === 'Outcome') return words.claims
  return type === 'Context' ? words.givens : actions(words)
}

function actions({ variants, windows, faults }: Vocabulary): readonly string[] {
  const hurt = windows.flatMap((window) => [...faults.keys()].map((fault) => `${fault} while ${window}`))
  return [...windows, ...variants, ...hurt]
}

function placeOf({ uri }: Pickle, { line }: PickleStep): string {
  return `${uri}:${line}`
}
