import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { configFields } from './config-types.ts'
import { CONTRACT, withTables } from './field-tables.ts'
import { describedSchema, SCHEMA_FILE } from './json-schema.ts'
import { reportDocuments } from './report-documents.ts'

const fields = configFields()

describe('what follows from the schemas of the config', () => {
  it('is in subject.schema.json', async () => {
    const kept = JSON.parse(await readFile(SCHEMA_FILE, 'utf8'))
    assert.deepEqual(kept, JSON.parse(await describedSchema(fields)), 'npm run schema')
  })

  it('is in docs/subject-contract.md, section by section', async () => {
    const page = await readFile(CONTRACT, 'utf8')
    assert.equal(page, withTables(page, fields), 'npm run schema')
    const sections = fields.filter(({ each }) => each.length > 0)
    for (const { name } of sections) assert.equal(page.includes(`<!-- fields of ${name} -->`), true, name)
    for (const { name } of fields)
      assert.equal(page.includes(`\`${name}`) || page.includes(`fields of ${name}`), true, name)
  })

  it('takes comments with it', () => {
    const outbox = fields
      .find(({ name }) => name === 'publishers')
      ?.each.find(({ name }) => name === 'outbox')
    const published = outbox?.fields.find(({ name }) => name === 'published')
    assert.equal(published?.comment, 'A column that the relay sets when the event is on the log.')
    assert.equal(published?.optional, true)
  })
})

describe('what follows from the schemas of reports', () => {
  for (const [file, content] of reportDocuments()) {
    it(`is in ${file.pathname.split('/').at(-1)}`, async () => {
      const kept = JSON.parse(await readFile(file, 'utf8'))
      assert.deepEqual(kept, JSON.parse(content), 'npm run schema')
    })
  }
})
