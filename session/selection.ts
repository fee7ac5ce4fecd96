import { nearest } from '../core/nearest.ts'
import { UsageError } from '../core/usage-error.ts'
import { CONTROLS } from '../reports/controls.ts'
import type { SubjectName } from '../scenarios/experiment.ts'
import type { SubjectKinds } from '../scenarios/kinds.ts'
import type { CommonConfig } from '../subjects/contract/index.ts'
import { FeatureInvalid } from './feature-invalid.ts'
import type { Pickle } from './pickle.ts'
import { type Undeclared, undeclaredFor, undeclaredInWords } from './undeclared.ts'

/** One scenario on one subject. */
export interface Selected {
  /** Unique in the run: in the history, in reports, in file names. */
  readonly id: string
  readonly pickle: Pickle
  readonly subject: SubjectName
  readonly controls: readonly string[]
}

const SUBJECT = 'subject='
const CONTROL_IDS = CONTROLS.map(({ id }) => id)
const BY_NAME = new Set(CONTROLS.filter(({ byName }) => byName).map(({ id }) => id))

/**
 * The scenarios that the words select, each for every subject that it is about. A word is a control id (P1),
 * a tag (@W5), a feature or its folder by name, or a part of its path; several words select what any of them does;
 * none selects all. The name of a subject, or `subject=name`, leaves the others out.
 * @param note told which fields a subject would have to declare for all that was asked for, and which words select
 * nothing beside the others
 * @throws {UsageError} for a word that nothing answers to, or what no subject declares, {FeatureInvalid} for a scenario that is about nothing
 */
export function select(
  pickles: readonly Pickle[],
  kinds: SubjectKinds,
  config: CommonConfig,
  words: readonly string[],
  repeat: number,
  note?: (undeclared: readonly Undeclared[], idle: readonly string[]) => void,
): Selected[] {
  const all = [...kinds.values()].flatMap((kind) => Object.keys(kind.config.of(config)))
  const isSubject = (word: string) =>
    word.startsWith(SUBJECT) || (all.includes(word) && !pickles.some((pickle) => answers(pickle, word)))
  const only = words.filter(isSubject).map((word) => word.replace(SUBJECT, ''))
  for (const name of only) if (!all.includes(name)) throw noSubject(name, all)
  const what = words.filter((word) => !isSubject(word))
  for (const word of what) {
    if (!CONTROL_IDS.includes(word.toUpperCase()) && !pickles.some((pickle) => answers(pickle, word))) {
      const known = [
        ...CONTROL_IDS,
        ...all,
        ...new Set(pickles.flatMap(({ tags }) => tags.map((tag) => `@${tag}`))),
      ]
      const close = nearest(word, known)
      throw new UsageError(`nothing is called ${word}`, {
        what: 'expected a control (P1), a tag (@W5), a part of a feature’s path or the name of a subject',
        hint: close ? `did you mean ${close}?` : `there are ${known.join(' ')}`,
      })
    }
  }
  const wanted = pickles.filter((pickle) => what.length === 0 || what.some((word) => answers(pickle, word)))
  const about = wanted.flatMap((pickle) =>
    subjectsOf(pickle, kinds, config).map((subject) => ({
      id: `${subject.name}-${slug(pickle.title)}`,
      pickle,
      subject,
      controls: controlsOf(pickle, what),
    })),
  )
  const runs = distinct(about.filter(({ subject }) => only.length === 0 || only.includes(subject.name)))
  const missing = what.length === 0 ? [] : undeclaredFor(wanted, kinds, config, only)
  if (runs.length === 0 && words.length > 0) {
    const sections = [...kinds.values()].filter(isAboutAny(wanted)).map(({ config: { name } }) => name)
    throw notAbout(what, only, about, missing, sections)
  }
  note?.(
    missing,
    what.filter((word) => !runs.some(({ pickle }) => answers(pickle, word))),
  )
  if (repeat === 1) return runs
  return Array.from({ length: repeat }, (_, n) =>
    runs.map((run) => ({ ...run, id: `${run.id}-${n + 1}` })),
  ).flat()
}

