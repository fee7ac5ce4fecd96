import { brand } from '../../core/brand.ts'
import { exportsIn } from '../../core/module-folder.ts'
import type { Report } from '../report.ts'

/** One document that is made from a run directory; a file of this folder each, found by the folder. */
export interface Format {
  /** Its name in the run directory. */
  readonly file: string
  /** Pure: the same report gives the same text. */
  of(report: Report): string
}

const { make, is } = brand<Format>()

export function format(of: Format): Format {
  return make(of)
}

let loaded: Promise<readonly Format[]> | undefined

/** All that the folder holds, in the order of file names. */
export function formats(): Promise<readonly Format[]> {
  loaded ??= exportsIn(new URL('./', import.meta.url), is)
  return loaded
}

/** What is made from the evidence, and can be made again. */
export async function renderedFiles(): Promise<ReadonlySet<string>> {
  return new Set((await formats()).map(({ file }) => file))
}
