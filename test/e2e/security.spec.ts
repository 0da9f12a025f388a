// What a page can not do, tried in the real window: run foreign script, reach Node, leave, open, ask, read files.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { CALL_NAMES } from '../../electron/contract'
import { expect, test } from './support/app'
import { TRAVERSALS } from './support/traversals'

/** Ways to run script that the content security policy must refuse. Each would set window.executed. */
const SCRIPT_VECTORS: Readonly<Record<string, string>> = {
  'inline script': `document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.executed = true' }))`,
  'script from data:': `document.body.append(Object.assign(document.createElement('script'), { src: 'data:text/javascript,window.executed=true' }))`,
  'script from blob:': `document.body.append(Object.assign(document.createElement('script'), { src: URL.createObjectURL(new Blob(['window.executed=true'])) }))`,
  'script from https:': `document.body.append(Object.assign(document.createElement('script'), { src: 'https://example.com/x.js' }))`,
  eval: `(0, eval)('window.executed = true')`,
  Function: `new Function('window.executed = true')()`,
  'setTimeout of text': `setTimeout('window.executed = true', 0)`,
  'event attribute': `document.body.insertAdjacentHTML('beforeend', '<img src="/none.png" onerror="window.executed = true">')`,
  'javascript: link': `{ const a = Object.assign(document.createElement('a'), { href: 'javascript:window.executed=true' }); document.body.append(a); a.click() }`,
  'frame with srcdoc': `document.body.insertAdjacentHTML('beforeend', '<iframe srcdoc="<script>parent.executed = true</script>"></iframe>')`,
  'svg with script': `document.body.insertAdjacentHTML('beforeend', '<svg onload="window.executed = true"><script>window.executed = true</script></svg>')`,
  object: `document.body.insertAdjacentHTML('beforeend', '<object data="data:text/html,<script>parent.executed = true</script>"></object>')`,
  'worker from blob:': `new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))).onmessage = () => { window.executed = true }`,
  'module import of data:': `import('data:text/javascript,window.executed=true').catch(() => {})`,
  'base to elsewhere': `{ document.head.append(Object.assign(document.createElement('base'), { href: 'https://example.com/' })); window.executed = document.baseURI.startsWith('https:') || undefined }`,
}

const ADDRESSES = [
  'https://example.com/',
  'http://127.0.0.1:9/',
  'http://localhost:9/',
  'file:///etc/passwd',
  'ftp://example.com/',
  'data:text/html,<p>x</p>',
  'about:blank',
  'app://elsewhere/index.html',
  'javascript:location="https://example.com/"',
  'view-source:app://descent/',
]

const PERMISSIONS = [
  'geolocation',
  'notifications',
  'camera',
  'microphone',
  'midi',
  'clipboard-read',
  'persistent-storage',
  'screen-wake-lock',
] as const

/** Runs text as code in the page's own world: what an injected script could do once it ran. */
async function attempt(page: Page, code: string): Promise<void> {
  await page.evaluate(code).catch(() => undefined)
}

