import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { statement } from '../../reports/formats/in-toto.ts'
import { verifyManifest } from '../../reports/manifest.ts'
import { EvidenceChanged } from '../evidence-changed.ts'
import { findRun } from '../find-run.ts'
import type { Output } from '../output.ts'
import { readSigningKey, signed } from '../signature.ts'

interface Surroundings {
  readonly runs: string
  readonly cwd: string
  readonly output: Output
}

/**
 * Prints the run's in-toto statement in a DSSE envelope, signed with a private key of the user's.
 * @throws {EvidenceChanged} where anything in the directory differs from its manifest: what was changed is not attested.
 * @throws {KeyUnreadable}
 */
export async function attestCommand(
  run: string,
  { key: keyFile }: { readonly key: string },
  { runs, cwd, output }: Surroundings,
): Promise<number> {
  const directory = findRun(run, runs, cwd)
  const key = await readSigningKey(resolve(cwd, keyFile))
  const [changed] = await verifyManifest(directory)
  const file = join(directory, statement.file)
  const payload = await readFile(file).catch(() => undefined)
  if (changed !== undefined || payload === undefined) {
    throw new EvidenceChanged('the run can’t be attested', {
      what:
        changed === undefined
          ? 'it was made by a version that wrote no statement'
          : `${changed.path} was ${changed.kind} since the manifest was written`,
      where: changed === undefined ? file : directory,
      hint:
        changed === undefined
          ? `eventproof report ${run}   renders it again, with its statement`
          : `eventproof verify ${run}   names all differences`,
    })
  }
  output.result(JSON.stringify(signed(payload, key), null, 2))
  return 0
}
