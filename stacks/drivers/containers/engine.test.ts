import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { Engine } from './engine.ts'
import { engineAddress } from './engine-address.ts'
import { withoutFrames } from './frames.ts'
import { labelsOf, OWNER_LABEL, orphaned } from './labels.ts'
import { sweep } from './sweep.ts'

/** An engine that answers in this way, on a socket of its own. */
async function engineThat(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Engine & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'eventproof-engine-test-'))
  const socketPath = join(folder, 'engine.sock')
  const server = createServer(answer).listen(socketPath)
  await once(server, 'listening')
  const engine = new Engine({ url: `unix://${socketPath}`, socketPath })
  return Object.assign(engine, {
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await rm(folder, { recursive: true, force: true })
    },
  })
}

test('where an engine is said to be is read as Docker reads it', () => {
  assert.deepEqual(engineAddress({ DOCKER_HOST: 'unix:///run/a.sock' }), {
    url: 'unix:///run/a.sock',
    socketPath: '/run/a.sock',
  })
  assert.deepEqual(engineAddress({ DOCKER_HOST: 'tcp://10.0.0.1:2376' }), {
    url: 'tcp://10.0.0.1:2376',
    host: '10.0.0.1',
    port: 2376,
  })
})

test('an engine that does not answer is told within the deadline, with what to do', async () => {
  await using silent = await engineThat(() => {})
  const begun = performance.now()
  await assert.rejects(Engine.reach({ DOCKER_HOST: silent.address.url }, 200), {
    code: 'EVENTPROOF_ENGINE_UNAVAILABLE',
    exitCode: 3,
  })
  assert.ok(performance.now() - begun < 2000)
})

test('an engine that is gone is told as that, whatever was asked', async () => {
  const gone = new Engine({ url: 'unix:///nowhere/engine.sock', socketPath: '/nowhere/engine.sock' })
  await assert.rejects(gone.start('abc'), { code: 'EVENTPROOF_ENGINE_UNAVAILABLE' })
})

test('a build that fails is an error, although the engine answered 200', async () => {
  await using engine = await engineThat((request, response) => {
    request.resume()
    response.end('{"stream":"Step 1/2"}\n{"error":"no such file"}\n')
  })
  await assert.rejects(engine.build('eventproof/x:1', Readable.from(['']), {}), {
    code: 'EVENTPROOF_ENGINE_REFUSED',
    message: /no such file/,
  })
})

test('an image for another machine is known by its architecture', async () => {
  await using engine = await engineThat((request, response) => {
    const found: Record<string, unknown> = {
      '/version': { Arch: 'amd64' },
      '/images/pi/json': { Architecture: 'arm64' },
      '/images/pc/json': { Architecture: 'amd64' },
    }
    const answer = found[request.url ?? '']
    response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer ?? { message: 'none' }))
  })
  assert.equal(await engine.foreignArchitecture('pi'), 'arm64')
  assert.equal(await engine.foreignArchitecture('pc'), undefined)
  assert.equal(await engine.foreignArchitecture('none'), undefined)
})

test('a full disk is told with what makes room', async () => {
  await using engine = await engineThat((request, response) => {
    request.resume()
    response.writeHead(500).end('{"message":"mkdir /data: no space left on device"}')
  })
  await assert.rejects(engine.start('abc'), (error: { detail: { hint?: string } }) => {
    assert.match(error.detail.hint ?? '', /disk of the engine is full.*docker system prune/)
    return true
  })
})

test('a command in a container gives its exit code and what it wrote', async () => {
  const seen: string[] = []
  await using engine = await engineThat(async (request, response) => {
    seen.push(`${request.method} ${request.url} ${await text(request)}`)
    if (request.url?.endsWith('/start')) {
      const said = Buffer.from('no such file\n')
      return response.end(Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0, said.length]), said]))
    }
    response.end(JSON.stringify({ Id: 'e1', ExitCode: 3 }))
  })
  assert.deepEqual(await engine.run('c1', ['test', '-e', '/x']), { code: 3, said: 'no such file' })
  assert.deepEqual(
    seen.map((line) => line.split(' ', 2).join(' ')),
    ['POST /containers/c1/exec', 'POST /exec/e1/start', 'GET /exec/e1/json'],
  )
  assert.match(seen[0] ?? '', /"Cmd":\["test","-e","\/x"\]/)
})

test('what is not there is undefined, and killing what does not run is no error', async () => {
  await using engine = await engineThat((request, response) => {
    response.writeHead(request.method === 'POST' ? 409 : 404).end('{"message":"not running"}')
  })
  assert.equal(await engine.image('eventproof/x:1'), undefined)
  assert.equal(await engine.inspect('abc'), undefined)
  await engine.kill('abc')
  await assert.rejects(engine.start('abc'), { status: 409, message: /not running/ })
})

test('a sweep removes what is a run’s, its cluster’s node too, containers before networks', async () => {
  const seen: string[] = []
  await using engine = await engineThat((request, response) => {
    const { method = '', url = '' } = request
    seen.push(`${method} ${url.split('?', 1)[0]}`)
    const found: Record<string, string> = {
      '/containers/json eventproof.run=r1': 'c1',
      '/containers/json io.x-k8s.kind.cluster=eventproof-r1': 'node',
      '/networks eventproof.run=r1': 'n1',
    }
    const label = /"label":\["([^"]+)"\]/.exec(decodeURIComponent(url))?.[1]
    const id = found[`${url.split('?', 1)[0]} ${label}`]
    if (url === '/networks/n1') return response.end(method === 'GET' ? '{"Containers":{}}' : '')
    response.end(method === 'GET' ? JSON.stringify(id === undefined ? [] : [{ Id: id, Labels: {} }]) : '')
  })
  assert.deepEqual(await sweep(engine, 'r1'), { containers: 2, networks: 1 })
  assert.deepEqual(seen, [
    'GET /containers/json',
    'GET /containers/json',
    'DELETE /containers/c1',
    'DELETE /containers/node',
    'GET /networks',
    'GET /networks/n1',
    'DELETE /networks/n1',
  ])
})

test('a run is orphaned when its process is gone, and never that of another machine', () => {
  const mine = labelsOf('r1')
  assert.equal(orphaned(mine), false)
  const [host] = (mine[OWNER_LABEL] ?? '').split(' ')
  assert.equal(orphaned({ [OWNER_LABEL]: `${host} 999999999 12345` }), true)
  assert.equal(orphaned({ [OWNER_LABEL]: `elsewhere 999999999 12345` }), false)
  assert.equal(orphaned({}), false)
})

test('output is taken out of its frames, wherever they are cut', async () => {
  const frame = (words: string) =>
    Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, words.length]), Buffer.from(words)])
  const bytes = Buffer.concat([frame('one\n'), frame('two\n')])
  const pieces = [...bytes].map((byte) => Buffer.from([byte]))
  assert.equal(await text(Readable.from(pieces).pipe(withoutFrames())), 'one\ntwo\n')
})
