import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject, verify } from 'node:crypto'
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { goodScenarios, runDirectory } from '../../reports/fixture/run-directory.ts'
import { KINDS } from '../../reports/fixture/words.ts'
import { renderRun } from '../../reports/render-run.ts'
import { EvidenceChanged } from '../evidence-changed.ts'
import type { Output } from '../output.ts'
import { KeyUnreadable } from '../signature.ts'
import { attestCommand } from './attest.ts'

describe('eventproof attest', () => {
  let cwd = ''
  let run = ''
  before(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'eventproof-attest-'))
    run = await runDirectory(goodScenarios())
    await renderRun(run, KINDS)
  })
  after(async () => {
    for (const folder of [cwd, run]) await rm(folder, { recursive: true, force: true })
  })

  async function keyFile(name: string, key: KeyObject, passphrase?: string): Promise<string> {
    const file = join(cwd, name)
    const lock = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase }
    await writeFile(file, key.export({ type: 'pkcs8', format: 'pem', ...lock }))
    return file
  }

  async function attest(key: string): Promise<Envelope> {
    const said: string[] = []
    const output: Output = {
      result: (text) => said.push(text),
      aside: () => {},
      live: false,
      columns: 80,
      style: (_, text) => text,
    }
    assert.equal(await attestCommand(run, { key }, { runs: cwd, cwd, output }), 0)
    return JSON.parse(said.join(''))
  }

  for (const [kind, { privateKey, publicKey }, hash] of [
    ['Ed25519', generateKeyPairSync('ed25519'), null],
    ['ECDSA', generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'sha256'],
  ] as const) {
    it(`signs the statement with a key of ${kind}, so that anybody can check it`, async () => {
      const { payloadType, payload, signatures } = await attest(await keyFile(kind, privateKey))
      const statement = Buffer.from(payload, 'base64')
      const signature = Buffer.from(signatures[0]?.sig ?? '', 'base64')
      const encoded = (content: Buffer) =>
        Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${content.length} ${content}`)
      assert.equal(verify(hash, encoded(statement), publicKey, signature), true)
      assert.equal(verify(hash, encoded(Buffer.from(`${statement} `)), publicKey, signature), false)
      assert.equal(JSON.parse(statement.toString()).predicate.result, 'PASSED')
    })
  }

  it('says what is wrong with a key that it can’t use', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const locked = await keyFile('locked.pem', privateKey, 'secret')
    const open = join(cwd, 'public.pem')
    await writeFile(open, publicKey.export({ type: 'spki', format: 'pem' }))
    for (const file of [locked, open, join(cwd, 'nowhere.pem')])
      await assert.rejects(attest(file), KeyUnreadable)
  })

  it('attests nothing of a run that was changed', async () => {
    const key = await keyFile('any.pem', generateKeyPairSync('ed25519').privateKey)
    await appendFile(join(run, 'history.ndjson'), '\n')
    await assert.rejects(attest(key), (error) => {
      assert.ok(error instanceof EvidenceChanged)
      assert.match(error.detail.what, /history\.ndjson was changed/)
      return true
    })
  })
})

interface Envelope {
  readonly payloadType: string
  readonly payload: string
  readonly signatures: readonly { readonly sig: string }[]
}
