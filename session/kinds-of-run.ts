import { UsageError } from '../core/usage-error.ts'
import type { Verdicts } from '../proof/judgement.ts'
import { loadKinds, type SubjectKinds } from '../scenarios/kinds.ts'
import { configFile } from './config-file.ts'
import { subjectOf } from './subject.ts'

/**
 * The kinds of subjects by which a run was judged: those that we ship, and those that a config names where the run is
 * about others. What a run directory names itself is never loaded: it may come from anywhere.
 * @param config named by the user; else that of the working directory
 * @throws {UsageError} where a kind is still not known
 */
export async function kindsOfRun(
  { scenarios }: Pick<Verdicts, 'scenarios'>,
  config: string | undefined,
  cwd: string,
): Promise<SubjectKinds> {
  const shipped = await loadKinds()
  const unknownTo = (kinds: SubjectKinds) => scenarios.find(({ kind }) => kind !== '' && !kinds.has(kind))
  if (unknownTo(shipped) === undefined) return shipped
  const file = configFile(config, cwd)
  const kinds = file === undefined ? shipped : (await subjectOf({ config: file })).kinds
  const strange = unknownTo(kinds)
  if (strange === undefined) return kinds
  throw new UsageError('the run is about a kind of subject that is not known here', {
    what: `scenario ${strange.id} is about a subject of kind '${strange.kind}'; known are ${[...kinds.keys()].join(', ')}`,
    hint: 'name the config that has this kind in its `kinds` with --config',
  })
}
