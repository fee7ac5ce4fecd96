import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import axe from 'axe-core'
import { type Browser, chromium } from 'playwright-core'
import { judge } from '../proof/judge.ts'
import { goodLife } from '../scenarios/scaling/fixture/builder.ts'
import { consumerRun } from './fixture/consumer-run.ts'
import { hostileRun } from './fixture/hostile.ts'
import { goodScenarios, runDirectory, violatedRun } from './fixture/run-directory.ts'
import { runRecord } from './fixture/scenario.ts'
import { KINDS } from './fixture/words.ts'
import { renderRun } from './render-run.ts'

const CHROMIUM = '/usr/bin/chromium'
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

function scaled() {
  const h = goodLife()
  h.end()
  return { scenarios: [judge(h.events, new Map())], history: [...h.events] }
}

const RUNS = {
  good: () => runDirectory(goodScenarios()),
  violated: () => runDirectory(violatedRun().scenarios, undefined, violatedRun().history),
  interrupted: () => runDirectory(goodScenarios(), runRecord({ interrupted: true })),
  consumer: () => runDirectory(consumerRun().scenarios, undefined, consumerRun().history),
  scaling: () => runDirectory(scaled().scenarios, undefined, scaled().history),
  'hostile scaling': () => {
    const { scenarios, history, record } = hostileRun(scaled())
    return runDirectory(scenarios, record, history)
  },
  'hostile consumer': () => {
    const { scenarios, history, record } = hostileRun(consumerRun())
    return runDirectory(scenarios, record, history)
  },
  hostile: () => {
    const { scenarios, history, record } = hostileRun()
    return runDirectory(scenarios, record, history)
  },
}

const skip = existsSync(CHROMIUM) ? false : 'skipped: chromium is not installed'

describe('the page in a real browser', { skip }, () => {
  let browser: Browser
  const directories: string[] = []
  // A browser profile of its own is made and removed by the driver.
  before(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  })
  after(async () => {
    await browser.close()
    for (const directory of directories) rmSync(directory, { recursive: true })
  })

  for (const [name, make] of Object.entries(RUNS)) {
    test(`${name}: silent, nothing fetched, nothing wider than the window, prints`, async () => {
      const directory = await make()
      directories.push(directory)
      await renderRun(directory, KINDS)
      const page = await browser.newPage()
      const heard: string[] = []
      page.on('console', (message) => heard.push(message.text()))
      page.on('pageerror', (error) => heard.push(error.message))
      page.on('dialog', (dialog) => {
        heard.push(dialog.message())
        void dialog.dismiss()
      })
      page.on('request', (request) => {
        if (request.url() !== url) heard.push(request.url())
      })
      const url = pathToFileURL(join(directory, 'report.html')).href
      await page.goto(url)
      assert.equal(await page.locator('script, iframe, img, link, form').count(), 0)
      assert.equal(await page.locator('html').getAttribute('lang'), 'en')
      assert.equal(await page.locator('table th:not([scope])').count(), 0)
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 })
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width, `at ${width} px`)
      }
      await page.setViewportSize({ width: 1280, height: 900 })
      assert.deepEqual(await overlaps(page), [])
      assert.deepEqual(await faint(page), [])
      assert.deepEqual(await barriers(page), [])
      const pdf = await page.pdf({ format: 'A4', printBackground: true })
      assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
      assert.deepEqual(heard, [])
      await page.close()
    })
  }

  test('the page is in Korean where the reader chooses it', async () => {
    const directory = await RUNS.violated()
    directories.push(directory)
    await renderRun(directory, KINDS)
    const page = await browser.newPage()
    await page.goto(pathToFileURL(join(directory, 'report.html')).href)
    const seen = () => page.locator('main').innerText()
    assert.match(await seen(), /How it is judged/)
    assert.doesNotMatch(await seen(), /판정 방법/)
    await page.getByText('한국어').click()
    assert.match(await seen(), /판정 방법/)
    assert.doesNotMatch(await seen(), /How it is judged|Atomic publishing|What is not claimed/)
    assert.match(await seen(), /lost-after-mark/)
    await page.close()
  })

  test('the JUnit file of a hostile run is well-formed XML', async () => {
    const directory = await RUNS.hostile()
    directories.push(directory)
    await renderRun(directory, KINDS)
    const page = await browser.newPage()
    const xml = readFileSync(join(directory, 'junit.xml'), 'utf8')
    const seen = await page.evaluate(
      `(() => { const xml = new DOMParser().parseFromString(${JSON.stringify(xml)}, 'application/xml');
        return { broken: xml.querySelector('parsererror')?.textContent ?? null, suites: xml.querySelectorAll('testsuite').length } })()`,
    )
    assert.deepEqual(seen, { broken: null, suites: 19 })
    await page.close()
  })
})

type Page = Awaited<ReturnType<Browser['newPage']>>

/** What axe finds that keeps somebody from reading the page. */
async function barriers(page: Page): Promise<unknown> {
  await page.evaluate(axe.source)
  return page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ': ' + nodes[0].html))`)
}

/** Labels of a timeline that touch another label or leave the picture. */
function overlaps(page: Page): Promise<unknown> {
  return page.evaluate(`[...document.querySelectorAll('svg.timeline')].flatMap((svg) => {
    const frame = svg.getBoundingClientRect()
    const boxes = [...svg.querySelectorAll('text')].map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
    return boxes.flatMap((a, i) => [
      ...(a.box.right > frame.right + 1 || a.box.left < frame.left - 1 ? ['outside: ' + a.text] : []),
      ...boxes.slice(i + 1).filter((b) => a.box.left < b.box.right && b.box.left < a.box.right && a.box.top < b.box.bottom && b.box.top < a.box.bottom)
        .map((b) => a.text + ' / ' + b.text),
    ])
  })`)
}

/** Texts with less than 4.5 : 1 against the background they stand on. */
function faint(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const channel = (value) => { const c = value / 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4 }
    const light = (colour) => { const [r, g, b] = colour.match(/[\\d.]+/g).map(Number); return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b) }
    const behind = (element) => { for (let e = element; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\\)$/.test(c)) return c } return 'rgb(255,255,255)' }
    return [...document.querySelectorAll('main *')].filter((e) => !e.closest('svg') && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())).flatMap((e) => {
      const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x)
      const ratio = (a + 0.05) / (b + 0.05)
      return ratio < 4.5 ? [ratio.toFixed(2) + ' ' + e.textContent.slice(0, 40)] : []
    })
  })()`)
}
