import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { messageOf } from '../core/error.ts'
import { presentKeys } from '../proof/history/former-words.ts'
import type { RunRecord, Verdicts } from '../proof/judgement.ts'
import { RUN_FILES } from '../proof/run-files.ts'
import { loadPanels } from './load-panels.ts'
import type { PanelsByKind } from './panels.ts'
import { runSchema, verdictsSchema } from './run-schema.ts'
import { RunUnreadable } from './run-unreadable.ts'

/** A run directory's documents. The history stays on disk: it may not fit into memory. */
export interface Run {
  readonly directory: string
  readonly record: RunRecord
  readonly verdicts: Verdicts
}

/**
 * Reads `run.json` and `verdicts.json` of a run directory, wherever it came from.
 * @throws {RunUnreadable} naming the file and, where its content is wrong, the field.
 */
export async function readRun(directory: string, panels?: PanelsByKind): Promise<Run> {
  const record = await document(directory, RUN_FILES.run, runSchema)
  const verdicts = await document(
    directory,
    RUN_FILES.verdicts,
    verdictsSchema(panels ?? (await loadPanels())),
  )
  if (verdicts.run !== record.id) {
    throw new RunUnreadable('the run directory mixes two runs', {
      what: `${RUN_FILES.run} is of run ${record.id}, ${RUN_FILES.verdicts} of run ${verdicts.run}`,
      where: directory,
    })
  }
  return { directory, record, verdicts }
}

async function document<T>(directory: string, name: string, schema: z.ZodType<T>): Promise<T> {
  const path = join(directory, name)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new RunUnreadable(`${name} can't be read`, {
      what: messageOf(cause),
      where: path,
      hint: 'a run directory lies under .eventproof/runs/ and holds run.json and verdicts.json',
      cause,
    })
  }
  let content: unknown
  try {
    content = JSON.parse(text, presentKeys)
  } catch (cause) {
    throw new RunUnreadable(`${name} is damaged`, { what: messageOf(cause), where: path, cause })
  }
  const checked = schema.safeParse(content)
  if (checked.success) return checked.data
  const issue = checked.error.issues[0]
  throw new RunUnreadable(`${name} is not what this version writes`, {
    what: issue ? `${issue.path.join('.') || 'the document'}: ${issue.message}` : 'unknown shape',
    where: path,
    hint: 'it may be damaged, or written by another version of eventproof',
  })
}
