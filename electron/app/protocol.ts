// app://descent/: the renderer's built files and nothing else. What may be served is a list made once at start,
// looked up by exact path, so that no spelling of a path can lead outside of it.

import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { APP_HOST, APP_SCHEME } from './origin'

/** Stands in the built HTML where each response gets its own nonce. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__'

export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')
}

/** Privileges of the scheme; must be registered before the application is ready. */
export const SCHEME_PRIVILEGES = {
  scheme: APP_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}

/** Pages that the application makes itself, by path; used for the page that tells why nothing could be opened. */
export type OwnPages = (path: string) => string | null

/**
 * Answers requests for app://descent/.
 * @param folder out/renderer; symbolic links in it are not served.
 */
export function serveFolder(
  folder: string,
  ownPages: OwnPages = () => null,
): (request: Request) => Promise<Response> {
  const files = listFiles(folder)
  return async (request) => {
    const path = requestedPath(request)
    if (path === null) return notFound()
    const own = ownPages(path)
    if (own !== null) return page(own)
    const file = files.get(path === '/' ? '/index.html' : path)
    if (file === undefined) return notFound()
    const bytes = await readFile(file)
    const type = MEDIA_TYPES[extname(file)] ?? 'application/octet-stream'
    if (type.startsWith('text/html')) return page(bytes.toString('utf8'))
    return new Response(new Uint8Array(bytes), { headers: headers(type) })
  }
}

/** URL path -> file, of every plain file below the folder. */
export function listFiles(folder: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    files.set(`/${relative(folder, file).split(sep).join('/')}`, file)
  }
  return files
}

function requestedPath(request: Request): string | null {
  if (request.method !== 'GET' && request.method !== 'HEAD') return null
  if (!URL.canParse(request.url)) return null
  const { protocol, host, pathname } = new URL(request.url)
  return protocol === `${APP_SCHEME}:` && host === APP_HOST ? pathname || '/' : null
}

function page(html: string): Response {
  const nonce = randomBytes(16).toString('base64')
  return new Response(html.replaceAll(NONCE_PLACEHOLDER, nonce), {
    headers: { ...headers(MEDIA_TYPES['.html']), 'content-security-policy': contentSecurityPolicy(nonce) },
  })
}

function notFound(): Response {
  return new Response('Not found', { status: 404, headers: headers(MEDIA_TYPES['.txt']) })
}

function headers(type: string): Record<string, string> {
  return {
    'content-type': type,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  }
}