function noSubject(name: string, all: readonly string[]): UsageError {
  const close = nearest(name, all)
  return new UsageError(`the config declares no subject called ${name}`, {
    what: `there are ${[...new Set(all)].join(', ') || 'none'}`,
    ...(close ? { hint: `did you mean ${close}?` } : {}),
  })
}

function isAboutAny(pickles: readonly Pickle[]): (kind: { readonly given: string }) => boolean {
  const said = new Set(pickles.flatMap(({ steps }) => steps.map(({ text }) => text)))
  return ({ given }) => said.has(given)
}

/** Scenarios of this name there are, and none of them is about these subjects. */
function notAbout(
  words: readonly string[],
  only: readonly string[],
  about: readonly Pick<Selected, 'subject'>[],
  missing: readonly Undeclared[],
  sections: readonly string[],
): UsageError {
  const others = [...new Set(about.map(({ subject }) => subject.name))]
  const them = only.length === 0 ? 'a subject of this config' : only.join(' or ')
  const hint =
    missing.length > 0
      ? `declare ${missing.map(({ field }) => field).join(' or ')}`
      : only.length > 0
        ? `\`eventproof prove ${only.join(' ')}\` proves all that there is about ${them}`
        : 'docs/subject-contract.md says how one is declared'
  const what =
    others.length === 0
      ? `the config declares none in ${sections.join(' or ')}`
      : `it is about ${others.join(', ')}`
  return new UsageError(`no scenario of ${words.join(', ')} is about ${them}`, {
    what: missing.length === 0 ? what : undeclaredInWords(missing),
    hint,
  })
}

/** Of the kind that its `Given` names, those that its tags do not exclude; `@subject=orders` is for that one only. */
function subjectsOf(pickle: Pickle, kinds: SubjectKinds, config: CommonConfig): SubjectName[] {
  const { tags, steps, uri, line } = pickle
  const about = [...kinds.values()].filter(({ given }) => steps.some(({ text }) => text === given))
  if (about.length === 0) {
    const givens = [...kinds.values()].map(({ given }) => `'Given ${given}'`)
    throw new FeatureInvalid('a scenario does not say what it is about', {
      what: `'${pickle.title}' names no kind of subject; expected one of ${givens.join(', ')}`,
      where: `${uri}:${line}`,
      hint: 'begin it with one of these steps, or put that into a Background of the feature',
    })
  }
  const only = tags.filter((tag) => tag.startsWith(SUBJECT)).map((tag) => tag.slice(SUBJECT.length))
  return about.flatMap((kind) =>
    kind
      .subjects(tags, config)
      .filter((name) => only.length === 0 || only.includes(name))
      .map((name) => ({ kind: kind.id, name })),
  )
}

/** Those of its tags; one that is judged by name only, where it is named or nothing is, or where the scenario has no other. */
function controlsOf({ tags }: Pickle, words: readonly string[]): readonly string[] {
  const controls = tags.filter((tag) => CONTROL_IDS.includes(tag))
  const named = (id: string) => words.some((word) => word.replace(/^@/, '').toUpperCase() === id)
  const others = controls.filter((id) => !BY_NAME.has(id))
  return words.length === 0 || others.length === 0
    ? controls
    : controls.filter((id) => !BY_NAME.has(id) || named(id))
}

/** Scenarios of several features, and rows of one outline, may have one title. */
function distinct(runs: readonly Selected[]): Selected[] {
  const seen = new Map<string, number>()
  return runs.map((run) => {
    const times = (seen.get(run.id) ?? 0) + 1
    seen.set(run.id, times)
    return times === 1 ? run : { ...run, id: `${run.id}-no-${times}` }
  })
}

function answers({ tags, uri }: Pickle, word: string): boolean {
  const tag = word.replace(/^@/, '').toLowerCase()
  if (tags.some((one) => one.toLowerCase() === tag)) return true
  if (word.startsWith('@')) return false
  const names = uri.split('/').filter((name) => name !== 'features')
  return names.some((name) => [name, name.replace(/\.feature$/, '')].includes(word)) || isPathPart(word, uri)
}

function isPathPart(word: string, uri: string): boolean {
  return word.includes('/') && uri.includes(word)
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replaceAll('’', '')
    .replaceAll(/[^a-z0-9]+/g, '-')
}
