import assert from 'node:assert/strict'
import { test } from 'node:test'
import { usersPath } from './users-path.ts'

const gyp = '/usr/lib/node_modules/npm/node_modules/@npmcli/run-script/lib/node-gyp-bin'

test('in a checkout, its own programs are taken from PATH, and others are left', () => {
  const path = `/src/eventproof/node_modules/.bin:/src/node_modules/.bin:${gyp}:/usr/local/bin:/usr/bin`
  assert.equal(usersPath(path, '/src/eventproof'), '/src/node_modules/.bin:/usr/local/bin:/usr/bin')
})

test('started by npx, what npx has installed for us is taken from PATH', () => {
  const cache = '/home/.npm/_npx/0a1b/node_modules'
  const path = `${cache}/.bin:/shop/node_modules/.bin:${gyp}:/usr/bin`
  assert.equal(usersPath(path, `${cache}/eventproof`), '/shop/node_modules/.bin:/usr/bin')
})

test('installed in a project, the programs of the project are its own', () => {
  const path = '/shop/node_modules/.bin:/usr/bin'
  assert.equal(usersPath(path, '/shop/node_modules/eventproof'), path)
})
