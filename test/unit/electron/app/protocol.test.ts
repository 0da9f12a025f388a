import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveFolder } from '../../../../electron/app/protocol'
import { TRAVERSALS } from '../../../e2e/support/traversals'

let folder = ''
let serve: (request: Request) => Promise<Response>

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'descent-protocol-'))
  const renderer = join(folder, 'out', 'renderer')
  mkdirSync(join(renderer, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), 'SECRET')
  writeFileSync(join(folder, 'out', 'secret.txt'), 'SECRET')
  writeFileSync(
    join(renderer, 'index.html'),
    '<meta property="csp-nonce" nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>',
  )
  writeFileSync(join(renderer, 'assets', 'main.js'), 'export {}')
  writeFileSync(join(renderer, 'assets', 'data.unknown'), 'x')
  symlinkSync(join(folder, 'package.json'), join(renderer, 'link.txt'))
  serve = serveFolder(renderer, (path) => (path === '/problem' ? '<p nonce="__CSP_NONCE__">no</p>' : null))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const get = (url: string, init?: RequestInit): Promise<Response> => serve(new Request(url, init))

describe('app://descent/', () => {
  it('serves the page with the policy and a nonce of its own for each response', async () => {
    const [first, second] = [await get('app://descent/'), await get('app://descent/index.html')]
    const html = await first.text()
    const nonce = /nonce="([^"]+)"/.exec(html)?.[1] ?? ''
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/)
    expect(html.split(nonce)).toHaveLength(3)
    expect(first.headers.get('content-security-policy')).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; font-src 'self'; ` +
        `img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; ` +
        `frame-ancestors 'none'; object-src 'none'`,
    )
    expect(await second.text()).not.toContain(nonce)
  })

  it('knows the media type of what it serves and forbids guessing it', async () => {
    const script = await get('app://descent/assets/main.js')
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(script.headers.get('x-content-type-options')).toBe('nosniff')
    const unknown = await get('app://descent/assets/data.unknown')
    expect(unknown.headers.get('content-type')).toBe('application/octet-stream')
  })

  it('serves the pages that the application makes itself', async () => {
    const response = await get('app://descent/problem')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await response.text()).toMatch(/^<p nonce="[^_"]+">no<\/p>$/)
  })

  it.each([
    'app://descent/assets',
    'app://descent/assets/',
    'app://descent/link.txt',
    'app://other/index.html',
  ])('has no listing, no links and no other host: %s', async (url) => {
    expect((await get(url)).status).toBe(404)
  })

  it('answers no writing request', async () => {
    expect((await get('app://descent/index.html', { method: 'POST', body: 'x' })).status).toBe(404)
  })

  it('counts 60 ways out of the folder', () => {
    expect(new Set(TRAVERSALS).size).toBeGreaterThanOrEqual(60)
  })

  it.each(TRAVERSALS)('does not leave the folder by %s', async (path) => {
    const response = await get(`app://descent/${path}`)
    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain('SECRET')
  })
})
