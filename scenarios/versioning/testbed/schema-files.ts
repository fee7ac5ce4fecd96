import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { messageOf } from '../../../core/error.ts'
import { formatOfFile, readSchema, SCHEMA_FILES } from '../../../schemas/read-schema.ts'
import type { Schema } from '../../../schemas/schema.ts'
import { SchemaInvalid } from '../../testbed/schema-invalid.ts'

/** A version that is a file. */
export interface SchemaFile {
  /** As the config has its folder. */
  readonly file: string
  readonly schema: Schema
}

/** `v10` comes after `v9`. */
const NATURAL = new Intl.Collator('en', { numeric: true })

/**
 * The versions in a folder, oldest first.
 * @param name of the entry of `schemas` @param folder where relative paths of the config start
 * @throws {SchemaInvalid} with the file
 */
export async function schemaFiles(name: string, dir: string, folder: string): Promise<readonly SchemaFile[]> {
  const wrong = (what: string, where: string, hint: string, cause?: unknown) =>
    new SchemaInvalid(`the schemas of schemas.${name} can not be read`, {
      what,
      where,
      hint,
      ...(cause === undefined ? {} : { cause }),
    })
  const entries = await readdir(resolve(folder, dir)).catch((cause) => {
    throw wrong(
      messageOf(cause),
      dir,
      `schemas.${name}.dir is a folder, and starts where the config lies`,
      cause,
    )
  })
  const files = entries.filter((entry) => formatOfFile(entry) !== undefined).sort(NATURAL.compare)
  if (files.length === 0) {
    const found =
      entries.length === 0
        ? 'it is empty'
        : `there ${entries.length === 1 ? 'is' : 'are'} ${entries.join(', ')}`
    throw wrong(
      `no file of the folder ends with ${SCHEMA_FILES.join(', ')}; ${found}`,
      dir,
      'one file a version, in the order of their names: v1.avsc, v2.avsc',
    )
  }
  const read = await Promise.all(
    files.map(async (entry) => {
      const file = join(dir, entry)
      const text = await readFile(resolve(folder, file), 'utf8')
      const format = formatOfFile(entry) ?? 'AVRO'
      try {
        return { file, schema: readSchema({ format, text }) }
      } catch (cause) {
        throw wrong(
          `it is no schema of ${format}: ${messageOf(cause)}`,
          file,
          `expected a whole schema of ${format}`,
          cause,
        )
      }
    }),
  )
  const other = read.find(({ schema }) => schema.format !== read[0]?.schema.format)
  if (other !== undefined)
    throw wrong(
      `it is of ${other.schema.format}, and the versions before it are of ${read[0]?.schema.format}`,
      other.file,
      'versions of one subject have one format: give each format an entry and a folder of its own',
    )
  return read
}
