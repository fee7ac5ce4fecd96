import { execFile } from 'node:child_process'
import { glob, readFile, rm, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { ConfigTypes, type Field, ROOT } from './config-types.ts'

/** An interface whose fields are those of a schema, as the compiler writes it down: without the schema's comments. */
const FROM_SCHEMA = /^export interface (\w+) extends Declared<typeof \w+> \{\s*\}/gm

/**
 * Writes the types that the compiler of a user's project reads: it can't read our sources, whose imports end with
 * `.ts`. Interfaces that follow from a schema are written out, with the comments on its fields.
 */
export async function writeTypes(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await promisify(execFile)('node_modules/.bin/tsc', ['-p', 'tsconfig.types.json', '--outDir', folder], {
    cwd: ROOT,
  })
  using types = new ConfigTypes()
  for await (const file of glob('**/*.d.ts', { cwd: folder })) {
    const text = await readFile(`${folder}/${file}`, 'utf8')
    const source = file.replace(/\.d\.ts$/, '.ts')
    const written = text.replace(
      FROM_SCHEMA,
      (_, name: string) => `export interface ${name} ${declared(types.fieldsOf(source, name))}`,
    )
    if (written !== text) await writeFile(`${folder}/${file}`, written)
  }
}

function declared(fields: readonly Field[], indent = ''): string {
  const inner = `${indent}  `
  const lines = fields.map(({ name, optional, comment, ...field }) => {
    const said = comment === '' ? '' : `${inner}/** ${comment.replaceAll('\n', `\n${inner} * `)} */\n`
    return `${said}${inner}readonly ${name}${optional ? '?' : ''}: ${typeOf(field, inner)};\n`
  })
  return `{\n${lines.join('')}${indent}}`
}

function typeOf({ type, fields, each }: Pick<Field, 'type' | 'fields' | 'each'>, indent: string): string {
  if (fields.length > 0) return declared(fields, indent)
  return each.length > 0 ? `Readonly<Record<string, ${declared(each, indent)}>>` : type
}