/** Waits until the page has had time for what was asked of it: two frames and a turn of its event loop. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 50))),
      ),
  )
}

test('no script runs that the application did not bring', async ({ launchApp }) => {
  const { page, outboundRequests } = await launchApp()
  await page.evaluate(() => {
    const counter = window as unknown as { violations: number }
    counter.violations = 0
    document.addEventListener('securitypolicyviolation', () => counter.violations++)
  })
  for (const [name, code] of Object.entries(SCRIPT_VECTORS)) {
    await attempt(page, `setTimeout(() => { ${code} }); 0`)
    await settle(page)
    expect(
      await page.evaluate(() => (window as unknown as { executed?: boolean }).executed),
      name,
    ).toBeUndefined()
  }
  const violations = await page.evaluate(() => (window as unknown as { violations: number }).violations)
  // Script inside of inserted markup is inert without any policy; all others were stopped by it.
  expect(violations).toBeGreaterThanOrEqual(12)
  expect(await outboundRequests(), 'the policy stops requests before they are made').toBe(0)
  expect(page.url()).toBe('app://descent/')
})

test('the page has no Node and one narrow bridge', async ({ openApp }) => {
  const { page, call } = await openApp()
  const NODE_NAMES = [
    'require',
    'process',
    'module',
    'Buffer',
    'global',
    '__dirname',
    'electron',
    'ipcRenderer',
  ]
  const found = await page.evaluate((names) => names.filter((name) => name in window), NODE_NAMES)
  expect(found).toEqual([])
  const bridge = await page.evaluate(() =>
    Object.keys((window as unknown as { descent: object }).descent).sort(),
  )
  expect(bridge).toEqual(['call', 'on', 'openReader', 'readerMessage'])
  const inFrame = await page.evaluate((names) => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    const inner = frame.contentWindow as unknown as Record<string, unknown>
    return [...names, 'descent'].filter((name) => name in inner)
  }, NODE_NAMES)
  expect(inFrame).toEqual([])
  const worker = await page.evaluate(() =>
    new Promise((resolve) => {
      const started = new Worker(URL.createObjectURL(new Blob(['postMessage(typeof process)'])))
      started.onmessage = ({ data }) => resolve(data)
      started.onerror = () => resolve('refused')
    }).catch(() => 'refused'),
  )
  expect(worker).toBe('refused')
  expect(`${[...CALL_NAMES].sort().join('\n')}\n`).toMatchSnapshot('calls.txt')
  await expect(call('app.info')).resolves.toMatchObject({ readOnly: null })
})

test('the page can not leave, open a window or embed another page', async ({ launchApp }) => {
  const { page, app, refusals, outboundRequests } = await launchApp()
  for (const address of ADDRESSES) {
    const url = JSON.stringify(address)
    await attempt(page, `location.href = ${url}`)
    await attempt(page, `window.open(${url})`)
    await attempt(
      page,
      `{ const a = Object.assign(document.createElement('a'), { href: ${url}, target: '_blank' }); document.body.append(a); a.click(); a.remove() }`,
    )
    await attempt(
      page,
      `document.body.append(Object.assign(document.createElement('iframe'), { src: ${url} }))`,
    )
    await settle(page).catch(() => undefined)
    await expect.poll(() => page.url(), { message: address }).toBe('app://descent/')
    await page.waitForLoadState('load')
  }
  await attempt(
    page,
    `document.body.insertAdjacentHTML('beforeend', '<webview src="https://example.com/"></webview>')`,
  )
  await attempt(
    page,
    `{ const form = document.createElement('form'); form.action = 'https://example.com/'; form.method = 'post'; document.body.append(form); form.submit() }`,
  )
  await attempt(
    page,
    `document.head.insertAdjacentHTML('beforeend', '<meta http-equiv="refresh" content="0;url=https://example.com/">')`,
  )
  await settle(page)
  expect(page.url()).toBe('app://descent/')
  expect(app.windows()).toHaveLength(1)
  const framed = page.frames().filter((frame) => !['', 'about:blank', 'app://descent/'].includes(frame.url()))
  expect(framed.map((frame) => frame.url()).filter((url) => !url.startsWith('chrome-error:'))).toEqual([])
  const { navigations, windows } = await refusals()
  expect(navigations.length).toBeGreaterThan(4)
  expect(windows.length).toBeGreaterThan(9)
  expect(await outboundRequests()).toBe(0)
})

test('the page gets no permission and no device', async ({ openApp }) => {
  const { page } = await openApp()
  for (const name of PERMISSIONS) {
    const state = await page.evaluate(
      (permission) =>
        navigator.permissions
          .query({ name: permission as PermissionName })
          .then((status) => status.state)
          .catch(() => 'denied'),
      name,
    )
    expect(state, name).toBe('denied')
  }
  const asked = await page.evaluate(async () => {
    const refused = (work: () => Promise<unknown>): Promise<boolean> =>
      Promise.resolve()
        .then(work)
        .then(
          () => false,
          () => true,
        )
    const devices = navigator as unknown as Record<
      string,
      { requestDevice?(options: object): Promise<unknown> }
    >
    return {
      camera: await refused(() => navigator.mediaDevices.getUserMedia({ video: true })),
      screen: await refused(() => navigator.mediaDevices.getDisplayMedia()),
      clipboard: await refused(() => navigator.clipboard.readText()),
      place: await refused(
        () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      ),
      notification: (await Notification.requestPermission()) === 'denied',
      midi: await refused(() => navigator.requestMIDIAccess()),
      usb: await refused(() => devices.usb.requestDevice!({ filters: [] })),
      bluetooth: await refused(() => devices.bluetooth.requestDevice!({ acceptAllDevices: true })),
    }
  })
  expect(Object.entries(asked).filter(([, isRefused]) => !isRefused)).toEqual([])
})

test('nothing but the built page is served by app://', async ({ openApp }) => {
  const { page } = await openApp()
  const statuses = await page.evaluate(
    (paths) =>
      Promise.all(
        paths.map(async (path) => {
          const response = await fetch(`app://descent/${path}`).catch(() => null)
          return response === null ? 404 : response.status
        }),
      ),
    [...TRAVERSALS],
  )
  expect(statuses.length).toBeGreaterThanOrEqual(60)
  expect(new Set(statuses)).toEqual(new Set([404]))
})

test('no request leaves the application, whatever asks for it', async ({ launchApp }) => {
  const { app, page, refusals, outboundRequests } = await launchApp()
  expect(await outboundRequests()).toBe(0)
  // Without the page's own policy in the way: the session refuses, too.
  const addresses = ['https://example.com/', 'http://127.0.0.1:9/', 'http://localhost:9/', 'https://1.1.1.1/']
  const failures = await app.evaluate(async ({ session }, urls) => {
    const results = await Promise.allSettled(urls.map((url) => session.defaultSession.fetch(url)))
    return results.filter(({ status }) => status === 'rejected').length
  }, addresses)
  expect(failures).toBe(addresses.length)
  expect((await refusals()).requests).toEqual(addresses)
  expect(page.url()).toBe('app://descent/')
})

test('odd messages over the real bridge change nothing and break nothing', async ({ launchApp }) => {
  const { page, call } = await launchApp()
  const answers = await page.evaluate(
    async (names) => {
      const { descent } = window as unknown as {
        descent: { call(name: unknown, input?: unknown): Promise<{ ok: boolean }> }
      }
      const inputs = [
        null,
        0,
        '',
        [],
        {},
        { id: '__proto__' },
        { ids: [] },
        new Uint8Array(8),
        new Map(),
        NaN,
      ]
      const odd: unknown[] = [
        ...names,
        '__proto__',
        'constructor',
        '',
        7,
        null,
        undefined,
        {},
        [],
        'x'.repeat(100_000),
      ]
      // These open native dialogs: they are meant to be called.
      const opensDialog = (name: unknown): boolean =>
        typeof name === 'string' && /^(exports\.(csv|png|spec)|datasets\.choose(Csv|Images))$/.test(name)
      const tried = odd.filter((name) => !opensDialog(name))
      let results = 0
      for (const name of tried) {
        for (const input of inputs) {
          const result = await descent.call(name, input)
          if (typeof result.ok === 'boolean') results++
        }
      }
      return { results, sent: tried.length * inputs.length }
    },
    [...CALL_NAMES],
  )
  expect(answers.results).toBe(answers.sent)
  expect(await call('runs.list')).toEqual([])
  expect(await call('datasets.list')).toEqual([])
})

test('a file dropped on the window does not become its page', async ({ openApp }) => {
  const { page } = await openApp()
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [import.meta.filename], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 700, y: 400, data })
  }
  await settle(page)
  expect(page.url()).toBe('app://descent/')
})

test('the page runs in the system sandbox', async ({ launchApp }) => {
  test.skip(process.platform !== 'linux', 'the file system of processes is that of Linux')
  test.skip(process.getuid?.() === 0, 'Chromium has no sandbox for root')
  const { app } = await launchApp()
  const pid = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0].webContents.getOSProcessId(),
  )
  expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s+2$/m)
  expect(execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })).not.toContain(
    '--no-sandbox',
  )
})
